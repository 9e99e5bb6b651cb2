/// What each unit adds to the errors of two groups' values in several strata, where units have rows in more than one of
/// these.
package struct JointErrors: Sendable {
  /// One unit's part in one stratum.
  package struct Entry: Sendable {
    package let unit: UInt32
    package let stratum: Int
    package let focal: Double
    package let reference: Double

    package init(unit: UInt32, stratum: Int, focal: Double, reference: Double) {
      (self.unit, self.stratum, self.focal, self.reference) = (unit, stratum, focal, reference)
    }
  }

  /// Unit by unit.
  private let entries: [Entry]
  package let units: Int

  /// - Parameter entries: stratum by stratum
  ///
  /// Complexity: O(entries + largest unit).
  package init(_ entries: [Entry]) {
    var next = [Int](repeating: 0, count: Int(entries.reduce(0) { max($0, $1.unit) }) + 1)
    for entry in entries { next[Int(entry.unit)] += 1 }
    units = next.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
    var total = 0
    for unit in next.indices {
      let count = next[unit]
      next[unit] = total
      total += count
    }
    var order = [Int](repeating: 0, count: entries.count)
    for (place, entry) in entries.enumerated() {
      order[next[Int(entry.unit)]] = place
      next[Int(entry.unit)] += 1
    }
    self.entries = order.map { entries[$0] }
  }

  /// Var(Σ_s a_s m_{f,s} − Σ_s b_s m_{r,s}). Complexity: O(entries).
  package func variance(focal a: [Double], reference b: [Double]) -> Double {
    var (sum, own) = (0.0, 0.0)
    var last: UInt32?
    for entry in entries {
      if entry.unit != last {
        sum += own * own
        (own, last) = (0, entry.unit)
      }
      own += a[entry.stratum] * entry.focal - b[entry.stratum] * entry.reference
    }
    return (sum + own * own) * correction
  }

  /// Covariances of the differences m_{f,s} − m_{r,s} of some strata. Complexity: O(entries · strata).
  package func covariances(of strata: [Int]) -> [Double] {
    let places = Dictionary(uniqueKeysWithValues: strata.enumerated().map { ($1, $0) })
    var matrix = [Double](repeating: 0, count: strata.count * strata.count)
    var start = 0
    while start < entries.count {
      var end = start
      while end < entries.count, entries[end].unit == entries[start].unit { end += 1 }
      let own = entries[start..<end].compactMap { entry in
        places[entry.stratum].map { (place: $0, value: entry.focal - entry.reference) }
      }
      for a in own {
        for b in own { matrix[a.place * strata.count + b.place] += a.value * b.value }
      }
      start = end
    }
    return matrix.map { $0 * correction }
  }

  private var correction: Double { units > 1 ? Double(units) / Double(units - 1) : 1 }
}
