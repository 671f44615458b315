import Store
import Testing

@Suite struct FolderLockTests {
    @Test func `one holds it, the next one learns who, and after the release it is free`() throws {
        let scratch = try Scratch()
        let path = scratch.path("leeward.lock")
        let first = try FolderLock(path: path, holder: "leeward serve 4711")
        #expect(throws: StoreError.inUse) { _ = try FolderLock(path: path, holder: "leeward setup 12") }
        #expect(FolderLock.holder(of: path) == "leeward serve 4711")
        first.release()
        let second = try FolderLock(path: path, holder: "x")
        #expect(FolderLock.holder(of: path) == "x")
        first.release()
        #expect(throws: StoreError.inUse) { _ = try FolderLock(path: path, holder: "y") }
        second.release()
        #expect(try scratch.mode("leeward.lock") == 0o600)
    }

    @Test func `a store says how it stands`() throws {
        let store = try Store.open(in: Scratch())
        #expect(store.condition == .working)
        try store.close()
        #expect(store.condition == .stopped(nil))
    }
}
