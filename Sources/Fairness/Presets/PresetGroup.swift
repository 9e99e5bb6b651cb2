import Metrics
import Results

/// A group of a family as a preset sees it.
struct PresetGroup: Sendable {
  /// What keeps a group from comparisons.
  enum Standing: Sendable, Equatable {
    case compared, unknown, small, empty
  }

  let slice: Int
  let rows: Int
  /// By outcome; all 0 in a task that has none.
  let counts: OutcomeCounts
  /// Of all rows.
  let share: Double
  let standing: Standing

  var isCompared: Bool { standing == .compared }
}

/// The groups of one family.
struct PresetFamily: Sendable {
  let index: Int
  let features: [String]
  let groups: [PresetGroup]
  /// The named reference of the configuration.
  let named: Int?

  init(_ evaluation: Evaluation, _ index: Int, _ choice: PresetChoice) {
    let family = evaluation.families[index]
    self.index = index
    features = family.features
    named = family.reference
    let total = max(1, evaluation.slices.rows[0])
    groups = family.slices.map { slice in
      let counts = evaluation.counts(slice, exchanged: choice.isNegativeFavourable)
      let share = Double(evaluation.slices.rows[slice]) / Double(total)
      return PresetGroup(
        slice: slice, rows: evaluation.slices.rows[slice], counts: counts, share: share,
        standing: Self.standing(evaluation, slice, share, choice))
    }
  }

  private static func standing(
    _ evaluation: Evaluation, _ slice: Int, _ share: Double, _ choice: PresetChoice
  ) -> PresetGroup.Standing {
    let words = Set(choice.unknown.map { $0.lowercased() })
    let isUnknown = SliceTerms.split(evaluation.slices.predicate[slice]).contains { term in
      SliceTerms.value(term).map { words.contains($0.lowercased()) } ?? true
    }
    if isUnknown { return .unknown }
    if evaluation.slices.rows[slice] == 0 { return .empty }
    return share < choice.minimumShare ? .small : .compared
  }

  var compared: [PresetGroup] { groups.filter(\.isCompared) }

  /// The compared group with the highest value; of equals the first.
  func highest(_ value: (PresetGroup) -> Double?) -> PresetGroup? {
    var best: (group: PresetGroup, value: Double)?
    for group in compared {
      guard let value = value(group), !value.isNaN else { continue }
      if value > best?.value ?? -.infinity { best = (group, value) }
    }
    return best?.group
  }

  /// The named group, else the largest that is compared.
  var customary: PresetGroup? {
    if let named { return groups.first { $0.slice == named } }
    return compared.reduce(nil) { best, next in best.map { next.rows > $0.rows ? next : $0 } ?? next }
  }
}

extension Evaluation {
  /// The rows of a slice by outcome.
  func counts(_ slice: Int, exchanged: Bool) -> OutcomeCounts {
    guard task == .binary else {
      return OutcomeCounts(truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0)
    }
    let rows = [
      slices.truePositives[slice], slices.falsePositives[slice], slices.falseNegatives[slice],
      slices.trueNegatives[slice],
    ]
    let cells = 4 * slice..<4 * slice + 4
    let isWeighted = !slices.cellWeights.isEmpty
    let counts = OutcomeCounts(
      rows: rows, weights: isWeighted ? Array(slices.cellWeights[cells]) : rows.map(Double.init),
      squaredWeights: isWeighted ? Array(slices.cellSquaredWeights[cells]) : rows.map(Double.init))
    return exchanged ? GroupCounts("", counts).withClassesExchanged.counts : counts
  }
}
