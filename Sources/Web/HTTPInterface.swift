import Care
public import Casework
public import Hummingbird
import Logging
import NIOCore

/// The HTTP interface: the route table behind the edge, served on loopback or a unix socket.
public struct HTTPInterface: Sendable {
    private let router: @Sendable () -> Router<Exchange>

    /// The interface over the desks.
    ///
    /// Each request gets an id of its own, which stands in the answer and in the audit log; `record` is told of each
    /// answer, in codes alone, and is the only log of requests there is.
    public init(deployment: Deployment, record: @escaping @Sendable (AnsweredLine) -> Void) {
        self.init(
            table: Routes.table(of: deployment),
            newRequest: { deployment.newRequest() },
            record: record
        )
    }

    init(
        table: RouteTable,
        newRequest: @escaping @Sendable () -> Care.RequestID,
        record: @escaping @Sendable (AnsweredLine) -> Void
    ) {
        router = { table.router(behind: Edge(table: table, newRequest: newRequest, record: record)) }
    }

    /// The server, ready to run as a service.
    ///
    /// `whenListening` is called once with the TCP port, or nil for a unix socket. The server's own lines (started,
    /// stopping, out of files) are not logged: its debug lines hold whole requests, and a failure to start is thrown.
    public func application(
        on address: ListenAddress,
        whenListening: @escaping @Sendable (Int?) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        let logger = Logger(label: "leeward.http") { _ in SwiftLogNoOpLogHandler() }
        return Application(
            router: router(),
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(Limits.idleSeconds),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: Limits.headerFieldBytes,
                        maxHeaderListSize: Limits.headerBytes,
                        maxHeaderFieldCount: Limits.headerFields
                    )
                )
            ),
            configuration: ApplicationConfiguration(
                address: address.bindAddress,
                availableConnectionsDelegate: .maximum(Limits.connections, logger: logger)
            ),
            onServerRunning: { channel in await whenListening(channel.localAddress?.port) },
            logger: logger
        )
    }
}
