import TestSupport
import Testing

@testable import Fairness

/// What must hold of every fairness measure of groups of rows. A new measure needs a form (`MeasureForm`) and is then
/// looked at here; what cannot hold is listed with the reason.
@Suite struct MeasurePropertyTests {
  static func groups(_ seed: UInt64, isOdd: Bool = false) -> [SampleGroup] {
    var random = SplitMix(seed: seed)
    return ["a", "b", "c", "d"].map { SampleGroup.random($0, &random, isOdd: isOdd) }
  }

  static let seeds = Array(UInt64(1)...20)
  static let ids = FairnessMeasure.all.map(\.id)

  /// A prior of so many rows counts less among more.
  static let smoothed = "a prior weight of one row is added"
  static let ofSize: [String: String] = [
    "smoothed_empirical_differential_fairness": smoothed,
    "differential_fairness_bias_amplification": smoothed,
    "standardized_mean_difference": "the pooled variance is over rows less 2",
    "odds_ratio_homogeneity": "a test statistic", "difference_homogeneity": "a test statistic",
    "bias_score_overpredicted": "a test statistic",
    "bias_score_underpredicted": "a test statistic",
  ]

  /// Where groups that are alike do not have the fair value.
  static let ofAlike: [String: String] = [
    "generalized_entropy_index": "rows of a group are not alike",
    "theil_index": "rows of a group are not alike",
    "coefficient_of_variation": "rows of a group are not alike",
    "within_group_generalized_entropy_index": "rows of a group are not alike",
    "bias_score_overpredicted": "groups may be alike and badly calibrated",
    "bias_score_underpredicted": "groups may be alike and badly calibrated",
    "calibration_within_groups_max": "groups may be alike and badly calibrated",
    "calibration_within_groups_mean": "groups may be alike and badly calibrated",
  ]

  @Test func everyMeasureHasAForm() {
    let known = Set(MeasureForm.forms.keys).union(MeasureForm.elsewhere.keys)
    #expect(Set(Self.ids).subtracting(known) == [])
    #expect(known.subtracting(Self.ids) == [])
    #expect(Set(MeasureForm.forms.keys).isDisjoint(with: MeasureForm.elsewhere.keys))
    #expect(Set(Self.ofSize.keys).union(Self.ofAlike.keys).subtracting(known) == [])
  }

  private func expect(
    _ a: MeasureValue, _ b: MeasureValue, _ what: String, _ transform: (Double) -> Double = { $0 }
  ) {
    #expect((a.value == nil) == (b.value == nil), "\(what): \(a) \(b)")
    guard let x = a.value, let y = b.value else { return }
    #expect(!x.isNaN && isClose(transform(x), y, within: 1e-9), "\(what): \(x) \(y)")
  }

  @Test func orderOfRowsDoesNotMatter() {
    for (id, form) in MeasureForm.forms {
      for seed in Self.seeds {
        var random = SplitMix(seed: seed)
        let groups = Self.groups(seed, isOdd: seed % 2 == 0)
        let shuffled = groups.map { $0.taking($0.labels.indices.shuffled(using: &random)) }
        expect(form.value(groups), form.value(shuffled), "\(id), seed \(seed)")
      }
    }
  }

  @Test func theScaleOfWeightsAndTheNumberOfRowsDoNotMatter() {
    var differs: Set<String> = []
    for (id, form) in MeasureForm.forms {
      for seed in Self.seeds {
        let groups = Self.groups(seed)
        let scaled = form.value(groups.map { $0.scaling(3) })
        let twice = form.value(groups.map { $0.taking(Array($0.labels.indices) + Array($0.labels.indices)) })
        guard Self.ofSize[id] == nil else {
          let (a, b) = (form.value(groups).value ?? 0, twice.value ?? 0)
          if !isClose(a, b, within: 1e-9) { differs.insert(id) }
          continue
        }
        expect(form.value(groups), scaled, "\(id), weights, seed \(seed)")
        expect(form.value(groups), twice, "\(id), rows, seed \(seed)")
      }
    }
    #expect(differs == Set(Self.ofSize.keys), "an exception that is none")
  }

  @Test func groupsChangePlaces() {
    var differs: Set<String> = []
    for (id, form) in MeasureForm.forms {
      for seed in Self.seeds {
        let groups = Self.groups(seed, isOdd: seed % 2 == 0)
        let exchanged = form.value([groups[1], groups[0]] + groups[2...])
        let value = form.value(groups)
        switch form.exchange {
        case .none:
          expect(value, form.value(groups.reversed()), "\(id), seed \(seed)")
          expect(value, exchanged, "\(id), seed \(seed)")
        case .same: expect(value, exchanged, "\(id), seed \(seed)")
        case .negated: expect(value, exchanged, "\(id), seed \(seed)") { -$0 }
        case .inverted: expect(value, exchanged, "\(id), seed \(seed)") { 1 / $0 }
        case .another:
          if let a = value.value, let b = exchanged.value, !isClose(a, b) { differs.insert(id) }
        }
      }
    }
    let others = MeasureForm.forms.filter { if case .another = $0.value.exchange { true } else { false } }
    #expect(differs == Set(others.keys), "an exchange that changes nothing")
  }

  @Test func valuesLieInTheirRange() {
    for measure in FairnessMeasure.all {
      guard let form = MeasureForm.forms[measure.id] else { continue }
      var defined = 0
      for seed in UInt64(1)...100 {
        guard let value = form.value(Self.groups(seed, isOdd: seed % 2 == 0)).value else { continue }
        let slack = 1e-12
        #expect(
          value >= measure.range.lowerBound - slack && value <= measure.range.upperBound + slack,
          "\(measure.id), seed \(seed): \(value)")
        defined += 1
      }
      #expect(defined > 40, "\(measure.id)")
    }
  }

  /// Groups of the same rows are treated alike.
  @Test func alikeGroupsAreFair() {
    var unfair: Set<String> = []
    for measure in FairnessMeasure.all {
      guard let form = MeasureForm.forms[measure.id] else { continue }
      for seed in Self.seeds {
        let one = Self.groups(seed)[0]
        let value = form.value(["a", "b", "c", "d"].map { one.named($0) })
        guard Self.ofAlike[measure.id] == nil else {
          if let value = value.value, let fair = measure.fair, !isClose(value, fair, within: 1e-9) {
            unfair.insert(measure.id)
          }
          continue
        }
        if let fair = measure.fair { expect(value, .value(fair), "\(measure.id), seed \(seed)") }
      }
    }
    #expect(unfair == Set(Self.ofAlike.keys), "an exception that is none")
  }

  /// A group without rows is an empty place, never a number that is none.
  @Test func nothingIsNoNumber() {
    for (id, form) in MeasureForm.forms {
      let groups = Self.groups(3).map { $0.taking([]) }
      let value = form.value(groups)
      #expect(value.value?.isNaN != true, "\(id)")
      if let reason = value.reason { #expect(!reason.isEmpty, "\(id)") }
    }
  }
}
