import Explanations
import Metrics
import Models
import Results
import TestSupport
import Testing

@testable import Explanations

/// Expectations and variances over all permutations, against the enumeration in `permutation_explain.json`.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder")) struct SixRowsTests {
  private let rows: SixRows

  init() throws { rows = try SixRows() }

  private func columns(
    _ columns: Set<Int>, isWeighted: Bool = false, _ change: (inout ExplanationSettings) -> Void = { _ in }
  ) throws -> [ImportanceColumns] {
    var settings = ExplanationSettings()
    settings.metrics = [.rocAUC, .logLoss, .accuracy]
    settings.gapMetrics = [.selectionRate, .truePositiveRate]
    settings.repeats = .exact
    change(&settings)
    let groups = [FeatureGroup(name: "moved", members: columns)]
    return try PermutationImportance(
      rows.made(isWeighted: isWeighted).input(), settings, groups: groups, pools: nil
    ).columns()
  }

  @Test func metricsAreTheMeansOverAllPermutations() throws {
    #expect(rows.cases.count == 5)
    for entry in rows.cases {
      for (metric, name, isWeighted) in [
        ("roc_auc", "auc", false), ("roc_auc", "auc_w", true), ("log_loss", "logloss", false),
        ("accuracy", "acc", false), ("accuracy", "acc_w", true),
      ] {
        let found = try columns(entry.columns, isWeighted: isWeighted)
        let column = try #require(found.first { $0.metric == metric && $0.slice == 0 && !$0.isGap })
        #expect(isClose(column.base, try entry.number(name, "base")))
        #expect(
          isClose(column.permuted[0], try entry.number(name, "mean_permuted")), "\(name) \(entry.columns)")
        #expect(isClose(column.importance[0], try entry.number(name, "importance")))
        #expect(isClose(column.ratio[0], try entry.number(name, "ratio_mean_to_base")))
        #expect(column.repeats == [0] && column.shuffleError == [0])
      }
    }
  }

  @Test func pairsGiveWhatAllPermutationsGive() throws {
    for entry in rows.cases {
      for isWeighted in [false, true] {
        let input = try rows.made(isWeighted: isWeighted).input()
        var settings = ExplanationSettings()
        settings.metrics = [.rocAUC, .logLoss, .accuracy, .balancedAccuracy, .brierScore, .f1]
        let plan = try ImportancePlan(input, settings)
        let group = FeatureGroup(name: "moved", members: entry.columns)
        for scoring in plan.scorings {
          let layout =
            scoring.slices.map { PoolLayout($0.map(Int64.init)) } ?? PoolLayout(rowCount: input.rowCount)
          let exact = ExactImportance(input, scoring, layout, base: plan.base)
          let sums = ImportanceSums(
            scoring, labels: input.observations.labels, weights: input.observations.weights, units: nil)
          let listed = try exact.findings(group, sums)
          let paired = try exact.pairFindings(group)
          for (quantity, (listed, paired)) in zip(
            scoring.quantities.joined().joined(), zip(listed, paired))
          where listed.permuted.isFinite && quantity.metric != .f1 {
            #expect(isClose(paired.permuted, listed.permuted))
          }
        }
      }
    }
  }

  @Test func gapsAreTheMeansOverAllPermutations() throws {
    for entry in rows.cases {
      let input = try rows.made(isWeighted: false).input()
      let scores = try input.rescorer.scores()[0]
      let base = ImportanceReading.Prediction(
        scores: scores, decisions: input.decisions(scores), order: [])
      let builder = ImportancePlanBuilder(input: input, base: base)
      // Three rows a group are too few for a gap of its own accord; the definition is group 0 less group 1.
      let tracks = [BinaryMetric.selectionRate, .truePositiveRate].compactMap {
        ImportanceTrack($0, gap: (0, 1))
      }
      let scoring = builder.scoring([builder.readout(1, tracks)], slices: nil)
      let sums = ImportanceSums(scoring, labels: input.observations.labels, weights: nil, units: nil)
      let findings = try ExactImportance(input, scoring, PoolLayout(rowCount: 6), base: base).findings(
        FeatureGroup(name: "moved", members: entry.columns), sums)
      for (finding, (quantity, name)) in zip(
        findings, zip(scoring.quantities.joined().joined(), ["gap_pos_rate", "gap_tpr"]))
      {
        #expect(isClose(quantity.base, try entry.number(name, "base")))
        #expect(isClose(finding.permuted, try entry.number(name, "mean_permuted")))
        #expect(isClose(finding.permutedSize, try entry.number(name, "abs_gap_mean_permuted")))
        #expect(
          isClose(
            abs(quantity.base) - finding.permutedSize, try entry.number(name, "abs_gap_reduction")))
        #expect(
          isClose(
            quantity.importance(finding.permuted - quantity.base),
            (quantity.base < 0 ? 1 : -1) * (try entry.number(name, "importance"))))
      }
    }
  }

  @Test func additiveLossesHaveTheirClosedForms() throws {
    for entry in rows.cases {
      let squared = losses(entry.columns) { ($0 - $1) * ($0 - $1) }
      let own = (0..<6).reduce(0) { $0 + squared.own($1) } / 6
      #expect(isClose(own, try entry.number("mse", "base")))
      #expect(isClose(squared.expectation / 6, try entry.number("mse", "mean_permuted")))
      #expect(isClose(squared.expectation / 6, try entry.number("exact_pair_mean_mse")))
      #expect(isClose(squared.shuffleVariance / 36, try entry.number("mse", "var")))
      #expect(isClose(squared.shuffleVariance / 36, try entry.number("hoeffding_var_mse")))
      let exchanged = squared.switchExpectation / 6
      #expect(
        isClose(
          exchanged, try entry.number("e_switch_pairs_i_ne_j_mse (Fisher-Rudin-Dominici; alibi 'exact')")))
      #expect(isClose(exchanged - own, 6.0 / 5 * (squared.expectation / 6 - own)))
      let absolute = losses(entry.columns) { abs($0 - $1) }
      #expect(isClose(absolute.expectation / 6, try entry.number("mae", "mean_permuted")))
      #expect(isClose(absolute.shuffleVariance / 36, try entry.number("mae", "var")))
    }
  }

  @Test func lossesAreWeightedByReceiver() throws {
    for entry in rows.cases {
      let total = rows.weights.reduce(0, +)
      let weighted = losses(entry.columns, weights: rows.weights) { ($0 - $1) * ($0 - $1) }
      #expect(isClose(weighted.expectation / total, try entry.number("mse_w", "mean_permuted")))
      #expect(isClose(weighted.expectation / total, try entry.number("weighted_exact_pair_mean_mse")))
      #expect(isClose(weighted.shuffleVariance / (total * total), try entry.number("mse_w", "var")))
    }
  }

  @Test func poolsKeepDonorsTogether() throws {
    for entry in rows.cases {
      let within = losses(entry.columns, pools: rows.groups) { ($0 - $1) * ($0 - $1) }
      #expect(isClose(within.expectation / 6, try entry.number("within_group_exact_pair_mean_mse")))
    }
  }

  @Test func oneLessLossOverSpreadIsRSquared() throws {
    let mean = rows.y.reduce(0, +) / 6
    let spread = rows.y.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    for entry in rows.cases {
      let squared = losses(entry.columns) { ($0 - $1) * ($0 - $1) }
      #expect(isClose(1 - squared.expectation / spread, try entry.number("r2", "mean_permuted")))
      #expect(
        isClose(squared.shuffleVariance / (spread * spread), try entry.number("r2", "var")))
    }
  }

  @Test func groupsOfReceiversTakeDonorsFromAllRows() throws {
    for entry in rows.cases {
      let squared = losses(entry.columns) { ($0 - $1) * ($0 - $1) }
      for group in 0..<2 {
        let own = rows.groups.indices.filter { rows.groups[$0] == group }
        let mean = own.reduce(0) { $0 + squared.rowMean($1) } / Double(own.count)
        #expect(isClose(mean, try entry.number("mse_group\(group)", "mean_permuted")))
      }
    }
  }

  /// The scatter of the metrics over permutations, from the same sums that random permutations go through.
  @Test func shuffleErrorsAreThoseOfAllPermutations() throws {
    for entry in rows.cases {
      let input = try rows.made(isWeighted: false).input()
      var settings = ExplanationSettings()
      settings.metrics = [.rocAUC, .logLoss, .accuracy]
      let scoring = try ImportancePlan(input, settings).scorings[0]
      var sums = ImportanceSums(scoring, labels: input.observations.labels, weights: nil, units: nil)
      let lists = try #require(Permutations.all(PoolLayout(rowCount: 6), limit: 720))
      #expect(lists.count == 720 && Set(lists).count == 720)
      for donors in lists {
        let scores = try input.rescorer.scores(moving: entry.columns, donors: [donors])[0][0]
        sums.add(input.prediction(scores, needsOrder: true), Shuffle(donors: donors))
      }
      for (finding, name) in zip(sums.findings(isExact: false), ["auc", "logloss", "acc"]) {
        let variance = finding.shuffleError * finding.shuffleError * 719
        #expect(isClose(variance, try entry.number(name, "var"), within: 1e-10))
      }
    }
  }

  private func losses(
    _ columns: Set<Int>, weights: [Double]? = nil, pools: [Int32]? = nil,
    _ loss: (Double, Double) -> Double
  ) -> PairLosses {
    var pairs = PairLosses(rowCount: 6, pools: pools)
    for row in 0..<6 {
      for donor in 0..<6 where pools == nil || pools?[row] == pools?[donor] {
        let value = loss(rows.y[row], rows.prediction(row, columns, from: donor))
        pairs.add((weights?[row] ?? 1) * value, row: row, donor: donor)
      }
    }
    return pairs
  }
}
