import Results
import Tables
import TestSupport
import Testing

@testable import Slicing

struct SliceSpecTests {
  @Test(arguments: [
    ("sex", [SliceSpec.Feature(name: "sex")]),
    ("sex*race", [.init(name: "sex"), .init(name: "race")]),
    ("age:edges=25, 45,65", [.init(name: "age", binning: .edges([25, 45, 65]))]),
    ("age:quantiles=4", [.init(name: "age", binning: .quantiles(4))]),
    ("age:values*sex", [.init(name: "age", binning: .values), .init(name: "sex")]),
    ("sex=Female", [.init(name: "sex", only: .value("Female"))]),
    ("sex=(missing)", [.init(name: "sex", only: .missing)]),
    ("sex=\\(missing)", [.init(name: "sex", only: .value("(missing)"))]),
    ("age:edges=1,2=[1, 2)", [.init(name: "age", binning: .edges([1, 2]), only: .value("[1, 2)"))]),
    ("a\\*b\\:c\\=d\\\\", [.init(name: "a*b:c=d\\")]),
    ("sex=a\\&b*race", [.init(name: "sex", only: .value("a&b")), .init(name: "race")]),
  ])
  func reads(_ text: String, _ features: [SliceSpec.Feature]) throws {
    #expect(try SliceSpec(parsing: text) == SliceSpec(features: features))
  }

  @Test(arguments: [
    "", "*", "sex*", "sex*sex", "age:edges=", "age:edges=3,2", "age:edges=1,x", "age:edges=1,inf",
    "age:quantiles=1", "age:quantiles=x", "age:bins=3", ":values",
  ])
  func refuses(_ text: String) {
    #expect(throws: Failure.self) { try SliceSpec(parsing: text) }
  }
}

struct SlicePlanTests {
  static func category(_ name: String, _ values: [String?]) -> Column {
    let categories = Set(values.compactMap { $0 }).sorted()
    let codes = values.map { value in
      value.flatMap { categories.firstIndex(of: $0) }.map(Int32.init) ?? CategoryColumn.missing
    }
    return .category(
      CategoryColumn(
        name: name, codes: codes, categories: categories, missingCount: values.count { $0 == nil }))
  }

  static func numbers(_ name: String, _ values: [Double]) -> Column {
    .numbers(NumberColumn(name: name, values: values, missingCount: values.count { $0.isNaN }))
  }

  static func plan(_ specs: [String], _ columns: [Column]) throws -> SlicePlan {
    let table = Table(
      rowCount: columns[0].rowCount, columns: columns, origin: RowOrigin(source: "t", stretches: []))
    return try SlicePlan(specs.map { try SliceSpec(parsing: $0) }, of: table)
  }

  /// Every predicate of a plan, family by family.
  static func predicates(_ plan: SlicePlan) -> [String] {
    plan.families.flatMap { family in family.shown.map { plan.predicate(family, group: $0) } }
  }

