import Results

extension Configuration {
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
