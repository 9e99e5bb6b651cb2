import Glibc
import TestSupport
import Testing

@testable import Statistics

/// Every field of `multiplicity_paired.json`.
@Suite struct MultiplicityVectorTests {
  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
  func everyFieldAgrees() throws {
    let found = try Self.fields.findings(in: "multiplicity_paired")
    #expect(found.wrong.isEmpty, "\(found.wrong)")
    #expect(found.compared > 500)
  }

  /// Cases differ in what a name means: those that adjust p-values all begin alike, the others with their name.
  static let fields = VectorFields(
    rules: adjustments.merging(paired) { $1 }.merging(permutations) { $1 },
    prefix: { $0.has("holm") ? "p" : $0.fields["name"] as? String ?? "" })

  private static let rules: [(String, @Sendable ([Double]) -> [Double])] = [
    ("bonferroni", Multiplicity.bonferroni), ("holm", Multiplicity.holm),
    ("holm-sidak", Multiplicity.holmSidak), ("simes-hochberg", Multiplicity.hochberg),
    ("hommel", Multiplicity.hommel), ("fdr_bh", Multiplicity.benjaminiHochberg),
    ("fdr_by", Multiplicity.benjaminiYekutieli),
  ]

  private static let adjustments: [String: VectorFields.Rule] = {
    var found: [String: VectorFields.Rule] = ["p.name": .input, "p.p": .input]
    for (name, rule) in rules {
      found["p.\(name).adjusted"] = .check(within: 1e-12) { rule($0.numbers("p")) }
      found["p.\(name).reject_0.05"] = .check(within: 0) {
        rule($0.numbers("p")).map { $0 <= 0.05 ? 1 : 0 }
      }
    }
    found["nan_rule.name"] = .input
    // The rule is a sentence: "drop NaN, m=2, put NaN back: BH -> [0.02,nan,0.03]".
    found["nan_rule.rule"] = .note("words; `MultiplicityTests.missingTestsDoNotCount` has its numbers")
    found["nan_rule.p"] = .check(within: 1e-12) {
      let adjusted = Multiplicity.benjaminiHochberg($0.numbers("p"))
      // Undone for m = 2, the adjusted values are the values.
      return zip(adjusted, [2, 1, 1]).map { $0 / $1 }
    }
    return found
  }()

  private static let paired: [String: VectorFields.Rule] = [
    "mcnemar.name": .input, "mcnemar.mid_p_rule": .note("words"),
    "mcnemar.items.b": .input, "mcnemar.items.c": .input,
    "mcnemar.items.exact": .check(within: 1e-12) { [McNemar.exact($0.integer("b"), $0.integer("c"))] },
    "mcnemar.items.mid_p": .check(within: 1e-12) { [McNemar.midP($0.integer("b"), $0.integer("c"))] },
    "mcnemar.items.chi2": .check(within: 1e-12) {
      [McNemar.statistic($0.integer("b"), $0.integer("c")) ?? .nan]
    },
    "mcnemar.items.p_asymp": .check(within: 1e-12) {
      [McNemar.asymptotic($0.integer("b"), $0.integer("c"))]
    },
    "mcnemar.items.p_asymp_cc": .check(within: 1e-12) {
      [McNemar.asymptotic($0.integer("b"), $0.integer("c"), corrected: true)]
    },
    "paired_difference.name": .input, "paired_difference.note": .note("words"),
    "paired_difference.items.t": .input,
    "paired_difference.items.diff": .check(within: 1e-12) { [pairs($0).difference] },
    "paired_difference.items.newcombe95": .check(within: 1e-12) { pairs($0).newcombe(level: 0.95).ends },
    "paired_difference.items.tango95": .check(within: 1e-12) { pairs($0).tango(level: 0.95).ends },
  ]

  private static func pairs(_ c: Vector) -> PairedDifferenceInterval {
    let t = c.integers("t")
    return PairedDifferenceInterval(both: t[0], firstOnly: t[1], secondOnly: t[2], neither: t[3])
  }

  private static func exact(_ c: Vector) throws -> ExactPermutation {
    try #require(ExactPermutation(c.numbers("A"), c.numbers("B")))
  }

  private static func null(_ c: Vector) -> Hypergeometric {
    let (n1, n2) = (c.integer("n1"), c.integer("n2"))
    return Hypergeometric(population: n1 + n2, successes: c.integer("k1") + c.integer("k2"), draws: n1)
  }

  private static let permutations: [String: VectorFields.Rule] = {
    var found: [String: VectorFields.Rule] = [:]
    let mean = "exact_permutation_mean_gap."
    for name in ["name", "A", "B"] { found[mean + name] = .input }
    found[mean + "rule"] = .note("words; `HomogeneityTest` and `StudentizedPermutation` follow them")
    found[mean + "observed"] = .check(within: 1e-12) { [try exact($0).observed] }
    found[mean + "n_perm"] = .check(within: 0) { [Double(try exact($0).permutations)] }
    found[mean + "p_two_sided_exact"] = .check(within: 1e-12) { [try exact($0).twoSided] }
    found[mean + "p_greater_exact"] = .check(within: 1e-12) { [try exact($0).greater] }
    found[mean + "null_sd"] = .check(within: 1e-12) { [try exact($0).nullDeviation] }
    let gap = "binary_gap_permutation_null."
    for name in ["name", "k1", "n1", "k2", "n2"] { found[gap + name] = .input }
    found[gap + "note"] = .note("words")
    found[gap + "support"] = .check(within: 0) { null($0).support.map(Double.init) }
    found[gap + "pmf"] = .check(within: 1e-12) { c in null(c).support.map { exp(null(c).logProbability($0)) }
    }
    found[gap + "p_two_sided_abs_gap"] = .check(within: 1e-12) {
      [
        TwoProportionTest.permutationGap(
          $0.integer("k1"), $0.integer("n1"), $0.integer("k2"), $0.integer("n2"))
      ]
    }
    found[gap + "p_fisher_probability_ordering"] = .check(within: 1e-12) {
      [TwoProportionTest.fisherExact($0.integer("k1"), $0.integer("n1"), $0.integer("k2"), $0.integer("n2"))]
    }
    let range = "max_min_gap_3groups_exact_permutation."
    for name in ["name", "n", "k"] { found[range + name] = .input }
    found[range + "observed"] = .check(within: 1e-12) {
      [HomogeneityTest.range($0.integers("k"), $0.integers("n"))]
    }
    found[range + "p_exact"] = .check(within: 1e-12) {
      [HomogeneityTest.exactRange(successes: $0.integers("k"), trials: $0.integers("n")) ?? .nan]
    }
    return found
  }()
}
