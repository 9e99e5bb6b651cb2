import Fairness
import Results
import Slicing
import TestSupport
import Testing

@testable import Evaluator

struct MeasureSelectionTests {
  private static let rows = ["g,y,p", "a,1,0.9", "a,0,0.2", "b,1,0.4", "b,0,0.7", "b,1,0.8"]

  private static func evaluate(_ names: [String], _ change: (inout Configuration) -> Void = { _ in }) throws
    -> Evaluation
  {
    try MeasureRuns.evaluate(rows) {
      ($0.label, $0.score) = ("y", "p")
      $0.slices = [SliceSpec(features: [.init(name: "g")])]
      $0.measures.names = names
      change(&$0)
    }
  }

  @Test func `Nothing asked for, no table`() throws {
    let evaluation = try MeasureRuns.evaluate(Self.rows) { ($0.label, $0.score) = ("y", "p") }
    #expect(evaluation.measures == nil)
    let idle = #expect(throws: Failure.self) {
      try MeasureRuns.evaluate(Self.rows) {
        ($0.label, $0.score) = ("y", "p")
        $0.measures.controls = ["g"]
      }
    }
    #expect(idle?.message == "“controls” is for fairness measures, and none is asked for")
  }

  @Test(
    arguments: [
      ("disparate_impcat", "disparate_impact"), ("DPL2", "DPL"), ("fairlern", "fairlearn"),
    ]) func `Unknown names`(_ name: String, _ suggested: String) throws
  {
    let failure = #expect(throws: Failure.self) { try Self.evaluate([name]) }
    #expect(failure?.message.contains("there is no fairness measure “\(name)”") == true)
    #expect(failure?.advice?.contains(suggested) == true, "\(failure?.advice ?? "")")
  }

  @Test func `A name without a value`() throws {
    let failure = #expect(throws: Failure.self) {
      try MeasureRuns.evaluate(["g,y,d", "a,x,x", "a,y,y", "b,z,x", "b,x,x"]) {
        ($0.label, $0.decision, $0.task.kind) = ("y", "d", .multiclass)
        $0.slices = [SliceSpec(features: [.init(name: "g")])]
        $0.measures.names = ["demographic_parity_difference"]
      }
    }
    #expect(
      failure?.message
        == "demographic_parity_difference is of selection_rate, and this run has no groups with it")
    let alone = try MeasureRuns.evaluate(["g,y,d", "a,1,1", "a,0,1"]) {
      ($0.label, $0.decision) = ("y", "d")
      $0.slices = [SliceSpec(features: [.init(name: "g")])]
      $0.measures.names = ["disparate_impact"]
    }
    #expect(alone.measures?.results.isEmpty != false)
    #expect(alone.notes.contains { $0.hasPrefix("disparate_impact has no value in this run") })
  }

  @Test func `What a tool has and this project has not`() throws {
    let failure = #expect(throws: Failure.self) { try Self.evaluate(["samplediStortionmetric"]) }
    #expect(failure?.message.hasPrefix("AIF360's SampleDistortionMetric is not here: it says") == true)
    #expect(failure?.advice?.contains("compare what is predicted") == true)
    let metric = #expect(throws: Failure.self) { try Self.evaluate(["recall"]) }
    #expect(metric?.advice == "It is a metric: --metric recall, and --gap recall for its gaps.")
    for (name, advice) in [
      ("fpr_significance", "the p-value beside `fpr_disparity`"), ("rank_abs", "--threshold top:100"),
      ("smoothed_base_rate", "`prevalence` with its interval"),
    ] {
      let failure = #expect(throws: Failure.self) { try Self.evaluate([name]) }
      #expect(failure?.advice?.contains(advice) == true, "\(name)")
    }
    let lift = #expect(throws: Failure.self) {
      try Self.evaluate(["disparate_impact"]) { $0.metrics = ["lift@23"] }
    }
    #expect(lift?.message.hasPrefix("Fairness Indicators' lift@23 is not here") == true)
    for name in LeftOut.names.map(\.name) {
      #expect(ToolMeasure.named(name).isEmpty && FairnessMeasure.named(name).isEmpty, "\(name)")
    }
  }

  @Test func `What cannot apply`() throws {
    let noLabel = #expect(throws: Failure.self) {
      try Self.evaluate(["equal_opportunity_difference"]) { $0.label = nil }
    }
    #expect(noLabel?.message.contains("needs the true outcome") == true)
    let noScore = #expect(throws: Failure.self) {
      try Self.evaluate(["abroca"]) { ($0.score, $0.decision) = (nil, "y") }
    }
    #expect(noScore?.message.contains("needs a score") == true)
    let noControl = #expect(throws: Failure.self) { try Self.evaluate(["CDDL"]) }
    #expect(noControl?.message.contains("within strata") == true)
    let task = #expect(throws: Failure.self) { try Self.evaluate(["ndkl"]) }
    #expect(task?.message.contains("ranking tasks") == true)
    let noSlices = #expect(throws: Failure.self) {
      try Self.evaluate(["disparate_impact"]) { $0.slices = [] }
    }
    #expect(noSlices?.message.contains("nothing is sliced by") == true)
    // Of a word, the same is left out with one note.
    let all = try Self.evaluate(["all"]) { $0.label = nil }
    #expect(all.notes.count { $0.hasPrefix("Measures that do not apply") } == 1)
    #expect(!all.results("disparate_impact").isEmpty && all.results("theil_index").isEmpty)
  }

  /// `compat` settles identifiers; what the tool does not have stays as it is.
  @Test func `Conventions`() throws {
    let evaluation = try Self.evaluate(["label_parity_difference", "abroca"]) { $0.compatibility = .clarify }
    #expect(evaluation.results("DPL", tool: "clarify").count == 2)
    #expect(evaluation.results("abroca").count == 1)
    #expect(evaluation.measures?.entries.map(\.id) == ["label_parity_difference", "abroca"])
  }

  /// Selected: a 1 of 2, b 2 of 3; a 1 and b 2 of 3; FPR a 0 of 1, b 1 of 1.
  @Test func `Disparities from the smallest value`() throws {
    let evaluation = try Self.evaluate(["get_disparity_min_metric"])
    func result(_ group: String, _ metric: String?) throws -> MeasureResult {
      let found = evaluation.results("disparity_from_minimum", tool: "aequitas").filter { one in
        one.group.map { evaluation.slices.predicate[$0] } == group && one.metric == metric
          && (metric != nil || one.variant == "ppr")
      }
      #expect(found.count == 1)
      return try #require(found.first)
    }
    #expect(isClose(try result("g=b", "selection_rate").estimate.value ?? .nan, 4.0 / 3))
    #expect(try result("g=a", "selection_rate").estimate.value == 1)
    #expect(try result("g=b", nil).estimate.value == 2)
    // 1/0 is 10 to Aequitas, 0/0 nothing; each metric has a reference of its own.
    let error = try result("g=b", "false_positive_rate")
    #expect(error.estimate.value == 10 && error.detail == "smallest in g=a")
    #expect(try result("g=a", "false_positive_rate").estimate.value == nil)
    #expect(try result("g=a", "precision").reference.map { evaluation.slices.predicate[$0] } == "g=b")
    let own = try Self.evaluate(["disparity_from_minimum"])
    #expect(own.results("disparity_from_minimum").contains { $0.estimate.value == .infinity })
  }

  /// AIF360 has a function of that name that conditions on nothing.
  @Test func `A tool's name goes before an identifier`() throws {
    let evaluation = try Self.evaluate(["conditional_demographic_disparity"]) { $0.compatibility = .aif360 }
    #expect(evaluation.measures?.entries.map(\.id) == ["demographic_disparity_across_groups"])
  }

  @Test func `A name of one metric brings that metric`() throws {
    let evaluation = try Self.evaluate(["demographic_parity_ratio"])
    let all = evaluation.measures?.results ?? []
    #expect(all.map(\.metric) == ["selection_rate"] && all.map(\.tool) == ["fairlearn"])
    #expect(all.first?.estimate.value == 0.75)
  }
}
