/// How many rows there are and what they weigh.
struct RowTotals: Sendable {
  var rows = 0
  var weight = 0.0
  var squaredWeight = 0.0

  init() {}

  init(_ rows: [UInt32], _ weights: [Double]?) {
    self.rows = rows.count
    guard let weights else {
      (weight, squaredWeight) = (Double(rows.count), Double(rows.count))
      return
    }
    for row in rows {
      let w = weights[Int(row)]
      weight += w
      squaredWeight += w * w
    }
  }

  @inline(__always)
  mutating func add(_ w: Double) {
    rows += 1
    weight += w
    squaredWeight += w * w
  }

  func measured(_ value: Double, hasInfluence: Bool = true) -> Measured {
    Measured(
      value: value, denominator: rows, weight: weight, squaredWeight: squaredWeight,
      hasInfluence: hasInfluence)
  }

  func undefined(_ reason: String) -> Measured {
    .undefined(reason, denominator: rows, weight: weight, squaredWeight: squaredWeight)
  }
}
