import Explanations
import Metrics
import Models
import Results
import Slicing
import Statistics
import TestSupport
import Testing

@testable import Explanations

/// Values, influences and sums over permutations against definitions applied to lists of rows.
@Suite struct ImportanceKernelTests {
  private static let metrics: [BinaryMetric] = [
    .accuracy, .selectionRate, .precision, .truePositiveRate, .falsePositiveRate, .falseOmissionRate, .f1,
    .balancedAccuracy, .mcc, .rocAUC, .logLoss, .brierScore, .meanScore, .calibrationInTheLarge,
  ]

  /// Tied scores, missing values, rows of no group.
  private func made(_ seed: UInt64, isWeighted: Bool, rows: Int = 90) -> MadeInput {
    var random = SplitMix(seed: seed)
    let a = (0..<rows).map { _ in
      Int.random(in: 0..<9, using: &random) == 0 ? Double.nan : Double.random(in: -1...1, using: &random)
    }
    let b = (0..<rows).map { _ in Double(Int.random(in: 0..<3, using: &random)) / 2 }
    let labels = (0..<rows).map { _ in UInt8.random(in: 0...1, using: &random) }
    let weights = (0..<rows).map { _ in Double.random(in: 0.1...3, using: &random) }
    let codes = (0..<rows).map { _ in Int32.random(in: 0..<3, using: &random) }
    return MadeInput(
      names: ["a", "b"], values: [a, b], labels: labels, weights: isWeighted ? weights : nil,
      slices: [("group", codes)]
    ) { row in
      let a = row[0].isNaN ? 0.3 : row[0]
      return (max(0.02, min(0.98, 0.5 + 0.3 * a - 0.4 * (row[1] - 0.5))) * 40).rounded() / 40
    }
  }

  private func rows(_ input: ExplanationInput, _ scores: [Double]) -> NaiveImportance.Rows {
    NaiveImportance.Rows(
      labels: input.observations.labels, scores: scores, decisions: input.decisions(scores),
      weights: input.observations.weights ?? scores.map { _ in 1 })
  }

  private func scoring(
    _ input: ExplanationInput, gap: (Int, Int)?, slices: [Int32]?, family: Int = 1
  ) throws -> ImportanceScoring {
    let scores = try input.rescorer.scores()[0]
    let builder = ImportancePlanBuilder(input: input, base: input.prediction(scores, needsOrder: true))
    let tracks = Self.metrics.compactMap { ImportanceTrack($0, gap: gap.map { ($0.0, $0.1) }) }
    #expect(tracks.count == Self.metrics.count)
    return builder.scoring([builder.readout(family, tracks)], slices: slices)
  }

  @Test(arguments: [false, true]) func valuesAndInfluencesFollowTheDefinitions(_ isWeighted: Bool) throws {
    for seed in UInt64(1)...4 {
      let input = try made(seed, isWeighted: isWeighted).input()
      let all = rows(input, try input.rescorer.scores()[0])
      let scoring = try scoring(input, gap: nil, slices: nil)
      let groups = input.positions(input.plan.families[1])
      for (track, metric) in Self.metrics.enumerated() {
        for group in 0..<3 {
          let own = groups.indices.filter { groups[$0] == Int32(group) }
          let part = all.selecting(own)
          #expect(isClose(scoring.bases[0].values[track][group], NaiveImportance.value(metric, part)))
          let influences = NaiveImportance.influences(metric, part)
          for (row, influence) in zip(own, influences) {
            #expect(isClose(scoring.bases[0].influences[track][row], influence, within: 1e-8))
          }
        }
      }
    }
  }

