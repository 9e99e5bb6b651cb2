/// The nearest known name to one that is not known.
package enum Suggestion {
  /// The candidate with the smallest edit distance to `name` (case ignored), if it is near enough to be
  /// meant: at most a third of the longer name, at least 1. Ties go to the first candidate.
  package static func nearest(to name: String, among candidates: [String]) -> String? {
    let wanted = Array(name.lowercased().utf8)
    var best: (distance: Int, candidate: String)?
    for candidate in candidates {
      let other = Array(candidate.lowercased().utf8)
      let limit = max(1, max(wanted.count, other.count) / 3)
      let distance = editDistance(wanted, other)
      if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.candidate
  }

  /// ` — did you mean “X”?`, or the list of what there is, or nothing.
  package static func phrase(for name: String, among candidates: [String]) -> String {
    if let near = nearest(to: name, among: candidates) { return "did you mean “\(near)”?" }
    guard !candidates.isEmpty else { return "there are none" }
    let shown = candidates.prefix(12).joined(separator: ", ")
    return candidates.count > 12 ? "known: \(shown), … (\(candidates.count) in all)" : "known: \(shown)"
  }

  /// Edits (insert, delete, replace, swap of neighbours) that turn `a` into `b`.
  /// Optimal string alignment distance; complexity O(|a|·|b|).
  static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], beforeLast[j - 2] + 1)
        }
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
