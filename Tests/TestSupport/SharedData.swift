import Foundation

/// The folder of data sets and vectors that may stand beside a checkout. A lone clone has none: tests
/// that need it are skipped there.
public enum SharedData {
  /// Why a test was skipped.
  public static let absence = "needs the shared data folder beside the checkout"

  /// The repository's root.
  public static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The shared folder, if it is there.
  public static let folder: URL? = {
    let chosen = ProcessInfo.processInfo.environment["FAIRSLICE_SHARED"]
    let url = chosen.map { URL(filePath: $0) } ?? root.deletingLastPathComponent().appending(path: "shared")
    return FileManager.default.fileExists(atPath: url.appending(path: "vectors").path) ? url : nil
  }()

  /// Whether tests that need it can run.
  public static var isPresent: Bool { folder != nil }

  /// The absolute path of a file below the shared folder.
  public static func path(_ relative: String) -> String {
    (folder ?? URL(filePath: "/nowhere")).appending(path: relative).path
  }

  /// A JSON document under the shared folder, as Foundation's plain objects.
  public static func json(_ relative: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path(relative))))
  }
}
