import DataFiles

/// Reads the policy files of a folder: `access.yaml` and `consent.yaml`.
public enum PolicyReader {
    /// Reads both files.
    ///
    /// - Throws: `PolicyError.problems` with every problem of both.
    public static func read(folder: String) throws(PolicyError) -> Policies {
        var problems: [DataProblem] = []
        var access: AccessPolicy?
        var consent: ConsentPolicy?
        do throws(PolicyError) {
            access = try AccessPolicy(reading: file("access.yaml", in: folder))
        } catch { problems += error.problems }
        do throws(PolicyError) {
            consent = try ConsentPolicy(reading: file("consent.yaml", in: folder))
        } catch { problems += error.problems }
        guard let access, let consent else { throw .problems(problems) }
        return Policies(access: access, consent: consent)
    }

    private static func file(_ name: String, in folder: String) throws(PolicyError) -> DataNode {
        do throws(DataProblem) {
            return try DataFile.read(folder.hasSuffix("/") ? folder + name : folder + "/" + name)
        } catch { throw .problems([error]) }
    }
}
