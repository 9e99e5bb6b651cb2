import Glibc
import Metrics

/// An audit of one attribute's groups as Aequitas makes it: metrics, disparities from a reference group, and which
/// of them lie within τ and 1/τ.
///
/// Aequitas' significance columns have no counterpart: its FPR, TNR, FNR and TPR tests compare the rates FDR and FOR
/// (use the tests of Statistics on the right denominators).
package struct Audit: Sendable {
  /// How the group that all are compared with is chosen.
  package enum Reference: Sendable, Equatable {
    /// The largest group; of equals the first.
    case majority
    /// For each metric the group with its smallest value, which may be a tiny one; of equals the first.
    case minimum
    case named(String)
  }

  /// Whether a parity holds.
  package enum Verdict: Sendable, Equatable {
    case fair, unfair
    case undefined(String)

    /// Several taken together: unfair if one is; else undefined if one is.
    package static func all(_ verdicts: [Verdict]) -> Verdict {
      if verdicts.contains(.unfair) { return .unfair }
      return verdicts.first { if case .undefined = $0 { true } else { false } } ?? .fair
    }

    var isDefined: Bool { self == .fair || self == .unfair }
  }

  /// What Aequitas calls unsupervised and supervised fairness together.
  package static let overallFairness = "Overall Fairness"

  package let groups: [GroupCounts]
  package let reference: Reference
  /// Disparities from τ to 1/τ are fair: 0.8 is Aequitas' default.
  package let tau: Double
  package let compatibility: Compatibility?
  package let selected: Double

  package init(
    _ groups: [GroupCounts], reference: Reference, tau: Double = 0.8, as compatibility: Compatibility? = nil
  ) {
    self.groups = groups
    self.reference = reference
    self.tau = tau
    self.compatibility = compatibility
    selected = groups.reduce(0) { $0 + $1.selected }
  }

  /// A metric of one group.
  package func value(_ metric: AuditMetric, _ group: GroupCounts) -> MeasureValue {
    metric.value(group, selected: selected)
  }

  /// The group that a metric's values are divided by; nil where no group has a value, or the name is not there.
  package func reference(for metric: AuditMetric) -> GroupCounts? {
    switch reference {
    case .named(let name): return groups.first { $0.name == name }
    case .majority:
      return groups.reduce(nil) { best, next in best.map { next.size > $0.size ? next : $0 } ?? next }
    case .minimum:
      let defined = groups.compactMap { group in value(metric, group).value.map { (group, $0) } }
      return defined.min { $0.1 < $1.1 }?.0
    }
  }

  /// The group's value over the reference group's. x/0 is infinite (10 under `aequitas`).
  package func disparity(_ metric: AuditMetric, _ group: GroupCounts) -> MeasureValue {
    guard let base = reference(for: metric) else { return .undefined("no reference group") }
    return .quotient(
      value(metric, group), value(metric, base), as: compatibility,
      reason: "\(metric.rawValue) is 0 in \(group.name) and in the reference group")
  }

  /// Whether a parity holds for a group: τ ≤ disparity ≤ 1/τ, or all its parts do. Where a part is undefined and none
  /// fails it is undefined; under `aequitas` it then fails, unless no part is defined.
  package func verdict(_ parity: AuditParity, _ group: GroupCounts) -> Verdict {
    if let metric = parity.metric {
      switch disparity(metric, group) {
      case .undefined(let reason): return .undefined(reason)
      case .value(let disparity): return tau <= disparity && disparity <= 1 / tau ? .fair : .unfair
      }
    }
    let parts = parity.parts.map { verdict($0, group) }
    if compatibility == .aequitas, parts.contains(where: \.isDefined), !parts.allSatisfy(\.isDefined) {
      return .unfair
    }
    return .all(parts)
  }

  /// Whether a parity holds for the attribute: for every group. Under `aequitas` undefined groups are passed over,
  /// unless all are.
  package func verdict(_ parity: AuditParity) -> Verdict {
    let verdicts = groups.map { verdict(parity, $0) }
    let defined = verdicts.filter(\.isDefined)
    return .all(compatibility == .aequitas && !defined.isEmpty ? defined : verdicts)
  }

  /// Σ_g |ln disparity_g|, fairmodels' parity loss (Wiśniewski & Biecek 2022): +∞ where a disparity is 0 or
  /// infinite, undefined where one is.
  package func parityLoss(_ metric: AuditMetric) -> MeasureValue {
    groups.reduce(.value(0)) { sum, group in
      .combine(sum, disparity(metric, group).map { abs(log($0)) }, +)
    }
  }

  /// Unsupervised, supervised and overall fairness of several attributes: each holds where it holds for all of them;
  /// overall where both do.
  package static func overall(_ audits: [Audit]) -> (
    unsupervised: Verdict, supervised: Verdict, overall: Verdict
  ) {
    let unsupervised = Verdict.all(audits.map { $0.verdict(.unsupervised) })
    let supervised = Verdict.all(audits.map { $0.verdict(.supervised) })
    return (unsupervised, supervised, .all([unsupervised, supervised]))
  }
}

