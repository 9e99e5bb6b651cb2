/// Some rows with the units that they are of, worked out once for all metrics.
package struct UnitRows: Sendable {
  /// Ascending, without repeats.
  package let rows: [UInt32]
  /// The units that have a row here, ascending; the rows themselves where every row is a unit of its own.
  package let units: [UInt32]
  /// The place in `units` of each row; nil where every row is a unit of its own.
  private let places: [UInt32]?

  /// - Parameters:
  ///   - unitOfRow: of all rows; nil where every row is a unit of its own
  ///   - unitCount: above every unit
  ///
  /// Complexity: O(rows · log rows), or O(rows + units) where that is less.
  init(_ rows: [UInt32], unitOfRow: [UInt32]?, unitCount: Int) {
    self.rows = rows
    guard let unitOfRow else {
      (units, places) = (rows, nil)
      return
    }
    if rows.count < unitCount / 16 {
      let order = rows.indices.sorted { unitOfRow[Int(rows[$0])] < unitOfRow[Int(rows[$1])] }
      (units, places) = Self.places(order.map { (place: $0, unit: unitOfRow[Int(rows[$0])]) })
    } else {
      var isSeen = [Bool](repeating: false, count: unitCount)
      for row in rows { isSeen[Int(unitOfRow[Int(row)])] = true }
      var (units, places) = ([UInt32](), [UInt32](repeating: 0, count: unitCount))
      for (unit, isHere) in isSeen.enumerated() where isHere {
        places[unit] = UInt32(units.count)
        units.append(UInt32(unit))
      }
      self.units = units
      self.places = rows.map { places[Int(unitOfRow[Int($0)])] }
    }
  }

  private static func places(_ ordered: [(place: Int, unit: UInt32)]) -> ([UInt32], [UInt32]) {
    var (units, places) = ([UInt32](), [UInt32](repeating: 0, count: ordered.count))
    for one in ordered {
      if units.last != one.unit { units.append(one.unit) }
      places[one.place] = UInt32(units.count - 1)
    }
    return (units, places)
  }

  /// Sums by unit of what there is for each row. Complexity: O(rows).
  func folded(_ values: [Double]) -> [Double] {
    guard let places else { return values }
    var sums = [Double](repeating: 0, count: units.count)
    for (row, place) in places.enumerated() { sums[Int(place)] += values[row] }
    return sums
  }
}
