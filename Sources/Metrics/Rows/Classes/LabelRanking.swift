/// How well the scores of a row's labels put those that it has before those that it has not
/// (Tsoumakas, Katakis & Vlahavas 2010). Ties count against the model.
enum LabelRanking: Sendable {
  /// Over the labels that the row has: which share of the labels that score as high it has too.
  case averagePrecision
  /// How many labels score as high as the lowest that the row has.
  case coverage
  /// The share of pairs of a label that the row has and one that it has not in which the latter scores as high.
  case loss

  var emptyReason: String {
    switch self {
    case .averagePrecision, .coverage: "no row has a label"
    case .loss: "no row has some labels and not others"
    }
  }

  /// nil where the row has no say: it has no label (or, for the loss, all of them).
  ///
  /// Under `ZeroDivision.zero` and `.one` such rows count as in scikit-learn: with a precision of 1, a coverage of 0
  /// and a loss of 0.
  ///
  /// Complexity: O(labels²).
  func value(_ row: Int, _ observations: LabelSetObservations, _ zeroDivision: ZeroDivision) -> Double? {
    let labels = observations.labels
    let count = labels.indices.count(where: { labels[$0][row] == 1 })
    let isEmpty = count == 0 || (self == .loss && count == labels.count)
    guard !isEmpty else {
      return zeroDivision == .undefined ? nil : self == .averagePrecision ? 1 : 0
    }
    var sum = 0.0
    for index in labels.indices where labels[index][row] == 1 {
      let (present, absent) = notBelow(index, row, observations)
      switch self {
      case .averagePrecision: sum += present / (present + absent)
      case .coverage: sum = max(sum, present + absent)
      case .loss: sum += absent
      }
    }
    switch self {
    case .averagePrecision: return sum / Double(count)
    case .coverage: return sum
    case .loss: return sum / Double(count * (labels.count - count))
    }
  }

  /// Labels that score at least as high as one: those that the row has, that one among them, and the others.
  private func notBelow(
    _ index: Int, _ row: Int, _ observations: LabelSetObservations
  ) -> (present: Double, absent: Double) {
    let own = observations.scores[index][row]
    var (present, absent) = (0.0, 0.0)
    for other in observations.scores.indices where observations.scores[other][row] >= own {
      if observations.labels[other][row] == 1 { present += 1 } else { absent += 1 }
    }
    return (present, absent)
  }
}
