import Models
import Statistics
import Tables

/// A raw feature made ready for comparison with others.
struct FeatureValues: Sendable {
  enum Kind: Sendable {
    /// Values, NaN where missing; present rows in ascending order; midranks among the present, 0 where missing.
    case numbers(values: [Double], order: [Int32], ranks: [Double])
    /// Codes from 0, all of which occur; a missing value has one of its own. Rows grouped by code.
    case category(codes: [Int32], count: Int, grouped: [Int32])
  }

  let name: String
  let kind: Kind
  let missingCount: Int

  /// - Parameter isCategory: whether the model takes it for a category, which numbers may be too
  init(_ column: Column, isCategory: Bool) {
    name = column.name
    missingCount = column.missingCount
    switch column {
    case .numbers(let numbers) where !isCategory:
      let order = Midranks.ascending(numbers.values)
      kind = .numbers(
        values: numbers.values, order: order, ranks: Midranks.ranks(numbers.values, ascending: order))
    case .numbers(let numbers):
      kind = Self.category(Self.codes(numbers.values))
    case .category(let category):
      kind = Self.category(category.codes)
    }
  }

  /// The features of a model, on some rows or all.
  static func all(
    _ columns: [Column], _ features: [ScorerFeature], rows: [Int32]?
  ) -> [FeatureValues] {
    zip(columns, features).map { column, feature in
      FeatureValues(rows.map { column.gathering($0) } ?? column, isCategory: feature.kind == .category)
    }
  }

  var rowCount: Int {
    switch kind {
    case .numbers(let values, _, _): values.count
    case .category(let codes, _, _): codes.count
    }
  }

  /// A code for each distinct number, missing as `CategoryColumn.missing`.
  private static func codes(_ values: [Double]) -> [Int32] {
    var codes = [Int32](repeating: CategoryColumn.missing, count: values.count)
    var next: Int32 = -1
    var last = Double.nan
    for row in Midranks.ascending(values) {
      let value = values[Int(row)]
      if value != last { next += 1 }
      last = value
      codes[Int(row)] = next
    }
    return codes
  }

  /// Codes renumbered to those that occur, in their own order, missing last.
  private static func category(_ raw: [Int32]) -> Kind {
    let largest = raw.max() ?? CategoryColumn.missing
    var counts = [Int](repeating: 0, count: Int(largest) + 2)
    let missing = counts.count - 1
    let places = raw.map { $0 == CategoryColumn.missing ? missing : Int($0) }
    for place in places { counts[place] += 1 }
    var numbers = [Int32](repeating: 0, count: counts.count)
    var offsets: [Int] = []
    var total = 0
    for place in counts.indices where counts[place] > 0 {
      numbers[place] = Int32(offsets.count)
      offsets.append(total)
      total += counts[place]
    }
    let codes = places.map { numbers[$0] }
    let count = offsets.count
    var grouped = [Int32](repeating: 0, count: codes.count)
    for (row, code) in codes.enumerated() {
      grouped[offsets[Int(code)]] = Int32(row)
      offsets[Int(code)] += 1
    }
    return .category(codes: codes, count: count, grouped: grouped)
  }
}
