import Results

extension Configuration {
  /// The most classes whose matrices are told cell by cell.
  private static let mostCutClasses = 20

  /// - Throws: `data` where `at_thresholds` has nothing to cut, or too much to tell.
  func refuseIdleCuts(hasScores: Bool, classes: Int) throws(Failure) {
    guard !atThresholds.isEmpty else { return }
    guard hasScores else {
      throw Failure(
        .data, "at_thresholds cuts scores, but there are none",
        advice: "Name their columns: --score-prefix TEXT.")
    }
    guard classes <= Self.mostCutClasses else {
      throw Failure(
        .data,
        "at_thresholds tells matrices of up to \(Self.mostCutClasses) classes, and there are \(classes)",
        advice: "Leave it out, or join classes.")
    }
  }

  /// `class_weights` in the order of the classes; 0 for those that they do not name.
  ///
  /// - Throws: `data` where they name what is no class, or only classes that are not there.
  func weights(of classes: [String], _ what: String) throws(Failure) -> [Double]? {
    guard let classWeights else { return nil }
    if let stray = classWeights.keys.sorted().first(where: { !classes.contains($0) }) {
      throw Failure(
        .data, "class_weights names “\(stray)”, which is no \(what)",
        advice: Suggestion.phrase(for: stray, among: classes))
    }
    return classes.map { classWeights[$0] ?? 0 }
  }
}
