import Foundation
import TestSupport
import Testing

/// The rules that SwiftPM does not enforce, held against the package as it lies on disk.
@Suite struct ArchitectureTests {
  static let project = Result { try Project.load() }
  let project: Project

  init() throws { project = try Self.project.get() }

  /// Files over 400 lines in Sources, and why they stay whole.
  static let longFiles: [String: String] = [:]

  @Test func thePackageWasRead() {
    #expect(project.names.isSuperset(of: ["Results", "FairSlice", "FairSliceCommand", "ArchitectureTests"]))
    let empty = project.targets.filter { $0.kind != .system && $0.files.isEmpty }.map(\.name)
    #expect(empty.isEmpty)
  }

  @Test func thereAreNoPackageDependencies() { #expect(project.packages == 0) }

  @Test func importsAreDeclared() { #expect(Rules.undeclaredImports(project).isEmpty) }

  @Test func declaredDependenciesAreImported() { #expect(Rules.unusedDependencies(project).isEmpty) }

  @Test func roomsStandInOrder() throws {
    let page = try MarkdownPage(path: "Documentation/Architecture.md")
    #expect(Rules.order(project, table: page.rooms).isEmpty)
  }

  @Test func productsDoNotUseTestHelpers() { #expect(Rules.testHelpersInProducts(project).isEmpty) }

  @Test func noTypeIsNamedAsATarget() { #expect(Rules.typesNamedAsTargets(project).isEmpty) }

  @Test func unsafeCodeIsNamed() { #expect(Rules.unsafeElsewhere(project).isEmpty) }

  @Test func onlyTheFacadeIsPublic() { #expect(Rules.publicElsewhere(project).isEmpty) }

  @Test func everyPublicSymbolIsDocumented() {
    let files = project.targets.filter { $0.name == "FairSlice" }.flatMap(\.files)
    #expect(files.flatMap(PublicSymbol.all).count > 200)
    #expect(Rules.undocumented(project) == [])
  }

  @Test func filesAreShort() {
    #expect(Rules.longFiles(project, limit: 400, exceptions: Self.longFiles).isEmpty)
  }

  @Test func onlyTheCairoPenKnowsCairo() {
    let others = project.targets.filter { $0.imports.contains("CCairo") }.map(\.name)
    #expect(Set(others).isSubset(of: ["ChartsCairo", "ChartsCairoTests"]))
    #expect(Rules.imports(of: "Charts", in: project, beyond: []).isEmpty)
  }

  @Test func theCommandKnowsOnlyTheFacade() {
    #expect(Rules.imports(of: "FairSliceCommand", in: project, beyond: ["FairSlice"]).isEmpty)
  }
}
