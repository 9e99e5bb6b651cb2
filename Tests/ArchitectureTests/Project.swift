import Foundation
import TestSupport

/// What the rules look at: the package's targets with their sources, as they lie on disk.
struct Project {
  enum Kind: String {
    case regular, executable, test, system, plugin, macro
  }

  struct Target {
    var name: String
    var kind: Kind
    /// Names of declared dependencies on targets of this package.
    var dependencies: [String]
    var files: [SourceFile]
    var imports: Set<String> { files.reduce(into: []) { $0.formUnion($1.imports) } }
    /// Whether it ships: everything that is neither a test nor a helper of tests.
    var isProduct: Bool { files.contains { $0.path.hasPrefix("Sources/") } }
  }

  var targets: [Target]
  /// Packages that the manifest depends on.
  var packages: Int

  var names: Set<String> { Set(targets.map(\.name)) }

  static func load() throws -> Project {
    try Project(manifest: manifest(), root: SharedData.root)
  }

  /// `swift package dump-package`, with a scratch folder of its own, since the test run may hold the
  /// lock on the usual one.
  private static func manifest() throws -> Data {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "fairslice-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "swift", "package", "--package-path", SharedData.root.path, "--scratch-path", scratch.path,
      "--manifest-cache", "none", "dump-package",
    ]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Unreadable(what: "swift package dump-package") }
    return data
  }

  private init(manifest: Data, root: URL) throws {
    let package = try JSONDecoder().decode(Manifest.self, from: manifest)
    packages = package.dependencies.count
    targets = try package.targets.map { target in
      guard let kind = Kind(rawValue: target.type) else { throw Unreadable(what: "kind \(target.type)") }
      let folders: [Kind: String] = [.test: "Tests", .plugin: "Plugins"]
      let folder = target.path ?? "\(folders[kind] ?? "Sources")/\(target.name)"
      return Target(
        name: target.name, kind: kind, dependencies: target.dependencies.compactMap(\.name),
        files: try SourceFile.all(under: folder, of: root))
    }
  }

  init(targets: [Target], packages: Int = 0) {
    self.targets = targets
    self.packages = packages
  }

  struct Unreadable: Error { var what: String }
}

/// The part of `swift package dump-package` that is used.
private struct Manifest: Decodable {
  struct Package: Decodable {}

  struct Target: Decodable {
    var name: String
    var type: String
    var path: String?
    var dependencies: [Dependency]
  }

  /// `{"byName": ["Results", null]}` or `{"target": ["Results", null]}`.
  struct Dependency: Decodable {
    var byName: [String?]?
    var target: [String?]?
    var name: String? { (byName ?? target)?.first ?? nil }
  }

  var dependencies: [Package]
  var targets: [Target]
}
