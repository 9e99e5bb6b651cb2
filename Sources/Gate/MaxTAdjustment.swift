import Fairness
import Metrics
import Results
import Statistics

/// The joint distribution of the largest statistic (Westfall & Young 1993), from the correlations of rates
/// that share rows: slices of one family share none, slices of different families what the finest family
/// that has all their features says. Where that is not known, and for what is no rate or was searched for,
/// statistics count as independent.
struct MaxTAdjustment: Adjustment {
  /// Correlations take O(groups²) memory; beyond, Holm's rule is used, and the judgement says so.
  static let mostGroups = 1500

  let evaluation: Evaluation
  let alpha: Double
  let seed: UInt64

  func adjusted(_ drafts: [Draft], weights: [Double]) -> [Double] {
    let z = drafts.map { -Normal.quantile(min(1 - 1e-16, max(1e-300, $0.item.pBeyond ?? 1))) }
    let replicates = MaxT.replicates(tests: drafts.count, alpha: alpha)
    let test = MaxT(replicates: replicates, random: KeyedRandom(seed: seed, key: "max-T of the gate"))
    return test.stepDown(z, correlation: correlation(drafts))
  }

  private func correlation(_ drafts: [Draft]) -> [[Double]] {
    let atoms = Atoms(evaluation, drafts.compactMap(\.item.sliceIndex))
    let influences = drafts.map { influence(of: $0, atoms) }
    let norms = influences.map { $0.map { atoms.product($0, $0).squareRoot() } ?? 0 }
    return drafts.indices.map { i in
      drafts.indices.map { j in
        if i == j { return 1 }
        guard let a = influences[i], let b = influences[j], norms[i] > 0, norms[j] > 0 else { return 0 }
        return max(-1, min(1, atoms.product(a, b) / (norms[i] * norms[j])))
      }
    }
  }

  /// What one row of each atom and outcome adds to the number, towards its bound's far side.
  private func influence(of draft: Draft, _ atoms: Atoms) -> [Int: Double]? {
    guard draft.multiplicity == 1, let slice = draft.item.sliceIndex,
      let rate = BinaryMetric(id: draft.item.component)?.rate,
      evaluation.task == .binary, evaluation.roles.units == nil, !draft.item.isChange
    else { return nil }
    let isUp = draft.bounds.maximum != nil && (draft.bounds.minimum == nil || signed(draft) >= 0)
    let direction = isUp ? 1.0 : -1.0
    var result: [Int: Double] = [:]
    atoms.add(rate, slice, direction, to: &result)
    if let reference = draft.item.referenceIndex { atoms.add(rate, reference, -direction, to: &result) }
    return result
  }

  private func signed(_ draft: Draft) -> Double {
    (draft.item.groupValue ?? 0) - (draft.item.referenceValue ?? 0)
  }
}

extension CheckItem {
  fileprivate var isChange: Bool { reference == "baseline" }
}

/// Disjoint sets of rows of which all slices of interest are unions.
private struct Atoms {
  private let evaluation: Evaluation
  /// The slices that stand for the atoms, for each slice of interest.
  private var members: [Int: [Int]] = [:]

  init(_ evaluation: Evaluation, _ slices: [Int]) {
    self.evaluation = evaluation
    let finder = SelectionFinder(evaluation)
    let families = evaluation.families
    let wanted = Set(slices.flatMap { families[evaluation.slices.family[$0]].features })
    let finest = families.first { Set($0.features) == wanted && !wanted.isEmpty }
    for slice in Set(slices + [0]) {
      guard let finest else {
        members[slice] = [slice]
        continue
      }
      let own = finder.groups(of: slice)
      members[slice] = finest.slices.filter { atom in
        let groups = finder.groups(of: atom)
        return own.allSatisfy { part in
          groups.contains { $0.feature == part.feature && $0.group == part.group }
        }
      }
    }
  }

  private func counts(_ slice: Int) -> [Double] {
    let slices = evaluation.slices
    return [
      slices.truePositives[slice], slices.falsePositives[slice], slices.falseNegatives[slice],
      slices.trueNegatives[slice],
    ].map(Double.init)
  }

  /// Adds the influence of a rate of a slice, `sign`ed.
  func add(_ rate: RateDefinition, _ slice: Int, _ sign: Double, to result: inout [Int: Double]) {
    let cells = counts(slice)
    var trials = 0.0
    var successes = 0.0
    for outcome in Outcome.allCases where rate.isTrial(outcome) {
      trials += cells[outcome.rawValue]
      if rate.isSuccess(outcome) { successes += cells[outcome.rawValue] }
    }
    guard trials > 0 else { return }
    let p = successes / trials
    for atom in members[slice] ?? [slice] {
      for outcome in Outcome.allCases where rate.isTrial(outcome) {
        result[4 * atom + outcome.rawValue, default: 0] +=
          sign * ((rate.isSuccess(outcome) ? 1 : 0) - p) / trials
      }
    }
  }

  /// Σ n·a·b over atoms and outcomes.
  func product(_ a: [Int: Double], _ b: [Int: Double]) -> Double {
    let (short, long) = a.count < b.count ? (a, b) : (b, a)
    var sum = 0.0
    for (key, x) in short.sorted(by: { $0.key < $1.key }) {
      guard let y = long[key] else { continue }
      sum += counts(key / 4)[key % 4] * x * y
    }
    return sum
  }
}
