import ArgumentParser
import DataFiles
import Directory
import Foundation
import HSDS

/// Takes a directory of HSDS, Ohana or any CSV into the country files, after saying what would become of every row.
struct DirectoryImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take in HSDS 3 (JSON, ndjson, tables), HSDS 1.1 and 2.0, Ohana CSV, or any CSV by a mapping.",
        discussion: """
            Without --apply nothing is written: the report says what would become of every row. What is quarantined is \
            never taken before a person has looked at it and said so in the file of releases.
            """
    )

    @Argument(help: "A file of JSON, ndjson or CSV, or the folder of a tabular package.")
    var path: String

    @Option(help: "The country that the services are in: two letters.")
    var country: String

    @Option(help: "What to call the source: small letters, digits, hyphens. It goes into the ids: never change it.")
    var source: String

    @Option(help: "What entries name as their source, an address or a title; by default the name of the source.")
    var citation: String?

    @Option(help: "How far the source is trusted: low (hidden until somebody verifies an entry), medium or high.")
    var confidence = "low"

    @Option(help: "The time zone of the hours, for a country that has several: America/Chicago.")
    var zone: String?

    @Option(help: "A mapping file for CSV of another form, or for words of the source (columns, fixed, status, terms).")
    var mapping: String?

    @Option(help: "What a person decided about quarantined services: lines of 'id: without_place' or 'id: as_it_is'.")
    var releases: String?

    @Option(help: "Write the account of every row to this CSV file.")
    var report: String?

    @Option(help: "The folder of the country files; by default beside the executable, else ./Directory.")
    var directory: String?

    @Flag(help: "Say what would be done and write nothing; this is what happens without --apply.")
    var dryRun = false

    @Flag(help: "Write the country file and the records beside it.")
    var apply = false

    func validate() throws {
        guard NumberText.isSlug(source) else {
            throw ValidationError("'\(source)' is no name for a source: small letters, digits, hyphens")
        }
        guard CountryCode(country) != nil else { throw ValidationError("'\(country)' is no country code: two letters") }
        guard Provenance.Confidence(rawValue: confidence) != nil else {
            throw ValidationError("'\(confidence)' is no confidence: low, medium or high")
        }
        if apply, dryRun { throw ValidationError("either --apply or --dry-run") }
    }

    func run() throws {
        let folder = DataFolders.directory(directory)
        let reading = DirectoryReader.read(folder)
        let (rules, mapping) = try rules(for: reading.directory)
        let harvest = try Self.reading {
            try SourceReader.read(
                try SourceFolder.files(path),
                source: source,
                mapping: mapping?.hasColumns ?? false ? mapping : nil
            )
        }
        let files = ImportFiles(folder: folder, country: rules.country, source: source)
        let progress = ProgressLine("judged")
        let plan = DirectoryImport(
            harvest,
            rules: rules,
            file: try files.countryFile(),
            before: try files.kept(),
            progress: progress.show
        )
        progress.end()
        for problem in harvest.problems.prefix(ImportText.shownProblems) { Terminal.err(problem.description) }
        for line in ImportText.lines(plan.report) { Terminal.out(line) }
        if let report { try Self.write(plan.report.csv, to: report) }
        try check(plan, files, reading.directory)
        guard apply else {
            Terminal.out("nothing was written; add --apply to write \(files.countryName)")
            return
        }
        try Self.write(plan.kept.bytes, to: files.keptPath)
        try Self.write(Array(plan.countryFile.utf8), to: files.countryPath)
        Terminal.out("written: \(files.countryPath) and \(files.keptName) beside it")
    }

    /// An import that the check would not accept is a fault of the program, and is not written.
    private func check(_ plan: DirectoryImport, _ files: ImportFiles, _ directory: ServiceDirectory) throws {
        let problems: [DataProblem]
        do {
            problems = try DirectoryReader.problems(of: plan.countryFile, named: files.countryName, beside: directory)
        } catch {
            problems = [error]
        }
        guard !problems.isEmpty else { return }
        for problem in problems { Terminal.err(problem.description) }
        throw ExitCode.dataError
    }

    private func rules(for directory: ServiceDirectory) throws -> (ImportRules, ColumnMapping?) {
        guard let code = CountryCode(country), let own = directory.countries[code],
            let confidence = Provenance.Confidence(rawValue: confidence)
        else { throw ValidationError("there is no file of the country \(country) in the directory") }
        if let zone, TimeZone(identifier: zone) == nil { throw ValidationError("'\(zone)' is no IANA time zone") }
        var problems: [DataProblem] = []
        let mapping = try mapping.map { path in
            ColumnMapping(reading: try Self.reading { try DataFile.read(path) }, &problems)
        }
        let releases = try releases.map { path in
            ReleaseFile.read(try Self.reading { try DataFile.read(path) }, &problems)
        }
        guard problems.isEmpty else {
            for problem in problems { Terminal.err(problem.description) }
            throw ExitCode.dataError
        }
        let rules = ImportRules(
            source: source,
            country: code,
            zones: own.zones,
            zone: zone,
            citation: citation ?? source,
            confidence: confidence,
            mapping: mapping,
            releases: releases ?? [:],
            directory: directory
        )
        return (rules, mapping)
    }

    /// Turns what cannot be read into its sentence and the exit code for data.
    static func reading<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let problem as SourceProblem {
            Terminal.err(problem.description)
            throw ExitCode.dataError
        } catch let problem as DataProblem {
            Terminal.err(problem.description)
            throw ExitCode.dataError
        }
    }

    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            Terminal.err("\(path): cannot be written there")
            throw ExitCode.cannotCreate
        }
    }
}
