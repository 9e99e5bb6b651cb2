import Metrics

/// ABROCA: the area between two groups' ROC curves, ∫₀¹ |ROC_f(t) − ROC_r(t)| dt (Gardner, Brooks & Baker 2019).
///
/// Exact: both curves are straight between their corners, so each piece is one or two triangles or a trapezoid. It is
/// at least the difference of the areas under the curves, which holisticai's `abroca` tells instead.
package enum AreaBetweenCurves {
  /// One group's rows.
  package struct Group: Sendable {
    package let name: String
    package let scores: [Double]
    package let labels: [UInt8]
    package let weights: [Double]?

    /// - Parameters:
    ///   - scores: without NaN
    ///   - labels: 1 for positive
    ///   - weights: 1 each where nil
    package init(_ name: String, scores: [Double], labels: [UInt8], weights: [Double]? = nil) {
      self.name = name
      self.scores = scores
      self.labels = labels
      self.weights = weights
    }
  }

  /// A straight piece of a curve that is not vertical.
  fileprivate struct Piece: Sendable {
    let from, to, low, high: Double

    func value(at x: Double) -> Double { low + (high - low) * ((x - from) / (to - from)) }
  }

  /// A group's curve, to be held against several others.
  package struct Curve: Sendable {
    fileprivate let pieces: Result<[Piece], Empty>

    /// - Parameter isAscending: whether the rows are in ascending order of score. Complexity: O(n), else O(n log n).
    package init(_ group: Group, isAscending: Bool = false) {
      let rows =
        isAscending
        ? Array(group.scores.indices.reversed())
        : group.scores.indices.sorted { group.scores[$0] > group.scores[$1] }
      pieces = AreaBetweenCurves.pieces(group, rows)
    }
  }

  /// Undefined where a group has no positives or no negatives. Complexity: O(n log n).
  package static func area(_ focal: Group, _ reference: Group) -> MeasureValue {
    area(Curve(focal), Curve(reference))
  }

  /// The area between two curves. Complexity: O(n).
  package static func area(_ focal: Curve, _ reference: Curve) -> MeasureValue {
    switch (focal.pieces, reference.pieces) {
    case (.failure(let reason), _), (_, .failure(let reason)): .undefined(reason.text)
    case (.success(let a), .success(let b)): .value(between(a, b))
    }
  }

  fileprivate struct Empty: Error { let text: String }

  /// The curve of a group: tied scores make one slanting piece.
  ///
  /// - Parameter order: rows by descending score
  private static func pieces(_ group: Group, _ order: [Int]) -> Result<[Piece], Empty> {
    let weights = group.weights ?? [Double](repeating: 1, count: group.scores.count)
    var (positives, negatives) = (0.0, 0.0)
    for (label, weight) in zip(group.labels, weights) {
      if label == 1 { positives += weight } else { negatives += weight }
    }
    guard positives > 0 else { return .failure(Empty(text: "no positives in \(group.name)")) }
    guard negatives > 0 else { return .failure(Empty(text: "no negatives in \(group.name)")) }
    var pieces: [Piece] = []
    var (true_, false_, place) = (0.0, 0.0, 0)
    while place < order.count {
      let score = group.scores[order[place]]
      let (x, y) = (false_ / negatives, true_ / positives)
      while place < order.count, group.scores[order[place]] == score {
        let row = order[place]
        if group.labels[row] == 1 { true_ += weights[row] } else { false_ += weights[row] }
        place += 1
      }
      let end = false_ / negatives
      if end > x { pieces.append(Piece(from: x, to: end, low: y, high: true_ / positives)) }
    }
    return .success(pieces)
  }

  private static func between(_ a: [Piece], _ b: [Piece]) -> Double {
    var (i, j, x, area) = (0, 0, 0.0, 0.0)
    while i < a.count, j < b.count {
      let end = min(a[i].to, b[j].to)
      if end > x {
        area += triangle(
          a[i].value(at: x) - b[j].value(at: x), a[i].value(at: end) - b[j].value(at: end), end - x)
        x = end
      }
      if a[i].to <= end { i += 1 }
      if j < b.count, b[j].to <= end { j += 1 }
    }
    return area
  }

  /// ∫ |line| over a width: the line crosses 0 where its ends have different signs.
  private static func triangle(_ left: Double, _ right: Double, _ width: Double) -> Double {
    if left * right >= 0 { return abs(left + right) / 2 * width }
    return (left * left + right * right) / (2 * abs(left - right)) * width
  }
}

extension FairnessMeasure {
  package static let areaBetweenCurves = FairnessMeasure(
    id: "abroca", name: "Area between ROC curves", family: .score,
    formula: "∫₀¹ |ROC_f(t) − ROC_r(t)| dt", source: "Gardner, Brooks & Baker 2019", range: share, fair: 0,
    meaning: "0: one curve; at least the difference of the areas under both",
    undefined: "a group has no positives or no negatives", aliases: [.init("", "ABROCA")])
}
