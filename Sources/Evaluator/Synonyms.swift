/// Names that were asked for and mean one metric, which is told once.
enum Synonyms {
  /// What is to be said of them.
  ///
  /// - Parameter asked: names with the identifiers of what they mean
  static func notes(_ asked: [(name: String, meant: [String])]) -> [String] {
    var told: [[String]] = []
    return asked.compactMap { _, meant in
      guard !meant.isEmpty, !told.contains(meant) else { return nil }
      told.append(meant)
      var names: [String] = []
      for one in asked where one.meant == meant && !names.contains(one.name) { names.append(one.name) }
      guard names.count > 1, let last = names.last else { return nil }
      let first = names.dropLast().joined(separator: ", ")
      let metric =
        meant.count == 1 ? "one metric, which is told once: " : "the same metrics, which are told once: "
      return "\(first) and \(last) are \(metric)\(meant.joined(separator: ", "))."
    }
  }
}
