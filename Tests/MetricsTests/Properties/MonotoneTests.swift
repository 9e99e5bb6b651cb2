import Results
import TestSupport
import Testing

@testable import Metrics

/// How metrics move as fewer rows are decided positively, or more are looked at.
@Suite struct MonotoneTests {
  enum Way: String { case falls, rises, either, stays }

  /// As the threshold rises.
  static let ways: [Way: Set<String>] = [
    .falls: [
      "true_positives", "false_positives", "predicted_positives", "true_positive_rate", "false_positive_rate",
      "selection_rate", "conditional_rejection", "neg_to_pos_flip_rate", "pos_to_pos_flip_rate",
      "flip_rate_of_negatives", "neg_to_pos_flip_count",
    ],
    .rises: [
      "false_negatives", "true_negatives", "predicted_negatives", "true_negative_rate", "false_negative_rate",
      "predicted_negative_rate", "treatment_equality", "conditional_acceptance", "pos_to_neg_flip_rate",
      "neg_to_neg_flip_rate", "flip_rate_of_positives", "pos_to_neg_flip_count",
    ],
    .either: [
      "accuracy", "error_rate", "balanced_accuracy", "balanced_error_rate", "precision",
      "false_discovery_rate", "negative_predictive_value", "false_omission_rate", "f1", "f_beta", "mcc",
      "threat_score", "fowlkes_mallows", "geometric_mean", "prevalence_threshold", "informedness",
      "markedness",
      "cohens_kappa", "positive_likelihood_ratio", "negative_likelihood_ratio", "diagnostic_odds_ratio",
      "lift",
      "flip_rate", "flip_count",
    ],
  ]

  /// What is named nowhere must not look at decisions.
  static func way(_ id: String) -> Way {
    // Of these the parameter is a share of rows.
    if id.hasPrefix("lift@") { return .stays }
    let base = RegistryPropertyTests.base(id)
    return ways.first { $0.value.contains(base) }?.key ?? .stays
  }

  static let steps = stride(from: 0.0, through: 17.0 / 16, by: 1.0 / 16).map { $0 }

  @Test(arguments: [true, false]) func asTheThresholdRises(ofTheEngine: Bool) {
    var moves: [String: Set<Way>] = [:]
    for seed in UInt64(1)...16 {
      let table = BinaryPropertyTable.random(seed: seed, shape: seed % 4 == 0 ? .odd : .ordinary)
      let runs = Self.steps.map { step -> [PropertyAnswer] in
        let cut = table.deciding(at: step)
        return ofTheEngine ? CountedPropertyTable(rows: cut).answers() : cut.answers()
      }
      for (before, after) in zip(runs, runs.dropFirst()) {
        for (a, b) in zip(before, after) where !Self.isCut(a.id) { Self.note(a.value, b.value, a.id, &moves) }
      }
    }
    for (id, found) in moves { Self.expect(found, Self.way(id), id) }
    #expect(moves.count >= (ofTheEngine ? 28 : 100))
  }

  /// Metrics at thresholds of their own.
  @Test func atRisingThresholds() {
    var moves: [String: Set<Way>] = [:]
    for seed in UInt64(1)...40 {
      let table = BinaryPropertyTable.random(seed: seed, shape: .ordinary)
      let rows = (0..<UInt32(table.rowCount)).map { $0 }
      let runs = Self.steps.map { BinaryRowMetrics.all(table.observations, thresholds: [$0]) }
      for (before, after) in zip(runs, runs.dropFirst()) {
        for (a, b) in zip(before, after) where a.definition.entry.id != b.definition.entry.id {
          let base = RegistryPropertyTests.base(a.definition.entry.id)
          Self.note(PropertyAnswer(a, rows).value, PropertyAnswer(b, rows).value, base, &moves)
        }
      }
    }
    for (id, found) in moves { Self.expect(found, Self.way(id), id + "@t") }
    #expect(moves.count == 16)
  }

  /// With more rows of each query, or more classes, looked at.
  static let rising: Set<String> = [
    "recall", "hit_rate", "dcg", "dcg_linear", "selection_rate", "top_accuracy", "top_recall",
  ]
  static let varying: Set<String> = [
    "ndcg", "ndcg_linear", "map", "precision", "representation", "skew", "top_precision",
  ]

  @Test func asMoreAreLookedAt() {
    var moves: [String: Set<Way>] = [:]
    for seed in UInt64(1)...40 {
      let tables: [any PropertyTable] = [
        RankedPropertyTable.random(seed: seed, shape: .ordinary),
        ClassPropertyTable.random(seed: seed, shape: .ordinary),
        LabelSetPropertyTable.random(seed: seed, shape: .ordinary),
      ]
      for table in tables {
        var last: [String: PropertyAnswer] = [:]
        for answer in table.answers() {
          guard let k = answer.definition.entry.k else { continue }
          let base = RegistryPropertyTests.base(answer.id).replacing("top_\(k)_", with: "top_")
          if let before = last[base] { Self.note(before.value, answer.value, base, &moves) }
          last[base] = answer
        }
      }
    }
    for (id, found) in moves {
      #expect(Self.rising.contains(id) != Self.varying.contains(id), "\(id) is in neither list or both")
      if Self.rising.contains(id) { #expect(found == [.rises] || found == [.stays, .rises], "\(id)") }
      if Self.varying.contains(id) { #expect(found.isSuperset(of: [.rises, .falls]), "\(id) \(found)") }
    }
    #expect(Set(moves.keys) == Self.rising.union(Self.varying))
  }

  private static func isCut(_ id: String) -> Bool { id.contains("@") && !id.hasSuffix("@0.1") }

  private static func note(_ a: Double?, _ b: Double?, _ id: String, _ moves: inout [String: Set<Way>]) {
    guard let a, let b else { return }
    let slack = 1e-12 * max(1, abs(a))
    moves[id, default: []].insert(b > a + slack ? .rises : b < a - slack ? .falls : .stays)
  }

  private static func expect(_ found: Set<Way>, _ way: Way, _ id: String) {
    switch way {
    case .stays: #expect(found == [.stays], "\(id) looks at decisions: \(found.map(\.rawValue))")
    case .either:
      #expect(found.isSuperset(of: [.falls, .rises]), "\(id) moves one way only: \(found.map(\.rawValue))")
    case .falls, .rises:
      #expect(found.subtracting([.stays]) == [way], "\(id) \(way.rawValue): \(found.map(\.rawValue))")
    }
  }
}