  /// Influences by difference quotients; row and column means by going through the permutations. Of a gap, and of a metric that
  /// is no sum over rows, at least the variance of one more permutation.
  @Test(arguments: [false, true], [false, true])
  func errorsAreThoseOfRowsAndDonors(_ isWeighted: Bool, _ isGap: Bool) throws {
    let input = try made(7, isWeighted: isWeighted, rows: isGap ? 90 : 50).input()
    let base = rows(input, try input.rescorer.scores()[0])
    let groups =
      isGap ? input.positions(input.plan.families[1]) : [Int32](repeating: 0, count: input.rowCount)
    let scoring = try scoring(input, gap: isGap ? (2, 0) : nil, slices: nil, family: isGap ? 1 : 0)
    let shuffles = Shuffles(seed: 5, rowCount: input.rowCount, repeats: 6)
    var sums = ImportanceSums(
      scoring, labels: base.labels, weights: input.observations.weights, units: nil)
    var terms = [[Double]](repeating: [Double](repeating: 0, count: base.labels.count), count: 14)
    var values = [[Double]](repeating: [], count: 14)
    for repetition in 0..<6 {
      let shuffle = shuffles.shuffle(repetition, within: nil)
      let scores = try input.rescorer.scores(moving: [0], donors: [shuffle.donors])[0][0]
      sums.add(input.prediction(scores, needsOrder: true), shuffle)
      let permuted = rows(input, scores)
      for (track, metric) in Self.metrics.enumerated() {
        var value = 0.0
        for (group, sign) in isGap ? [(2, 1.0), (0, -1.0)] : [(0, 1.0)] {
          let own = groups.indices.filter { groups[$0] == Int32(group) }
          let after = NaiveImportance.influences(metric, permuted.selecting(own))
          let before = NaiveImportance.influences(metric, base.selecting(own))
          value += sign * NaiveImportance.value(metric, permuted.selecting(own))
          for (place, row) in own.enumerated() {
            let change = sign * (after[place] - before[place]) / 6
            terms[track][row] += change
            terms[track][Int(shuffle.donors[row])] += change
          }
        }
        values[track].append(value)
      }
    }
    for (track, finding) in sums.findings(isExact: false).enumerated() {
      let size = scoring.quantities[0][track][0].effectiveUnits
      let factor = size / (size - 1)
      var variance = terms[track].reduce(0) { $0 + $1 * $1 } * factor * factor
      if isGap || [.precision, .falseOmissionRate, .f1, .mcc].contains(Self.metrics[track]) {
        let mean = values[track].reduce(0, +) / 6
        let scatter = values[track].reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5
        variance = max(variance, scatter * 7 / 6)
      }
      #expect(isClose(finding.variance?.variance ?? .nan, variance, within: 1e-7), "\(Self.metrics[track])")
      #expect(isClose(finding.permuted, values[track].reduce(0, +) / 6))
      guard isGap else { continue }
      #expect(isClose(finding.permutedSize, values[track].reduce(0) { $0 + abs($1) } / 6))
    }
  }

  /// Exact expectations of what is no sum of few permutations: within pools, by going through all of them.
  @Test(arguments: [false, true]) func pairsInPoolsGiveWhatAllPermutationsGive(_ isWeighted: Bool) throws {
    let input = try made(11, isWeighted: isWeighted, rows: 12).input()
    var settings = ExplanationSettings()
    settings.metrics = [.rocAUC, .accuracy, .balancedAccuracy, .logLoss, .truePositiveRate]
    let plan = try ImportancePlan(input, settings)
    let scoring = plan.scorings[0]
    let layout = PoolLayout([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, -1])
    let group = FeatureGroup(name: "a", members: [0])
    let exact = ExactImportance(input, scoring, layout, base: plan.base)
    let sums = ImportanceSums(
      scoring, labels: input.observations.labels, weights: input.observations.weights, units: nil)
    let listed = try exact.findings(group, sums)
    let paired = try exact.pairFindings(group)
    for (listed, paired) in zip(listed, paired) {
      #expect(isClose(listed.permuted, paired.permuted))
    }
    // A sum over rows has the same row and column means either way; with weights, a permutation's metric and the weight of
    // who receives a row's values go together a little.
    for (place, quantity) in scoring.quantities.joined().joined().enumerated()
    where quantity.metric == .logLoss || quantity.metric == .accuracy {
      let a = try #require(listed[place].variance)
      let b = try #require(paired[place].variance)
      #expect(abs(a.variance / b.variance - 1) < (isWeighted ? 0.15 : 1e-10))
    }
  }

