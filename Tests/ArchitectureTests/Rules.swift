/// The rules of the house. Each returns what breaks it, in words; nothing when it holds.
enum Rules {
  /// Modules of the toolchain and of the platform that any target may import.
  static let platform: Set<String> = [
    "Swift", "Foundation", "FoundationEssentials", "FoundationNetworking", "Glibc", "Dispatch",
    "Synchronization", "PackagePlugin",
  ]

  /// Those that only tests and their helpers may import.
  static let testPlatform: Set<String> = ["Testing", "FoundationXML", "RegexBuilder"]

  /// Every import is a declared dependency or the platform's.
  static func undeclaredImports(_ project: Project) -> [String] {
    project.targets.flatMap { target in
      let allowed = platform.union(target.dependencies).union(target.isProduct ? [] : testPlatform)
      return target.files.flatMap { file in
        file.imports.subtracting(allowed).sorted().map {
          "\(file.path) imports \($0), which \(target.name) does not declare"
        }
      }
    }
  }

  /// Every declared dependency is imported. Test targets are all given the helpers of tests, used or not;
  /// what a plugin or a build depends on is run and not imported.
  static func unusedDependencies(_ project: Project) -> [String] {
    let importable = Set(project.targets.filter { $0.kind == .regular || $0.kind == .system }.map(\.name))
    return project.targets.filter { $0.kind != .plugin }.flatMap { target in
      Set(target.dependencies).intersection(importable).subtracting(target.imports).sorted()
        .filter { !(target.kind == .test && $0 == "TestSupport") }
        .map { "\(target.name) declares \($0) and never imports it" }
    }
  }

  /// The rooms are those of the table in Documentation/Architecture.md, and each depends only on rooms
  /// above it, so there is no cycle.
  static func order(_ project: Project, table: [String]) -> [String] {
    let rooms = project.targets.filter { $0.isProduct && $0.kind != .plugin }
    let position = Dictionary(table.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var broken = Set(table).subtracting(rooms.map(\.name)).sorted().map { "there is no target \($0)" }
    if position.count != table.count { broken.append("the table names a room twice") }
    for room in rooms {
      guard let own = position[room.name] else {
        broken.append("\(room.name) is not in the table")
        continue
      }
      broken += room.dependencies.filter { position[$0] ?? -1 >= own }.map {
        "\(room.name) stands above \($0)"
      }
    }
    return broken
  }

  /// What ships never depends on what tests it.
  static func testHelpersInProducts(_ project: Project) -> [String] {
    let helpers = project.targets.filter { !$0.isProduct && $0.kind == .regular }.map(\.name)
    return project.targets.filter(\.isProduct).flatMap { target in
      helpers.filter(target.dependencies.contains).map { "\(target.name) depends on \($0)" }
    }
  }

  /// No type bears a module's name: `Module.Type` could not be written. A plugin is no module.
  static func typesNamedAsTargets(_ project: Project) -> [String] {
    let names = Set(project.targets.filter { $0.kind != .plugin }.map(\.name))
    return project.targets.filter(\.isProduct).flatMap { target in
      target.files.flatMap { file in
        file.types.intersection(names).sorted().map {
          "\(file.path) declares a type \($0), which is a target"
        }
      }
    }
  }

  /// Unsafe code stands in files whose name says so.
  static func unsafeElsewhere(_ project: Project) -> [String] {
    products(project).filter { !$0.name.contains("Unsafe") && $0.code.contains(/[Uu]nsafe/) }
      .map { "\($0.path) is unsafe, and its name does not say so" }
  }

  /// Only the façade is public.
  static func publicElsewhere(_ project: Project) -> [String] {
    products(project).filter { !$0.path.hasPrefix("Sources/FairSlice/") }
      .filter { $0.code.contains(/(?:^|[^\w.`])public[ \t(]/.anchorsMatchLineEndings()) }
      .map { "\($0.path) has a public declaration" }
  }

  /// Files stay short. `exceptions` gives the reason for each that is not; one that is no longer needed
  /// is broken too.
  static func longFiles(_ project: Project, limit: Int, exceptions: [String: String]) -> [String] {
    let long = Dictionary(
      products(project).filter { $0.lineCount > limit }.map { ($0.path, $0.lineCount) },
      uniquingKeysWith: { first, _ in first })
    return long.filter { exceptions[$0.key] == nil }.map { "\($0.key) has \($0.value) lines" }.sorted()
      + exceptions.keys.filter { long[$0] == nil }.sorted().map { "\($0) is short: no exception is needed" }
  }

  /// A target imports no module but these and the platform's.
  static func imports(of name: String, in project: Project, beyond allowed: Set<String>) -> [String] {
    let target = project.targets.first { $0.name == name }
    guard let target else { return ["there is no target \(name)"] }
    return target.imports.subtracting(platform).subtracting(allowed).sorted().map { "\(name) imports \($0)" }
  }

  private static func products(_ project: Project) -> [SourceFile] {
    project.targets.filter(\.isProduct).flatMap(\.files)
  }
}
