import Metrics
import Results
import Statistics
import Testing

@testable import Gate

/// What gates elsewhere get wrong (reproduced on TensorFlow Model Analysis 0.52.0), and ours must not.
@Suite struct ForeignDefectTests {
  /// A feature that does not exist gives TFMA no slices, and a gate over all slices passes.
  @Test func aMistypedSliceColumnIsAnErrorAndNeverAPass() {
    let data = GateFixture.selection(("a", 300, 1000), ("b", 300, 1000))
    #expect(throws: Failure.self) {
      try GateFixture.judge(
        data, "{ checks: [{ id: 'x', metric: 'selection_rate', slices: 'doesnotexist', min: 0.1 }] }")
    }
  }

  /// With min_slice_size TFMA fails a threshold that is scoped to Overall as soon as a small slice exists.
  @Test func aMinimumSizeDoesNotTouchChecksOfOtherSlices() throws {
    let data = GateFixture.selection(("a", 300, 1000), ("tiny", 1, 3))
    let found = try GateFixture.judge(
      data, "{ minimum_n: 10, checks: [{ id: 'x', metric: 'selection_rate', slices: 'overall', min: 0.1 }] }")
    #expect(found.verdict == .pass)
    #expect(found.checks[0].items.map(\.slice) == ["overall"])
  }

  /// Cross-slice thresholds are always reported as missing there: a fairness gap can never pass.
  @Test func aGapBetweenSlicesCanPass() throws {
    let data = GateFixture.selection(("a", 3000, 10_000), ("b", 3010, 10_000))
    #expect(
      try GateFixture.judge(
        data,
        "{ checks: [{ id: 'x', gap: 'dp', slices: 'g', max: 0.1 }] }".replacing(
          "'dp'", with: "'demographic_parity'")
      )
      .verdict == .pass)
  }

  /// A minimum size together with cross-slice specifications aborts the run there.
  @Test func aMinimumSizeAndAGapGoTogether() throws {
    let data = GateFixture.selection(("a", 3000, 10_000), ("b", 3010, 10_000), ("tiny", 1, 3))
    let found = try GateFixture.judge(
      data,
      "{ minimum_n: 10, below_minimum: 'exclude', checks: [{ id: 'x', gap: 'demographic_parity', slices: 'g', max: 0.1 }] }"
    )
    #expect(found.verdict == .pass)
    #expect(
      found.checks[0].excluded == [Gap.Exclusion(group: "g=tiny", reason: "3 rows, below the minimum of 10")])
  }

  /// A slice with one class has an AUC of 0.0 with interval [0, 0] there: a fabricated worst case.
  @Test func aOneClassSliceIsInconclusive() throws {
    let counts = GateFixture.evaluation([(["g"], [.init("g=a", tp: 500, tn: 500), .init("g=b", tn: 500)])])
    let data = GateFixture.adding(
      .rocAUC, [(value: 0.9, error: 0.01), (value: 0.9, error: 0.01), (value: nil, error: nil)], to: counts)
    let found = try GateFixture.judge(
      data, "{ checks: [{ id: 'x', metric: 'roc_auc', slices: 'g', min: 0.7 }] }")
    #expect(found.verdict == .inconclusive)
    #expect(found.checks[0].items.map(\.verdict) == [.pass, .inconclusive])
    #expect(found.checks[0].items[1].reason == "one class only")
  }

  /// Their intervals are not used by the gate: a slice of one row with accuracy 1 passes.
  @Test func oneRowDoesNotPass() throws {
    let data = GateFixture.evaluation([(["g"], [.init("g=a", tp: 500, tn: 500), .init("g=b", tn: 1)])])
    let found = try GateFixture.judge(
      data, "{ checks: [{ id: 'x', metric: 'accuracy', slices: 'g', min: 0.7 }] }")
    #expect(found.checks[0].items.map(\.verdict) == [.pass, .inconclusive])
  }

  /// Only failures are listed there, and several equal thresholds on a slice are stored once.
  @Test func allChecksAreListed() throws {
    let data = GateFixture.selection(("a", 300, 1000), ("b", 300, 1000))
    let found = try GateFixture.judge(
      data,
      """
      { checks: [{ id: 'x', metric: 'selection_rate', slices: 'g', min: 0.1 },
                 { id: 'y', metric: 'selection_rate', slices: 'all', min: 0.1 }] }
      """)
    #expect(found.checks.map(\.items.count) == [2, 3])
  }

  /// Without thresholds TFX writes neither BLESSED nor NOT_BLESSED; ours is an error before anything is judged.
  @Test func aPolicyWithoutChecksIsAnError() {
    #expect(throws: Failure.self) { try PolicyTests.policy("{ checks: [] }") }
  }

  // MARK: groups that say nothing

  static let references = [(5, 1000), (50, 1000), (200, 1000), (500, 1000), (950, 1000), (3, 30), (15, 30)]

  /// A group with no error among 30, all right among 5, or of a single row never passes a gap check by itself,
  /// whatever it is compared with.
  @Test(arguments: [("0 of 30", 0, 30), ("5 of 5", 5, 5), ("1 of 1", 1, 1), ("0 of 1", 0, 1)])
  func aGroupThatSaysLittleDoesNotPass(name: String, k: Int, n: Int) throws {
    for (errors, rows) in Self.references {
      for comparison in ["to_reference", "between_groups", "to_best", "to_overall", "to_largest"] {
        let data = GateFixture.evaluation(
          [(["g"], [.selected("g=a", errors, of: rows), .selected("g=b", k, of: n)])],
          reference: ["g": "g=a"])
        for (kind, bound) in [("difference", "max: 0.05"), ("ratio", "min: 0.8")] {
          let found = try GateFixture.judge(
            data,
            "{ checks: [{ id: 'x', gap: 'demographic_parity', kind: '\(kind)', comparison: '\(comparison)', slices: 'g=b', \(bound) }] }"
              .replacing(comparison == "between_groups" ? "'g=b'" : "''", with: "'g'"))
          #expect(
            found.checks[0].verdict != .pass, "\(name) against \(errors) of \(rows), \(comparison), \(kind)")
        }
      }
    }
  }
}