  /// Exact mode's floor of a gap's standard error against the gap under every permutation within pools.
  @Test(arguments: [false, true]) func gapsSpreadAsUnderAllPermutations(_ isWeighted: Bool) throws {
    let input = try made(11, isWeighted: isWeighted, rows: 12).input()
    let groups = input.positions(input.plan.families[1])
    let scores = try input.rescorer.scores()[0]
    let builder = ImportancePlanBuilder(input: input, base: input.prediction(scores, needsOrder: false))
    let layout = PoolLayout([0, 1, 0, 0, 1, 1, 0, 1, 0, -1, -1, -1])
    let lists = try #require(Permutations.all(layout, limit: 2880))
    let permuted = try input.rescorer.scores(moving: [0], donors: lists).map { rows(input, $0[0]) }
    let metrics: [BinaryMetric] = [.selectionRate, .accuracy, .balancedAccuracy, .logLoss, .meanScore]
    for metric in metrics {
      let track = try #require(ImportanceTrack(metric, gap: (2, 0)))
      let readout = builder.readout(1, [track])
      var exact = ExactTrack(readout, track, layout, input.observations, base: builder.base)
      for shift in 0..<5 {
        let donors = PairScores(layout).donors(shift: shift)
        let scores = try input.rescorer.scores(moving: [0], donors: [donors])[0][0]
        exact.add(input.prediction(scores, needsOrder: false), donors, shift: shift)
      }
      let gaps = permuted.map { rows in
        let values = [Int32(2), 0].map { group in
          NaiveImportance.value(metric, rows.selecting(groups.indices.filter { groups[$0] == group }))
        }
        return values[0] - values[1]
      }
      let mean = gaps.reduce(0, +) / 2880
      let variance = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2880
      let expectation = try #require(exact.expectation(base: builder.reading(readout).values[0]))
      #expect(variance > 0 && isClose(expectation.shuffleVariance, variance), "\(metric)")
    }
  }

  /// Of ROC AUC to first order, which is a little less than all: with P positives and N negatives, by about 1 ⁄ (P + N) of it.
  @Test(arguments: [false, true]) func gapsOfROCAUCSpreadAsUnderManyPermutations(_ isWeighted: Bool) throws {
    let input = try made(3, isWeighted: isWeighted, rows: 120).input()
    let groups = input.positions(input.plan.families[1])
    let scores = try input.rescorer.scores()[0]
    let builder = ImportancePlanBuilder(input: input, base: input.prediction(scores, needsOrder: true))
    let layout = PoolLayout(rowCount: 120)
    var table = PairScores(layout)
    for shift in 0..<120 {
      let donors = [table.donors(shift: shift)]
      table.append(try input.rescorer.scores(moving: [0], donors: donors)[0][0], shift: shift)
    }
    let track = try #require(ImportanceTrack(.rocAUC, gap: (2, 0)))
    let exact = ExactRanks(table, builder.readout(1, [track]), track, layout, input.observations)
    let shuffles = Shuffles(seed: 1, rowCount: 120, repeats: 2000)
    let lists = (0..<2000).map { shuffles.shuffle($0, within: nil).donors }
    let gaps = try input.rescorer.scores(moving: [0], donors: lists).map { scores in
      let rows = rows(input, scores[0])
      let values = [Int32(2), 0].map { group in
        NaiveImportance.value(.rocAUC, rows.selecting(groups.indices.filter { groups[$0] == group }))
      }
      return values[0] - values[1]
    }
    let mean = gaps.reduce(0, +) / 2000
    let variance = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1999
    // The variance of 2,000 draws has a standard error of 3 %.
    let ratio = exact.expectation.shuffleVariance / variance
    #expect((0.85...1.1).contains(ratio), "\(ratio)")
  }

  @Test func unitsAreSummedFirst() {
    let sums = [1.0, -2, 0.5, 0.5, 3, -3]
    let single = RowColumnVariance(sums, units: nil)
    #expect(isClose(single.variance, (1 + 4 + 0.25 + 0.25 + 9 + 9) * 36 / 25) && single.units == 6)
    let paired = RowColumnVariance(sums, units: [4, 4, 9, 9, 2, 2])
    #expect(isClose(paired.variance, (1 + 1 + 0) * 9.0 / 4) && paired.units == 3)
    // Few units that carry all count as few: 2 V² ⁄ (Σ H⁴ − V² ⁄ n).
    let sparse = RowColumnVariance([1, -1] + [Double](repeating: 0, count: 998), units: nil)
    #expect(isClose(sparse.degreesOfFreedom, 2 * 4 / (2 - 4.0 / 1000)))
  }

