import Foundation

/// A file that findings are rendered to.
public struct OutputFile: Sendable, Equatable {
  /// Below the output folder: `report.html`, `charts/roc.svg`.
  public let path: String
  /// Its bytes; texts are UTF-8.
  public let contents: Data

  init(_ file: (path: String, bytes: [UInt8])) {
    path = file.path
    contents = Data(file.bytes)
  }
}

/// What to render findings to, and how.
public struct RenderOptions: Sendable {
  /// Folder of templates that replace built-in ones; nil for none.
  public var templates: String?
  /// Whether style sheet and script are files beside the page, for servers with a strict policy, and not in it.
  public var splitsAssets = false
  /// Whether there is `report.html`.
  public var writesReport = true
  /// Whether there are `report.pdf` and the model card, with the report.
  public var writesDocuments = true
  /// Whether there are charts as SVG, PNG and PDF files.
  public var writesCharts = true

  /// Options for everything that there is.
  public init() {}
}
