import Templating
import TestSupport
import Testing

@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct MustacheSpecificationTests {
  @Test func everyModuleIsThere() {
    // A failed decoding must not pass for an empty module.
    #expect(Set(SpecificationCase.all.map(\.module)) == Set(SpecificationCase.modules))
    #expect(SpecificationCase.all.count == 184)
  }

  @Test(arguments: SpecificationCase.all)
  func meets(_ test: SpecificationCase) throws {
    var sources = test.partials ?? [:]
    sources["(case)"] = test.template
    let library = try TemplateLibrary(sources: sources)
    #expect(try library.render("(case)", with: test.data) == test.expected)
  }
}
