extension ServiceDirectory {
    /// The same directory with further entries in memory: invented ones of a demonstration or a test, which never stand
    /// in the files. An entry whose id is taken is left out.
    public func adding(organizations: [Organization], services: [Service]) -> ServiceDirectory {
        var builder = Builder(self)
        builder.add(organizations: organizations, services: services)
        return builder.directory()
    }
}
