import Explanations
import Metrics
import Models
import Results
import Slicing
import Synchronization
import Tables
import TestSupport
import Testing

@testable import Explanations

/// A model that tells which of its columns it reads.
private struct TellingRescorer: Rescoring {
  let own: ColumnRescorer
  let usedFeatures: Set<Int>?
  var features: [ScorerFeature] { own.features }
  var outputs: [String] { own.outputs }
  var rowCount: Int { own.rowCount }

  func scores() throws(Failure) -> [[Double]] { try own.scores() }

  func scores(assembling sources: [[Int32]]) throws(Failure) -> [[Double]] {
    try own.scores(assembling: sources)
  }

  func selecting(_ rows: [Int32]) throws(Failure) -> any Rescoring { try own.selecting(rows) }

  func scores(moving moved: Set<Int>, donors: [[Int32]]) throws(Failure) -> [[[Double]]] {
    if moved == [9] { throw Failure(.unavailable, "gone") }
    return try own.scores(moving: moved, donors: donors)
  }
}

@Suite struct PermutationImportanceTests {
  /// Labels follow `signal`; `weak` tips scores that are on no cut; `idle` does nothing; `group` has a gap.
  private func made(rows: Int = 240) -> MadeInput {
    var random = SplitMix(seed: 21)
    let signal = (0..<rows).map { _ in Double.random(in: -1...1, using: &random) }
    let weak = (0..<rows).map { _ in Double.random(in: -1...1, using: &random) }
    let idle = (0..<rows).map { _ in Double.random(in: -1...1, using: &random) }
    let codes = signal.map { Int32($0 + Double.random(in: -1...1, using: &random) > 0 ? 1 : 0) }
    let labels = signal.map { UInt8($0 + Double.random(in: -0.6...0.6, using: &random) > 0 ? 1 : 0) }
    return MadeInput(
      names: ["signal", "weak", "idle"], values: [signal, weak, idle], labels: labels,
      slices: [("group", codes)]
    ) { row in
      row[0] > 0 ? 0.8 + 0.01 * row[1] : 0.2 + 0.01 * row[1]
    }
  }

  private func telling(_ input: ExplanationInput, used: Set<Int>?) -> ExplanationInput {
    guard let own = input.rescorer as? ColumnRescorer else { return input }
    return ExplanationInput(
      rescorer: TellingRescorer(own: own, usedFeatures: used), output: 0, columns: input.columns,
      table: input.table, observations: input.observations, hasLabel: input.hasLabel, cut: input.cut,
      isStrict: input.isStrict, plan: input.plan, units: input.units, firstSlice: input.firstSlice)
  }

  private func columns(
    _ made: MadeInput, used: Set<Int>? = [0, 1], _ change: (inout ExplanationSettings) -> Void = { _ in }
  ) throws -> [ImportanceColumns] {
    var settings = ExplanationSettings()
    change(&settings)
    return try PermutationImportance(
      telling(made.input(), used: used), settings, groups: made.groups, pools: nil
    ).columns()
  }

  private func same(_ a: [ImportanceColumns], _ b: [ImportanceColumns]) -> Bool {
    // NaN is not equal to itself.
    "\(a)" == "\(b)"
  }

