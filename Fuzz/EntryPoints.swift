// What libFuzzer calls. The targets are compiled into one module with Sources/Sealing, so that they reach what a caller of the
// module cannot: scripts/fuzz. LEEWARD_FUZZ names the target.

import Foundation

/// libFuzzer's own mutation of some bytes in place; it answers the new length.
@_silgen_name("LLVMFuzzerMutate")
private func mutate(_ start: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int) -> Int

private let target: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["LEEWARD_FUZZ"] ?? ""
    guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
        preconditionFailure("LEEWARD_FUZZ is one of \(FuzzTarget.all.map(\.name))")
    }
    return target
}()

/// One input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// A new input out of an old one. Half of them are changed as they lie; the other half are opened, changed inside, and sealed,
/// signed or checked again, because changes from outside die at the first commitment, signature or check.
@_cdecl("LLVMFuzzerCustomMutator")
public func customMutator(_ start: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int, _ seed: UInt32) -> Int {
    var input = Array(UnsafeBufferPointer(start: start, count: count))
    if input.count < 2 || seed % 512 == 0 { input = target.seeds[Int(seed / 512) % target.seeds.count] }
    let mutation = FuzzMutation(seed: seed) { bytes, most in
        var room = bytes + [UInt8](repeating: 0, count: max(0, most - bytes.count))
        let count = room.withUnsafeMutableBufferPointer { room in
            room.baseAddress.map { mutate($0, bytes.count, most) } ?? 0
        }
        return Array(room[..<count])
    }
    let output =
        seed % 2 == 0
        ? mutation.changed(input, most) : target.resealed(input, mutation) ?? mutation.changed(input, most)
    let kept = output.prefix(most)
    for (place, byte) in kept.enumerated() { start[place] = byte }
    return kept.count
}
