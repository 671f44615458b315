import Care
import Directory
import Hummingbird
import NIOCore
import Synchronization

/// One request and its answer on their way through the edge.
struct Exchange: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel
    /// The id of the request, given by the edge before anything else looks at it.
    var request: Care.RequestID?
    /// What to say to the reader, in the language that the edge chose.
    var phrases: Phrases?
    /// Whether the whole body has been read.
    let bodyIsRead = Flag()

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// Closes the connection after that time, unless what is returned is cancelled before.
    @discardableResult
    func closeConnection(after delay: TimeAmount) -> Scheduled<Void> {
        let channel = channel
        return channel.eventLoop.scheduleTask(in: delay) { channel.close(promise: nil) }
    }

    /// A yes or no that the copies of one exchange share.
    final class Flag: Sendable {
        private let value = Mutex(false)

        func store(_ isSet: Bool) { value.withLock { $0 = isSet } }

        var isSet: Bool { value.withLock { $0 } }
    }
}
