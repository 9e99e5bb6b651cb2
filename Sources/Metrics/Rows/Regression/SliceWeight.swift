/// How many rows a slice has and what they weigh: the denominator of what is measured over all of its rows.
struct SliceWeight {
  let count: Int
  let weight: Double
  let squaredWeight: Double

  init(_ rows: [UInt32], _ weights: [Double]?) {
    count = rows.count
    guard let weights else {
      (weight, squaredWeight) = (Double(rows.count), Double(rows.count))
      return
    }
    var sum = CompensatedSum()
    var squares = CompensatedSum()
    for row in rows {
      let weight = weights[Int(row)]
      sum.add(weight)
      squares.add(weight * weight)
    }
    (weight, squaredWeight) = (sum.value, squares.value)
  }

  /// Why nothing can be measured; nil where something can.
  var emptyReason: String? { count == 0 ? "no rows" : weight > 0 ? nil : "zero weight" }

  func measured(_ value: Double, hasInfluence: Bool = true) -> Measured {
    guard value.isFinite else { return undefined("not a finite number") }
    return Measured(
      value: value, denominator: count, weight: weight, squaredWeight: squaredWeight,
      hasInfluence: hasInfluence)
  }

  func undefined(_ reason: String) -> Measured {
    Measured.undefined(reason, denominator: count, weight: weight, squaredWeight: squaredWeight)
  }

  /// As `measured`, with all influence 0 where the value is at an end of its range: what is left of it there is
  /// rounding, and would make an interval of next to no width.
  func measured(_ value: Double, within range: ClosedRange<Double>, _ influence: inout [Double]) -> Measured {
    let slack = 1e-14
    if value <= range.lowerBound + slack || value >= range.upperBound - slack {
      for index in influence.indices { influence[index] = 0 }
    }
    return measured(value)
  }
}