extension FairnessMeasure {
  private static func audit(
    _ id: String, _ name: String, _ formula: String, source: String = "Saleiro et al. 2018 (Aequitas)",
    range: ClosedRange<Double> = ratio, fair: Double? = 1, meaning: String, undefined: String,
    tool: String = "Aequitas", alias: String?
  ) -> FairnessMeasure {
    FairnessMeasure(
      id: id, name: name, family: .audit, formula: formula, source: source,
      range: range, fair: fair, meaning: meaning, undefined: undefined,
      aliases: alias.map { [.init(tool, $0)] } ?? [])
  }

  package static let shareOfSelected = audit(
    "share_of_selected", "Share of all selected rows", "PP_g / Σ_h PP_h", range: share, fair: nil,
    meaning: "1: only this group is selected; compare with the group's share of all rows",
    undefined: "no predicted positives in any group", alias: "ppr")
  package static let disparity = audit(
    "disparity", "Disparity", "m_g / m_reference",
    meaning: "1: the group is treated as the reference group; fair within τ and 1/τ",
    undefined: "the metric is undefined or 0 in both groups", alias: "<metric>_disparity")
  package static let disparityFromMinimum = audit(
    "disparity_from_minimum", "Disparity from the smallest value", "m_g / min_h m_h",
    range: 1...Double.infinity,
    meaning:
      "1: no group has a smaller value; each metric has its own reference group, which may be a tiny one",
    undefined: "the metric is undefined in the group, or 0 in it and in the one with the smallest value",
    alias: "get_disparity_min_metric")
  package static let statisticalParityDisparity = audit(
    "ppr_disparity", "Statistical parity (Aequitas)", "(PP_g / k) / (PP_reference / k)",
    meaning: "1: as many rows are selected, whatever the groups' sizes: not demographic parity",
    undefined: "no predicted positives in both groups", alias: nil)
  package static let impactParityDisparity = audit(
    "pprev_disparity", "Impact parity (Aequitas)", "(PP_g / n_g) / (PP_reference / n_reference)",
    meaning: "1: equal shares are selected: demographic parity",
    undefined: "no rows, or no predicted positives in both groups", alias: nil)
  package static let parityLoss = audit(
    "parity_loss", "Parity loss", "Σ_g |ln(m_g / m_reference)|",
    source: "Wiśniewski & Biecek 2022", fair: 0,
    meaning: "0: every group is treated as the reference group",
    undefined: "the metric is undefined in a group, or 0 in it and the reference", tool: "fairmodels",
    alias: "parity_loss")

  package static let parityDetermination = audit(
    "parity_determination", "Parity determination", "1 where τ ≤ m_g / m_reference ≤ 1/τ, else 0; τ = 0.8",
    range: share,
    meaning: "1: the disparity is within τ and 1/τ in the group, or in every group; 0: it is not",
    undefined: "a disparity is undefined, and none fails", alias: "<metric> Parity")
}