  @Test func quantitiesComeInOrder() throws {
    let found = try columns(made())
    let names = found.map { "\($0.metric) \($0.slice) \($0.reference ?? -1) \($0.donors.rawValue)" }
    let slices = ["roc_auc", "accuracy", "log_loss"].flatMap { metric in
      [1, 2].map { "\(metric) \($0) -1 same_slice" }
    }
    #expect(
      names == ["roc_auc 0 -1 all_rows", "accuracy 0 -1 all_rows", "log_loss 0 -1 all_rows"] + slices + [
        "selection_rate 2 1 all_rows", "true_positive_rate 2 1 all_rows",
        "false_positive_rate 2 1 all_rows",
      ])
    #expect(found.filter(\.isGap).allSatisfy { $0.meaning == .gapClosed && $0.base >= 0 })
    #expect(found[0].rows == 240 && found[3].rows + found[4].rows == 240 && found[9].rows == 240)
    #expect(found.allSatisfy { $0.permutedSize.count == ($0.isGap ? 3 : 0) && $0.raw[0].count == 10 })
  }

  @Test func whatCarriesTheModelIsFoundAndWhatDoesNothingIsNoTest() throws {
    let found = try columns(made()) { $0.metrics = [.accuracy, .logLoss] }
    let accuracy = found[0]
    #expect(accuracy.importance[0] > 0.2 && accuracy.lower[0] > 0 && accuracy.holm[0] < 0.001)
    #expect(accuracy.reasons == [nil, "no prediction changed", "not used by the model"])
    #expect(accuracy.importance[1] == 0 && accuracy.importance[2] == 0)
    #expect(accuracy.permuted[2] == accuracy.base && accuracy.repeats == [10, 10, 0])
    #expect(accuracy.pValue[1] == 1 && accuracy.holm[1] == 1 && accuracy.lower[1].isNaN)
    #expect(accuracy.pValue[2].isNaN && accuracy.lower[2].isNaN && accuracy.standardError[1].isNaN)
    // Two tests, whatever they find.
    #expect(isClose(accuracy.holm[0], 2 * accuracy.pValue[0]))
    let loss = found[1]
    #expect(loss.reasons == [nil, nil, "not used by the model"])
    #expect(loss.meaning == .qualityLost && loss.holm[1] >= loss.pValue[1])
    let gap = try #require(found.first { $0.isGap && $0.metric == "selection_rate" })
    #expect(gap.importance[0] > 0.7 * gap.base && gap.pValue[0] < 0.001)
    #expect(isClose(gap.importance[0], gap.base - gap.permuted[0]))
    #expect(gap.permutedSize[0] >= abs(gap.permuted[0]) && gap.permutedSize[2] == gap.base)
  }

  @Test func threadsChangeNothing() throws {
    let one = try columns(made()) { $0.threads = 1 }
    for threads in [2, 5] {
      #expect(same(one, try columns(made()) { $0.threads = threads }))
    }
    #expect(!same(one, try columns(made()) { $0.seed = 43 }))
  }

  @Test func featuresShareTheirPermutations() throws {
    // Two columns with the same values and the same part in the model have the same importance at every repeat.
    var twin = made()
    twin.values[1] = twin.values[0]
    twin.formula = { row in 1 / (1 + (row[0] + row[1] > 0 ? 0.5 : 2) * (1.5 - 0.2 * (row[0] + row[1]))) }
    let found = try columns(twin)
    for column in found { #expect(column.raw[0] == column.raw[1] && column.raw[0].count == 10) }
  }

  @Test func batchesOfRepeatsAreThoseOfOneRun() throws {
    let ten = try columns(made())
    let more = try columns(made()) { $0.repeats = .fixed(25) }
    for (a, b) in zip(ten, more) {
      #expect(Array(b.raw[0].prefix(10)) == a.raw[0] && b.raw[0].count == 25)
    }
  }

  @Test func automaticStopsWhenShuffleNoiseIsSmall() throws {
    let found = try columns(made()) {
      $0.repeats = .automatic(limit: 400)
      $0.gapMetrics = [.selectionRate]
    }
    let whole = found.filter { $0.donors == .allRows }
    for column in whole where column.reasons[0] == nil {
      #expect(column.shuffleError[0] < 0.2 * column.standardError[0])
      #expect(column.repeats[0] % 10 == 0 && column.repeats[0] < 400)
      #expect(column.repeats[0] == whole[0].repeats[0])
    }
    // A limit that is no multiple of the step.
    let few = try columns(made()) {
      $0.repeats = .automatic(limit: 3)
      $0.keepsRaw = false
    }
    #expect(few[0].repeats[0] == 3 && few[0].raw.isEmpty)
  }

  @Test func poolsKeepDonors() throws {
    // Donors of the same group only: what the feature tells beyond the group remains, the gap stays.
    let made = made()
    let pools = DonorPools(byGroup: [made.slices[0].codes, nil, nil])
    let input = try made.input()
    let free = try PermutationImportance(input, ExplanationSettings(), groups: made.groups, pools: nil)
      .columns()
    let held = try PermutationImportance(input, ExplanationSettings(), groups: made.groups, pools: pools)
      .columns()
    let gaps = { (columns: [ImportanceColumns]) in
      columns.first { $0.isGap && $0.metric == "selection_rate" }.map { $0.importance[0] } ?? .nan
    }
    #expect(abs(gaps(held)) < 1e-12 && gaps(free) > 0.2)
    // The slices are the pools.
    for (a, b) in zip(free, held) where a.donors == .sameSlice { #expect("\(a)" == "\(b)") }
  }

  @Test func gapsTakeTheWidestPairAndAllowForTheChoice() throws {
    var three = made()
    var random = SplitMix(seed: 5)
    three.slices = [("group", zip(three.slices[0].codes, 0...).map { $1 % 5 == 0 ? 2 : $0 })]
    three.formula = { row in row[0] > 0 ? 0.8 + 0.01 * row[1] : 0.2 + 0.01 * row[1] }
    _ = Int.random(in: 0...1, using: &random)
    let column = try #require(try columns(three).first { $0.isGap && $0.metric == "selection_rate" })
    let scores = try three.input().rescorer.scores()[0]
    let rates = (0..<3).map { group -> Double in
      let rows = three.slices[0].codes.indices.filter { three.slices[0].codes[$0] == Int32(group) }
      return Double(rows.count { scores[$0] >= 0.5 }) / Double(rows.count)
    }
    #expect(isClose(column.base, (rates.max() ?? 0) - (rates.min() ?? 0)))
    #expect(column.slice == 1 + (rates.firstIndex(of: rates.max() ?? 0) ?? 0))
    let plan = try ImportancePlan(three.input(), ExplanationSettings())
    let quantities = plan.scorings[0].quantities.joined().joined()
    #expect(quantities.filter { $0.reference != nil }.allSatisfy { $0.comparisons == 3 })
    #expect(quantities.filter { $0.reference == nil }.allSatisfy { $0.comparisons == 1 })
  }

  @Test func smallGroupsHaveNoGapAndEmptyOnesNoMetric() throws {
    var small = made(rows: 40)
    small.slices = [("group", (0..<40).map { $0 < 9 ? 0 : ($0 == 39 ? 2 : 1) })]
    small.labels = small.labels.enumerated().map { $0 < 9 ? 1 : $1 }
    let found = try columns(small) { $0.metrics = [.falsePositiveRate, .rocAUC, .accuracy] }
    #expect(found.filter(\.isGap).isEmpty)
    let undefined = found.filter { $0.slice == 1 && $0.metric != "accuracy" }
    #expect(undefined.count == 2)
    for column in undefined {
      #expect(column.base.isNaN && column.importance.allSatisfy(\.isNaN) && column.pValue.allSatisfy(\.isNaN))
      #expect(column.reasons.allSatisfy { $0 == "undefined" })
    }
    let alone = try #require(found.first { $0.slice == 3 && $0.metric == "accuracy" })
    #expect(alone.rows == 1 && alone.reasons[0] == "fewer than two rows" && alone.lower[0].isNaN)
  }

  @Test func defaultsFollowWhatIsKnown() throws {
    var unlabelled = made()
    unlabelled.hasLabel = false
    let found = try columns(unlabelled)
    #expect(found.map(\.metric).prefix(2) == ["selection_rate", "mean_score"])
    #expect(found.filter(\.isGap).map(\.metric) == ["selection_rate"])
    #expect(
      found[0].meaning == .change && isClose(found[0].importance[0], found[0].permuted[0] - found[0].base))
    var margins = made()
    margins.formula = { row in 3 * row[0] + row[1] }
    margins.cut = 0
    #expect(try columns(margins).map(\.metric).prefix(2) == ["roc_auc", "accuracy"])
  }

  @Test func whatCannotBeMeasuredIsRefused() throws {
    func refusal(_ made: MadeInput, _ change: @escaping (inout ExplanationSettings) -> Void) -> Failure? {
      do {
        _ = try columns(made, change)
        return nil
      } catch {
        return error as? Failure
      }
    }
    for metric in [
      BinaryMetric.averagePrecision, .expectedCalibrationError, .count, .prevalence, .truePositives,
    ] {
      #expect(refusal(made()) { $0.metrics = [metric] }?.kind == .data)
      #expect(refusal(made()) { $0.gapMetrics = [metric] }?.message.contains(metric.id) == true)
    }
    var unlabelled = made()
    unlabelled.hasLabel = false
    #expect(refusal(unlabelled) { $0.metrics = [.accuracy] }?.message.contains("labels") == true)
    var margins = made()
    margins.formula = { row in 3 * row[0] }
    #expect(refusal(margins) { $0.metrics = [.logLoss] }?.message.contains("probabilities") == true)
    let exact = refusal(made(rows: 2049)) {
      $0.metrics = [.rocAUC]
      $0.repeats = .exact
    }
    #expect(exact?.message.contains("2049 rows with 2049 donors each, more than 4194304 pairs") == true)
  }

  @Test func aFailureOfTheModelIsThrown() throws {
    let input = telling(try made().input(), used: nil)
    var settings = ExplanationSettings()
    settings.threads = 2
    let groups = made().groups + [FeatureGroup(name: "lost", members: [9])]
    let error = #expect(throws: Failure.self) {
      try PermutationImportance(input, settings, groups: groups, pools: nil).columns()
    }
    #expect(error?.kind == .unavailable)
  }

  @Test func progressRisesToOne() throws {
    let told = Mutex<[Double]>([])
    var settings = ExplanationSettings()
    settings.threads = 2
    _ = try PermutationImportance(made().input(), settings, groups: made().groups, pools: nil).columns {
      share in
      told.withLock { $0.append(share) }
    }
    let shares = told.withLock { $0 }
    #expect(shares.count == 6 && shares.last == 1 && zip(shares, shares.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func exactIsWhatManyRepeatsComeTo() throws {
    let metrics: [BinaryMetric] = [.accuracy, .rocAUC, .logLoss, .balancedAccuracy, .precision]
    let gaps: [BinaryMetric] = [.selectionRate, .truePositiveRate, .falsePositiveRate, .rocAUC, .meanScore]
    let exact = try columns(made(rows: 80)) {
      $0.repeats = .exact
      ($0.metrics, $0.gapMetrics) = (metrics, gaps)
    }
    let drawn = try columns(made(rows: 80)) {
      $0.repeats = .fixed(3000)
      ($0.metrics, $0.gapMetrics) = (metrics, gaps)
    }
    for (exact, drawn) in zip(exact, drawn) {
      if exact.metric == "precision" {
        #expect(exact.reasons[0] == "no exact expectation for so many permutations")
        continue
      }
      #expect(exact.repeats[0] == 0 && exact.shuffleError[0] == 0 && exact.raw[0].isEmpty)
      for feature in 0..<2 where exact.reasons[feature] == nil {
        #expect(
          abs(exact.permuted[feature] - drawn.permuted[feature])
            <= 4.5 * drawn.shuffleError[feature] + 1e-12,
          "\(exact.metric) \(exact.slice)")
        #expect(
          isClose(exact.standardError[feature], drawn.standardError[feature], within: 0.02)
            && abs(exact.standardError[feature] / drawn.standardError[feature] - 1) < 0.05)
      }
    }
  }
}
