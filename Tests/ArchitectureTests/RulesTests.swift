import Foundation
import Testing

/// Each rule finds what breaks it, in a package made up for the purpose.
@Suite struct RulesTests {
  func target(
    _ name: String, _ kind: Project.Kind = .regular, _ dependencies: [String] = [], _ text: String,
    file: String = "File.swift"
  ) -> Project.Target {
    let folder = kind == .test ? "Tests" : "Sources"
    return Project.Target(
      name: name, kind: kind, dependencies: dependencies,
      files: [SourceFile(path: "\(folder)/\(name)/\(file)", text: text)])
  }

  @Test func importsOfEveryForm() {
    let file = SourceFile(
      path: "a.swift",
      text: """
        import A
        package import B
        @testable import C
        @_spi(Inner) public import D
        @preconcurrency import struct E.F
        private import G; import H
        // import No1
        /* import No2 /* nested */
        import No3 */
        let text = \"""
          import No4
          \"""
        let important = 1
        """)
    #expect(file.imports == ["A", "B", "C", "D", "E", "G", "H"])
  }

  @Test func stringsAndCommentsAreNoCode() {
    let text = ##"""
      let a = "public \("Unsafe" + f(x, (y))) // \" not a comment" // Unsafe
      let b = #"a " \#(code) \(no)"# + c
      """##
    var stripper = CodeStripper(text)
    #expect(
      stripper.strip() == "let a = \"\" \"\" + f(x, (y))  \nlet b = \"\" code  + c")
  }

  @Test func linesAreCounted() {
    #expect(SourceFile(path: "a", text: "1\n2\n3\n").lineCount == 3)
    #expect(SourceFile(path: "a", text: "1\n2\n3").lineCount == 3)
  }

  @Test func undeclaredAndUnusedAreFound() {
    let project = Project(targets: [
      target("A", "import Foundation"), target("B", .regular, ["A"], "import Numerics\nimport C"),
      target("C", "import Testing"), target("CTests", .test, ["C"], "import Testing\nimport C"),
    ])
    #expect(
      Rules.undeclaredImports(project) == [
        "Sources/B/File.swift imports C, which B does not declare",
        "Sources/B/File.swift imports Numerics, which B does not declare",
        "Sources/C/File.swift imports Testing, which C does not declare",
      ])
    #expect(Rules.unusedDependencies(project) == ["B declares A and never imports it"])
  }

  @Test func orderIsFound() {
    let project = Project(targets: [
      target("A", .regular, ["B"], ""), target("B", .regular, ["A"], ""), target("D", ""),
    ])
    #expect(
      Rules.order(project, table: ["A", "B", "C"]) == [
        "there is no target C", "A stands above B", "D is not in the table",
      ])
    #expect(Rules.order(Project(targets: [target("A", "")]), table: ["A", "A"]).count == 1)
  }

  @Test func namesAndAccessAreFound() {
    let project = Project(targets: [
      target("A", "  enum B {}\npublic struct C {}"), target("B", "func f(_ p: UnsafeRawPointer) {}"),
      target("D", "nonisolated(unsafe) var x = 1", file: "X+Unsafe.swift"),
      target("FairSlice", "public enum Facade {}"),
    ])
    #expect(
      Rules.typesNamedAsTargets(project) == ["Sources/A/File.swift declares a type B, which is a target"])
    #expect(Rules.publicElsewhere(project) == ["Sources/A/File.swift has a public declaration"])
    #expect(
      Rules.unsafeElsewhere(project) == ["Sources/B/File.swift is unsafe, and its name does not say so"])
  }

  @Test func longFilesAreFound() {
    let project = Project(targets: [target("A", "1\n2\n3\n"), target("B", "1\n")])
    #expect(Rules.longFiles(project, limit: 3, exceptions: [:]).isEmpty)
    #expect(Rules.longFiles(project, limit: 2, exceptions: [:]) == ["Sources/A/File.swift has 3 lines"])
    #expect(Rules.longFiles(project, limit: 2, exceptions: ["Sources/A/File.swift": "why"]).isEmpty)
    #expect(Rules.longFiles(project, limit: 2, exceptions: ["Sources/B/File.swift": "why"]).count == 2)
  }

  @Test func helpersInProductsAreFound() {
    var helper = target("Help", "")
    helper.files = [SourceFile(path: "Tests/Help/File.swift", text: "")]
    let project = Project(targets: [helper, target("A", .regular, ["Help"], "")])
    #expect(Rules.testHelpersInProducts(project) == ["A depends on Help"])
    #expect(Rules.imports(of: "A", in: project, beyond: []).isEmpty)
    #expect(Rules.imports(of: "Z", in: project, beyond: []) == ["there is no target Z"])
  }

  @Test func commentsAreAskedFor() {
    let text = """
      /// A thing.
      public struct Thing {
        public var bare = 1
        /// Good.
        @available(*, deprecated)
        public let kept = "public let hidden"
        // No documentation.
        public init() {}
        /// Kinds.
        public enum Kind {
          /// One.
          case one
          case two
          var text: String { switch self { case .one: "a"; case .two: "b" } }
        }
        /// Makes.
        ///
        /// - Parameters:
        ///   - this: what
        ///   - progress: how far
        public func make(
          _ this: Int, progress: (@Sendable (String, Double) -> Void)? = nil, _ other: [String: Int] = [:]
        ) throws(Mistake) -> Int { 0 }
        let inside = 1
      }
      """
    let project = Project(targets: [target("A", text)])
    // Path, line and what is missing, without the declaration.
    let found = Rules.undocumented(project).map { $0.components(separatedBy: ": public")[0] }
    #expect(
      found.map { String($0.drop { $0 != ":" }.dropFirst()) } == [
        "3 has no comment", "8 has no comment", "13 has no comment: case two",
        "21 does not say what it throws",
        "21 does not say what other is",
      ])
  }

  private func target(_ name: String, _ text: String, file: String = "File.swift") -> Project.Target {
    target(name, .regular, [], text, file: file)
  }
}
