import Foundation

/// A Swift file and what its text says without comments and string literals.
struct SourceFile {
  /// Relative to the repository's root.
  var path: String
  var lineCount: Int
  var code: String
  /// As it is written.
  let text: String

  init(path: String, text: String) {
    self.path = path
    self.text = text
    lineCount =
      text.split(separator: "\n", omittingEmptySubsequences: false).count - (text.hasSuffix("\n") ? 1 : 0)
    var stripper = CodeStripper(text)
    code = stripper.strip()
  }

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// Modules that the file imports, in whatever form: `package import X`, `@testable import struct X.Y`.
  var imports: Set<String> {
    let pattern =
      /(?:^|;)[ \t]*(?:@\w+(?:\([^)]*\))?[ \t]+)*(?:(?:public|package|internal|private|fileprivate)[ \t]+)?import[ \t]+(?:(?:struct|class|enum|protocol|typealias|func|let|var)[ \t]+)?(\w+)/
      .anchorsMatchLineEndings()
    return Set(code.matches(of: pattern).map { String($0.1) })
  }

  /// Names of the types that the file declares, nested ones too.
  var types: Set<String> {
    let pattern = /\b(?:struct|class|enum|actor|protocol|typealias)[ \t]+([A-Z]\w*)/
    return Set(code.matches(of: pattern).map { String($0.1) })
  }

  /// Swift files under a folder, in order of path; none where there is no folder.
  static func all(under folder: String, of root: URL) throws -> [SourceFile] {
    let base = root.appending(path: folder).path
    let found = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
    return try found.filter { $0.hasSuffix(".swift") }.sorted().map { relative in
      let text = try String(contentsOf: URL(filePath: "\(base)/\(relative)"), encoding: .utf8)
      return SourceFile(path: "\(folder)/\(relative)", text: text)
    }
  }
}
