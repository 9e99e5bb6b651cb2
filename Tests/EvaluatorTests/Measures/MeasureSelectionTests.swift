import Fairness
import Results
import Slicing
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
    for name in LeftOut.all.map(\.name) {
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
