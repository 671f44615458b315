/// The limits of what a directory file may say.
enum Limits {
    /// Hours of a window, a lead time or an offer: ten years, more than any of them can mean and few enough to compute
    /// with in milliseconds.
    static let hours = 1...87_600
}
