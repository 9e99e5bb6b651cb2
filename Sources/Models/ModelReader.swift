import FoundationEssentials
import Results

/// Reads a model file of any supported kind; the content says which it is, not the name.
package enum ModelReader {
  /// - Parameter rounds: which boosting rounds count
  /// - Throws: `missingInput` where the file cannot be read; `data` where it is damaged or of a kind that is not
  ///   supported, with the place.
  package static func read(path: String, rounds: BoostingRounds = .all) throws(Failure) -> NativeModel {
    try read(bytes: bytes(path), name: path, rounds: rounds)
  }

  /// - Parameter name: what to call the file in messages
  package static func read(bytes: [UInt8], name: String, rounds: BoostingRounds = .all) throws(Failure)
    -> NativeModel
  {
    if bytes.starts(with: Array("tree\n".utf8)) || bytes.starts(with: Array("tree\r".utf8)) {
      return .trees(try LightGBMReader(bytes, name: name, rounds: rounds).ensemble())
    }
    guard let document = try document(bytes, name: name) else { throw unknown(bytes, name: name) }
    if try document.optional("learner") != nil {
      return .trees(try XGBoostReader(document, rounds: rounds).ensemble())
    }
    if try document.optional("format")?.text() == PortableReader.format {
      guard rounds == .all else {
        throw document.failure("rounds cannot be chosen for this format")
      }
      return try PortableReader(document).model()
    }
    throw document.failure(
      "neither “learner” (XGBoost) nor “format”: “\(PortableReader.format)” stands in the document",
      advice: supported)
  }

  private static let supported =
    "Supported: XGBoost .json and .ubj, LightGBM .txt, and the JSON of Integrations/python/export_sklearn.py."

  /// A JSON or UBJSON document whose root is an object; nil for anything else.
  static func document(_ bytes: [UInt8], name: String) throws(Failure) -> DocumentPart? {
    if bytes.count > 1, bytes[0] == UInt8(ascii: "{"), "iUIlL$#}".utf8.contains(bytes[1]), bytes.count > 2 {
      var reader = UBJSONDocumentReader(bytes, name: name)
      return DocumentPart(try reader.document(), name: name)
    }
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    guard content.first(where: { ![32, 9, 10, 13].contains($0) }) == UInt8(ascii: "{") else { return nil }
    var reader = JSONDocumentReader(bytes, name: name)
    return DocumentPart(try reader.document(), name: name)
  }

  private static func unknown(_ bytes: [UInt8], name: String) -> Failure {
    let known: [(head: [UInt8], what: String)] = [
      ([], "an empty file"), (Array("binf".utf8), "XGBoost's old binary format"), ([0x80], "a Python pickle"),
      ([0x08], "an ONNX model"), (Array("PK".utf8), "a zip archive"), (Array("<".utf8), "XML or PMML"),
    ]
    let found = bytes.isEmpty ? known[0].what : known.dropFirst().first { bytes.starts(with: $0.head) }?.what
    return Failure(
      .data, "\(name): \(found ?? "this kind of file") is not a model that can be read", advice: supported)
  }

  /// The bytes of a file.
  /// - Throws: `missingInput` where it cannot be read.
  package static func bytes(_ path: String) throws(Failure) -> [UInt8] {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder,
      let data = FileManager.default.contents(atPath: path)
    else {
      throw Failure(.missingInput, "\(path): no file that can be read", advice: "Check the path.")
    }
    return [UInt8](data)
  }
}
