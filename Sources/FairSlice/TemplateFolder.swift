import Foundation
import Results

/// A user's templates, by name: `report/page` for `report/page.mustache`; style sheets and scripts keep their
/// ending.
enum TemplateFolder {
  /// - Throws: `missingInput` where there is no such folder or a file in it is unreadable, `data` where a file
  ///   is no UTF-8 or the folder holds no template.
  static func read(_ folder: String?) throws(Failure) -> [String: String] {
    guard let folder else { return [:] }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue,
      let paths = FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String })
    else { throw Failure(.missingInput, "\(folder): there is no such folder of templates") }
    var templates: [String: String] = [:]
    for path in paths.sorted() {
      guard let name = name(ofFile: path) else { continue }
      guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(path)") else {
        throw Failure(.missingInput, "\(folder)/\(path): the template cannot be read")
      }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw Failure(.data, "\(folder)/\(path): the template is not valid UTF-8")
      }
      templates[name] = text
    }
    guard !templates.isEmpty else {
      throw Failure(
        .data, "\(folder): holds no template",
        advice: "Templates are files that end in .mustache, .css or .js.")
    }
    return templates
  }

  private static func name(ofFile path: String) -> String? {
    if path.hasSuffix(".mustache") { return String(path.dropLast(".mustache".count)) }
    return path.hasSuffix(".css") || path.hasSuffix(".js") ? path : nil
  }
}
