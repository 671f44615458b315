/// Makes the names in a folder durable: a file that was moved or made is found again after a power cut.
public enum FolderSync {
    /// Returns when the folder's names are on the disk.
    ///
    /// - Throws: `cannotOpen` when it is no folder that this user can read; `ioError` when the disk failed.
    public static func sync(_ folder: String) throws(StoreError) {
        try OpenFile.openFolder(folder).sync()
    }
}
