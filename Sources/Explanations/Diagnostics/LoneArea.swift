import Statistics

/// How well a feature alone tells the label: a ROC AUC of at least 0.5.
enum LoneArea {
  /// - Returns: nil where the rows don't tell, for want of a class. Complexity: O(n log n).
  static func area(
    _ feature: FeatureValues, labels: [UInt8], weights: [Double]?, seed: UInt64
  ) -> Double? {
    switch feature.kind {
    case .numbers(let values, _, _):
      // Missing values are lowest; either direction is information.
      let scores = values.map { $0.isNaN ? -Double.infinity : $0 }
      return ROCArea(scores, labels: labels, weights: weights).map { max($0.value, 1 - $0.value) }
    case .category(let codes, let count, _):
      return area(codes, count, labels: labels, weights: weights, seed: seed)
    }
  }

  /// Rows of each half are ranked by the mean label of their category in the other half (the base rate where it has
  /// none), so that categories with few rows don't look as if they told anything; mean of the halves' areas.
  /// Such a ranking has a direction: an area below 0.5 is no information.
  private static func area(
    _ codes: [Int32], _ count: Int, labels: [UInt8], weights: [Double]?, seed: UInt64
  ) -> Double? {
    let halves = self.halves(labels, seed: seed)
    var sum = 0.0
    for half in [false, true] {
      let means = self.means(
        codes, count, labels, weights, rows: labels.indices.filter { halves[$0] != half })
      let rows = labels.indices.filter { halves[$0] == half }
      let scores = rows.map { means[Int(codes[$0])] }
      let area = ROCArea(
        scores, labels: rows.map { labels[$0] }, weights: weights.map { weights in rows.map { weights[$0] } })
      guard let area else { return nil }
      sum += area.value
    }
    return max(0.5, sum / 2)
  }

  /// Which half each row is in; half of the positives, half of the negatives.
  private static func halves(_ labels: [UInt8], seed: UInt64) -> [Bool] {
    var halves = [Bool](repeating: false, count: labels.count)
    for label: UInt8 in [0, 1] {
      var random = KeyedRandom(seed: seed, key: "diagnostics.halves").stream(UInt64(label))
      let rows = labels.indices.filter { (labels[$0] == 1) == (label == 1) }
      for place in random.permutation(of: rows.count).prefix(rows.count / 2) {
        halves[rows[Int(place)]] = true
      }
    }
    return halves
  }

  private static func means(
    _ codes: [Int32], _ count: Int, _ labels: [UInt8], _ weights: [Double]?, rows: [Int]
  ) -> [Double] {
    var sums = [(positive: Double, all: Double)](repeating: (0, 0), count: count)
    var total = (positive: 0.0, all: 0.0)
    for row in rows {
      let weight = weights?[row] ?? 1
      let positive = labels[row] == 1 ? weight : 0
      sums[Int(codes[row])].positive += positive
      sums[Int(codes[row])].all += weight
      total.positive += positive
      total.all += weight
    }
    let base = total.all > 0 ? total.positive / total.all : 0
    return sums.map { $0.all > 0 ? $0.positive / $0.all : base }
  }
}
