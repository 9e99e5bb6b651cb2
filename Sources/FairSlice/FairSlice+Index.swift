import Foundation
import Report
import Results

/// Of which folder to make an index of runs.
public struct IndexRequest: Sendable {
  /// The folder with a `runs.jsonl`.
  public var folder: String
  /// Folder of templates that replace built-in ones.
  public var templates: String?

  /// Makes a request for one folder.
  public init(folder: String) { self.folder = folder }
}

/// Makes `index.html` from the `runs.jsonl` of a folder: every run with its verdict, trends, and a comparison of two
/// runs. Only stored numbers are shown; data and reports are not read.
///
/// - Parameter request: the folder
/// - Returns: the file written and a summary for a terminal
/// - Throws: `FairSliceError`: `missingInput` where there is no `runs.jsonl`, `data` where a line cannot be read; then
///   nothing was written.
public func index(_ request: IndexRequest) throws(FairSliceError) -> RunResult {
  try reported { () throws(Failure) in
    let templates = try TemplateFolder.read(request.templates)
    let folder =
      request.folder.count > 1 && request.folder.hasSuffix("/")
      ? String(request.folder.dropLast()) : request.folder
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw Failure(
        .missingInput, "\(folder): there is no such folder",
        advice: "Name the folder that holds the runs' folders, as Reports for --out Reports/NAME.")
    }
    let path = "\(folder)/\(RunHistory.fileName)"
    let file = try InputFile(
      path, what: "list of runs",
      advice: "“fairslice evaluate … --out \(folder)/NAME” adds a line to it, unless --no-history is said.")
    let log = try RunLog(jsonLines: file.bytes, name: path)
    let page = IndexPage(log) { name in
      FileManager.default.fileExists(atPath: "\(folder)/\(name)/report.html")
    }
    let html = try IndexWriter.html(page, options: ReportOptions(templates: templates))
    let files = try AtomicOutput(folder: folder).write([("index.html", html)])
    return RunResult(
      files: files, summary: page.summary + "\n\(printable(files[0]))\n", exitCode: 0)
  }
}
