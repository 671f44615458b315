/// Why a key, a sealed object or a signature was refused. It names no person, no key and no content.
public enum SealingError: Error, Equatable, Sendable {
    /// The bytes are malformed, cut short, changed, or sealed under another key or context: nothing of them was opened.
    case damaged
    /// The version, the suite or the flags of the header are not ones this program knows.
    case unknownFormat
    /// The object is of another kind than the caller expected.
    case wrongKind
    /// The object names another key than the one at hand.
    case keyMismatch
    /// The Ed25519 signature does not fit what it is said to cover: another signer, subject, recipient, purpose or end.
    case badSignature
    /// The key binding does not lead up to the pinned root, speaks of somebody else, or is older than the pinned epoch.
    case notTrusted
    /// The grant or packet ended before the time given.
    case expired
    /// An argument is outside its range (a length, a cost, a code): a mistake of the caller, or hostile parameters.
    case badParameters
    /// The password slot does not open: the password, the pepper or the stored slot is not the one it was made with.
    case badPassword
    /// The session token is not in its text form or its check digits are wrong.
    case badToken
    /// The printed code is not in its text form, its check letters are wrong, it is of another kind, or it does not open the
    /// slot it was tried on.
    case badCode
    /// The bytes are longer than the limit for their kind.
    case tooLarge
    /// No memory could be had for a secret.
    case outOfMemory
    /// The one-time code is not that of an authenticator app at this time, or was used before.
    case badOneTimeCode
    /// Fewer shares than the threshold of their set.
    case tooFewShares
    /// The shares are not all of one set, or one of them was given twice.
    case mixedShares
    /// The share with this index is not the one that was made: changed, or of another set.
    case badShare(Int)
    /// libcrypto refused; the text is the name of the C function.
    case libcrypto(String)
}
