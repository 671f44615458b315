import Care
public import Casework
public import Directory
public import Hummingbird
import HummingbirdCore
import Logging
import Matching
import NIOCore

/// The HTTP interface: the route table behind the edge, served on loopback or a unix socket, and over TLS anywhere.
public struct HTTPInterface: Sendable {
    private let router: @Sendable (_ isSecured: Bool) -> Router<Exchange>

    /// The interface over the desks.
    ///
    /// `phrasebook` holds what a person is told, in each language; a reader is answered in the one that the request's
    /// Accept-Language asks for. Each request gets an id of its own, which stands in the answer and in the audit log;
    /// `record` is told of each answer, in codes alone, and is the only log of requests there is.
    public init(
        deployment: Deployment,
        phrasebook: Phrasebook,
        record: @escaping @Sendable (AnsweredLine) -> Void
    ) {
        self.init(
            table: Routes.table(of: deployment),
            phrasebook: phrasebook,
            newRequest: { deployment.newRequest() },
            milliseconds: { deployment.milliseconds },
            record: record
        )
    }

    /// Everything that the interface can say.
    public static var phrases: [Phrase] {
        ProblemKind.phrases + LookupAnswer.phrases + MatchAnswer.phrases + CasePlan.phrases
            + RematchCause.allCases.map(\.phrase)
    }

    init(
        table: RouteTable,
        phrasebook: Phrasebook,
        newRequest: @escaping @Sendable () -> Care.RequestID,
        milliseconds: @escaping @Sendable () -> Int64 = { 0 },
        record: @escaping @Sendable (AnsweredLine) -> Void
    ) {
        router = { isSecured in
            table.router(
                behind: Edge(
                    table: table,
                    phrasebook: phrasebook,
                    headers: SecurityHeaders.fields(isSecured: isSecured),
                    newRequest: newRequest,
                    milliseconds: milliseconds,
                    record: record
                )
            )
        }
    }

    /// The server, ready to run as a service: HTTP over TLS 1.3 with a certificate, plain HTTP without.
    ///
    /// `whenListening` is called once with the TCP port, or nil for a unix socket. The server's own lines (started,
    /// stopping, out of files) are not logged: its debug lines hold whole requests, and a failure to start is thrown.
    ///
    /// - Throws: ``ListenAddress/Refusal`` for an address that others can reach without a certificate.
    public func application(
        on address: ListenAddress,
        certificate: ServerCertificate? = nil,
        whenListening: @escaping @Sendable (Int?) async -> Void = { _ in }
    ) throws(ListenAddress.Refusal) -> some ApplicationProtocol {
        guard address.isLocal || certificate != nil else { throw .withoutCertificate }
        let logger = Logger(label: "leeward.http") { _ in SwiftLogNoOpLogHandler() }
        let plain = HTTPServerBuilder.http1(
            configuration: .init(
                idleTimeout: .seconds(Limits.idleSeconds),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: Limits.headerFieldBytes,
                    maxHeaderListSize: Limits.headerBytes,
                    maxHeaderFieldCount: Limits.headerFields
                )
            )
        )
        return Application(
            router: router(certificate != nil),
            server: try certificate.map { certificate throws(ListenAddress.Refusal) in
                try certificate.securing(plain)
            } ?? plain,
            configuration: ApplicationConfiguration(
                address: address.bindAddress,
                availableConnectionsDelegate: .maximum(Limits.connections, logger: logger)
            ),
            onServerRunning: { channel in await whenListening(channel.localAddress?.port) },
            logger: logger
        )
    }
}
