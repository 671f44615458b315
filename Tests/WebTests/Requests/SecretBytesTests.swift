import NIOCore
import Testing

@testable import Web

@Suite struct SecretBytesTests {
    @Test func `a secret prints nothing of itself`() {
        let secret = SecretBytes(Array(Marker.text.utf8))
        var dumped = ""
        dump(secret, to: &dumped)
        #expect("\(secret)" == "[redacted]")
        #expect(String(reflecting: secret) == "[redacted]")
        #expect(!dumped.contains(Marker.text))
        #expect(!"\(JSONValue.secret(secret))".contains(Marker.text))
    }

    @Test func `a wiped piece of a body is zero in the memory that the connection keeps`() {
        let connection = ByteBuffer(string: "head \(Marker.text) tail")
        let chunk = connection.getSlice(at: 5, length: Marker.text.utf8.count)
        wipe(chunk ?? ByteBuffer())
        #expect(
            String(buffer: connection) == "head " + String(repeating: "\0", count: Marker.text.utf8.count) + " tail"
        )
    }

    @Test func `wiped bytes are zero`() {
        var bytes = Array(Marker.text.utf8)
        wipe(&bytes)
        #expect(bytes == [UInt8](repeating: 0, count: Marker.text.utf8.count))
    }
}