  @Test func crossesListEveryGroup() throws {
    let columns = [
      Self.category("sex", ["F", "M", "F"]), Self.category("race", ["overall", nil, "a&b"]),
    ]
    let plan = try Self.plan(["sex*race"], columns)
    #expect(
      Self.predicates(plan) == [
        "overall", "sex=F & race=a\\&b", "sex=F & race=\\overall", "sex=F & race=(missing)",
        "sex=M & race=a\\&b", "sex=M & race=\\overall", "sex=M & race=(missing)",
      ])
    #expect(plan.label(plan.families[1], group: 5) == "M & (missing)")
  }

  @Test func aValueThatLooksMissingIsNot() throws {
    let plan = try Self.plan(["x"], [Self.category("x", ["(missing)", nil])])
    #expect(Self.predicates(plan) == ["overall", "x=\\(missing)", "x=(missing)"])
  }

  @Test func edgesKeepOpenEndsOnlyWhereRowsLie() throws {
    let ages = Self.numbers("age", [25, 30, 45, 70, .nan])
    let plan = try Self.plan(["age:edges=25,45,65"], [ages])
    #expect(
      Self.predicates(plan) == [
        "overall", "age=[25, 45)", "age=[45, 65)", "age=[65, inf)", "age=(missing)",
      ])
    #expect(plan.groupings[0].codes == [0, 0, 1, 2, 3])
    let low = try Self.plan(["age:edges=40"], [Self.numbers("age", [1, 39.5])])
    #expect(Self.predicates(low) == ["overall", "age=(-inf, 40)"])
    #expect(low.groupings[0].groups[0].label == "under 40")
    #expect(low.groupings[0].codes == [0, 0])
  }

  @Test func emptyInnerBinsStay() throws {
    let plan = try Self.plan(["age:edges=0,10,20,30"], [Self.numbers("age", [5, 25])])
    #expect(Self.predicates(plan) == ["overall", "age=[0, 10)", "age=[10, 20)", "age=[20, 30)"])
    #expect(plan.groupings[0].codes == [0, 2])
  }

  @Test func quantilesNeverSplitTies() throws {
    let plan = try Self.plan(["x:quantiles=4"], [Self.numbers("x", [1, 1, 1, 1, 1, 2, 3, 4])])
    #expect(Self.predicates(plan) == ["overall", "x=[1, 3)", "x=[3, 4]"])
    let constant = try Self.plan(["x:quantiles=4"], [Self.numbers("x", [7, 7])])
    #expect(Self.predicates(constant) == ["overall", "x=[7, 7]"])
  }

  @Test func fewNumbersAreValuesManyAreQuartiles() throws {
    let few = try Self.plan(["x"], [Self.numbers("x", [10, 2, 2.5, -1])])
    #expect(Self.predicates(few) == ["overall", "x=-1", "x=2", "x=2.5", "x=10"])
    let many = try Self.plan(["x"], [Self.numbers("x", (0..<100).map(Double.init))])
    #expect(many.groupings[0].groups.map(\.label) == ["[0, 25)", "[25, 50)", "[50, 75)", "[75, 99]"])
  }

  @Test func oneNamedGroup() throws {
    let columns = [Self.category("sex", ["F", "M"]), Self.category("race", ["a", "b"])]
    let plan = try Self.plan(["sex=F", "sex=F*race"], columns)
    #expect(Self.predicates(plan) == ["overall", "sex=F", "sex=F & race=a", "sex=F & race=b"])
    let failure = #expect(throws: Failure.self) { try Self.plan(["sex=f"], columns) }
    #expect(failure?.advice == "did you mean “F”?")
  }

  @Test func referencesNeedEveryFeature() throws {
    let columns = [Self.category("sex", ["F", "M"]), Self.category("race", ["a", "b"])]
    let plan = try Self.plan(["sex", "sex*race"], columns)
    #expect(try plan.reference(plan.families[1], ["sex": "M"]) == 1)
    #expect(try plan.reference(plan.families[2], ["sex": "M"]) == nil)
    #expect(try plan.reference(plan.families[2], ["sex": "M", "race": "a"]) == 2)
    #expect(throws: Failure.self) { try plan.reference(plan.families[1], ["sex": "X"]) }
  }

  @Test func textHasNoBins() throws {
    #expect(throws: Failure.self) { try Self.plan(["sex:quantiles=3"], [Self.category("sex", ["F"])]) }
  }

  @Test func codesDoNotDependOnTheOrderOfRows() throws {
    var random = SplitMix(seed: 1)
    let values = (0..<200).map { _ in ["b", "a", "é", "Z", "1"].randomElement(using: &random) }
    let first = try Self.plan(["x"], [Self.category("x", values)])
    let second = try Self.plan(["x"], [Self.category("x", values.reversed())])
    #expect(first.groupings[0].groups == second.groupings[0].groups)
    #expect(first.groupings[0].codes == second.groupings[0].codes.reversed())
  }
}
