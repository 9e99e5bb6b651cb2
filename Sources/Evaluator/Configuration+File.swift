import Foundation
import Results
import Settings

extension Configuration {
  /// Reads a JSON5 file. Paths in it are relative to its folder.
  ///
  /// - Throws: `missingInput` where the file cannot be read, `data` where it is wrong: an unknown key with its
  ///   place and the nearest key, a wrong value with what is expected.
  package init(file path: String) throws(Failure) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Failure(
        .missingInput, "\(path): there is no such configuration file",
        advice: "“fairslice init DATA” writes one.")
    }
    guard !isFolder.boolValue, let bytes = FileManager.default.contents(atPath: path) else {
      throw Failure(.missingInput, "\(path): the configuration cannot be read")
    }
    try self.init(text: Array(bytes), name: path)
    let folder = (path as NSString).deletingLastPathComponent
    data = data.map { Self.resolve($0, in: folder) }
    baselineData = baselineData.map { Self.resolve($0, in: folder) }
    output = output.map { Self.resolve($0, in: folder) }
    model = model.map { $0.resolvingPaths { Self.resolve($0, in: folder) } }
    if case .file(let policy) = gate { gate = .file(Self.resolve(policy, in: folder)) }
  }

  /// - Parameter name: what to call the text in messages
  package init(text: [UInt8], name: String) throws(Failure) {
    self.init()
    var parser = SettingsText(text, name: name)
    guard case .object(let members) = try parser.document() else {
      throw Failure(
        .data, "\(name): the configuration is not an object", advice: "Put its keys between { and }.")
    }
    try Self.refuseUnknownKeys(members.map(\.name), name: name, lines: parser.lines)
    for key in ConfigurationKey.allCases {
      guard let member = members.first(where: { $0.name == key.rawValue }) else { continue }
      let line = parser.lines[key.rawValue].map { ":\($0)" } ?? ""
      let place = "\(name)\(line): \(key.rawValue)"
      let source = Setting.Source(name: name, lines: parser.lines, path: key.rawValue)
      try set(key, to: Setting(member.value, place: place, kind: .data, source: source))
    }
    if case .section(let section, _, _) = gate { gate = .section(section, lines: parser.lines, name: name) }
  }

  private static func refuseUnknownKeys(
    _ names: [String], name: String, lines: [String: Int]
  ) throws(Failure) {
    let known = ConfigurationKey.allCases.map(\.rawValue)
    guard let unknown = names.first(where: { !known.contains($0) }) else { return }
    let line = lines[unknown].map { ":\($0)" } ?? ""
    let near = Suggestion.nearest(to: unknown, among: known)
    throw Failure(
      .data, "\(name)\(line): “\(unknown)” is not a key of a configuration",
      advice: near.map { "Did you mean “\($0)”?" } ?? "The keys are: \(known.joined(separator: ", ")).")
  }

  private static func resolve(_ path: String, in folder: String) -> String {
    if path == "-" || path.hasPrefix("/") || folder.isEmpty { return path }
    return folder + "/" + path
  }
}