  @Test func intervalsAndTestsAreStudents() {
    let variance = RowColumnVariance((0..<20).map { $0 % 2 == 0 ? 0.1 : -0.1 }, units: nil)
    let error = variance.variance.squareRoot()
    let one = ImportanceTest(
      importance: 2 * error, variance: variance, level: 0.9, isOneSided: true, comparisons: 1)
    #expect(isClose(one.pValue, StudentT.survival(2, degreesOfFreedom: variance.degreesOfFreedom)))
    let margin = error * StudentT.criticalValue(level: 0.9, degreesOfFreedom: variance.degreesOfFreedom)
    #expect(isClose(one.lower, 2 * error - margin) && isClose(one.upper, 2 * error + margin))
    let worse = ImportanceTest(
      importance: -2 * error, variance: variance, level: 0.9, isOneSided: true, comparisons: 1)
    #expect(isClose(worse.pValue, 1 - one.pValue))
    // Of three pairs, two-sided: six times the tail, and an interval of level 1 − 0.1 ⁄ 3.
    let chosen = ImportanceTest(
      importance: -2 * error, variance: variance, level: 0.9, isOneSided: false, comparisons: 3)
    #expect(isClose(chosen.pValue, 6 * one.pValue))
    let wide = StudentT.criticalValue(level: 1 - 0.1 / 3, degreesOfFreedom: variance.degreesOfFreedom)
    #expect(isClose(chosen.upper, -2 * error + wide * error))
  }

  /// Kish's size of positives and of negatives, by hand, of rows and of units.
  @Test func denominatorsCountUnits() throws {
    var small = made(1, isWeighted: true, rows: 6)
    small.labels = [1, 1, 1, 0, 0, 1]
    small.weights = [1, 2, 1, 3, 1, 4]
    small.slices = [("group", [0, 0, 0, 0, 0, 1])]
    func units(_ made: MadeInput, _ metric: BinaryMetric) throws -> Denominators {
      let input = try made.input()
      let base = input.prediction(try input.rescorer.scores()[0], needsOrder: false)
      let readout = ImportancePlanBuilder(input: input, base: base).readout(1, [])
      return Denominators(input, base, readout, metric)
    }
    let rate = try units(small, .truePositiveRate)
    #expect(rate.rows == [3, 1] && isClose(rate.units[0], 16.0 / 6) && rate.units[1] == 1)
    let ranks = try units(small, .rocAUC)
    #expect(ranks.rows == [2, 0] && isClose(ranks.units[0], 16.0 / 10) && ranks.units[1] == 0)
    small.units = [7, 7, 3, 3, 3, 1]
    #expect(isClose(try units(small, .truePositiveRate).units[0], 16.0 / 10))
    #expect(isClose(try units(small, .logLoss).units[0], 64.0 / 34))
  }

  @Test func permutationsWithinPoolsStayThere() {
    let pools: [Int64] = (0..<50).map { $0 % 7 == 0 ? -1 : Int64($0 % 3) }
    let layout = PoolLayout(pools)
    let shuffles = Shuffles(seed: 3, rowCount: 50, repeats: 4)
    for repetition in 0..<6 {
      let whole = shuffles.shuffle(repetition, within: nil)
      let own = shuffles.shuffle(repetition, within: layout)
      #expect(Set(whole.donors) == Set(0..<50) && Set(own.donors) == Set(0..<50))
      for row in 0..<50 {
        #expect(pools[row] < 0 ? own.donors[row] == row : pools[Int(own.donors[row])] == pools[row])
        #expect(own.receivers[Int(own.donors[row])] == row)
      }
    }
    let many = (0..<3000).map {
      Shuffles(seed: UInt64($0), rowCount: 4, repeats: 1).shuffle(0, within: nil).donors
    }
    let counts = Dictionary(grouping: many) { $0 }.mapValues(\.count)
    // Each of 24 permutations 125 times on average.
    #expect(counts.count == 24 && counts.values.allSatisfy { (70...180).contains($0) })
  }
}
