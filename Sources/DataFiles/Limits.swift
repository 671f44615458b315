/// The limits of data files.
enum Limits {
    /// The largest country file written by hand is under 100 kB, an import of ten thousand services about 10 MB; anything
    /// past this was put there by mistake, and a parser must not meet it on a small server.
    static let fileBytes = 16 * 1024 * 1024
}
