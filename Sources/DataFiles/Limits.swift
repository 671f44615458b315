/// The limits of data files.
enum Limits {
    /// The largest country file is under 100 kB; anything past this was put there by mistake, and a parser must not meet
    /// it on a small server.
    static let fileBytes = 4 * 1024 * 1024
}
