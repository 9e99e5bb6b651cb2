import Results

extension Configuration {
  /// Refuses what a task would pass over.
  ///
  /// - Throws: `data`.
  func refuseIdle(in task: TaskKind) throws(Failure) {
    if classWeights != nil, task != .multiclass, task != .multilabel {
      throw Failure(
        .data, "class_weights is for tasks of several classes or labels, and this one is \(task.rawValue)",
        advice: "Leave it out.")
    }
    if !atThresholds.isEmpty, task != .binary, task != .multiclass {
      throw Failure(
        .data, "at_thresholds is for binary and multi-class tasks, and this one is \(task.rawValue)",
        advice: "Leave it out.")
    }
  }

  /// The cuts of the highest score that a multi-class task tells of: `at_thresholds`, and those that single names have.
  var classCuts: [Double] {
    let named = ((metrics ?? []) + (gaps ?? [])).compactMap { name -> Double? in
      guard let sign = name.lastIndex(of: "@"), Self.isCut(String(name[..<sign])) else { return nil }
      return Double(name[name.index(after: sign)...]).flatMap { $0.isFinite ? $0 : nil }
    }
    return named.reduce(into: atThresholds) { cuts, cut in
      if !cuts.contains(cut) { cuts.append(cut) }
    }
  }

  /// Whether a name without its cut is of what is told at cuts.
  private static func isCut(_ base: String) -> Bool {
    ["coverage", "accuracy_of_predicted", "multi_class_confusion_matrix_at_thresholds"].contains(base)
      || base.hasPrefix("confusion[")
  }

  /// The most classes whose matrices are told cell by cell.
  private static let mostCutClasses = 20

  /// - Throws: `data` where `at_thresholds` has nothing to cut, or too much to tell.
  func refuseIdleCuts(hasScores: Bool, classes: Int) throws(Failure) {
    guard !classCuts.isEmpty else { return }
    guard hasScores else {
      throw Failure(
        .data, "metrics at thresholds cut scores, but there are none",
        advice: "Name their columns: --score-prefix TEXT.")
    }
    guard classes <= Self.mostCutClasses else {
      throw Failure(
        .data,
        "metrics at thresholds tell matrices of up to \(Self.mostCutClasses) classes, and there are \(classes)",
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
