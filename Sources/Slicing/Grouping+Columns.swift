import Results
import Tables

extension Grouping {
  /// The most groups that one feature may have.
  package static let limit = Int(UInt16.max)
  /// A numeric feature with at most so many distinct values is sliced by them unless bins are given.
  package static let fewDistinctValues = 12

  /// Groups the rows of a column.
  ///
  /// - Throws: `Failure` of kind `data` when bins are asked of text, or there are too many groups.
  package init(_ column: Column, binning: SliceSpec.Binning) throws(Failure) {
    switch column {
    case .category(let categories):
      guard binning == .automatic || binning == .values else {
        throw Failure(
          .data, "column “\(column.name)” holds text and can't be cut into bins",
          advice: "slice by its values, or set its type to number")
      }
      try self.init(categories)
    case .numbers(let numbers):
      try self.init(numbers, binning: binning)
    }
  }

  private init(_ column: CategoryColumn) throws(Failure) {
    let missing = column.categories.count
    try Self.checkCount(missing + (column.missingCount > 0 ? 1 : 0), column.name)
    var groups = column.categories.map(Group.value)
    if column.missingCount > 0 { groups.append(.missing) }
    let codes = column.codes.map { $0 >= 0 ? UInt16(truncatingIfNeeded: $0) : UInt16(missing) }
    self.init(feature: column.name, groups: groups, codes: codes)
  }

  private init(_ column: NumberColumn, binning: SliceSpec.Binning) throws(Failure) {
    switch binning {
    case .edges(let edges):
      self.init(column, bins: Bins(edges: edges))
    case .quantiles(let count):
      self.init(column, bins: Bins(quantiles: count, of: column.values))
    case .values:
      try self.init(column, values: Self.distinct(column.values, limit: .max))
    case .automatic:
      let values = Self.distinct(column.values, limit: Self.fewDistinctValues)
      if values.count <= Self.fewDistinctValues {
        try self.init(column, values: values)
      } else {
        self.init(column, bins: Bins(quantiles: 4, of: column.values))
      }
    }
  }

  private init(_ column: NumberColumn, values: [Double]) throws(Failure) {
    try Self.checkCount(values.count + 1, column.name)
    var groups = values.map { Group.value(NumberText.text($0)) }
    if column.missingCount > 0 { groups.append(.missing) }
    let missing = UInt16(values.count)
    let codes = column.values.map { value in
      value.isNaN ? missing : UInt16(firstIndex(in: values) { $0 >= value })
    }
    self.init(feature: column.name, groups: groups, codes: codes)
  }

  private init(_ column: NumberColumn, bins: Bins) {
    let missing = bins.count
    var codes = column.values.map { $0.isNaN ? UInt16(missing) : UInt16(bins.index(of: $0)) }
    var groups = bins.groups
    if column.missingCount > 0 { groups.append(.missing) }
    // The open ends are there only where rows lie in them.
    let hasHead = bins.isOpen && codes.contains(0)
    let hasTail = bins.isOpen && codes.contains(UInt16(bins.count - 1))
    if bins.isOpen, !hasTail {
      groups.remove(at: bins.count - 1)
      if column.missingCount > 0 { codes = codes.map { $0 == UInt16(missing) ? $0 - 1 : $0 } }
    }
    if bins.isOpen, !hasHead, groups.count > 1 {
      groups.removeFirst()
      codes = codes.map { $0 - 1 }
    }
    self.init(feature: column.name, groups: groups, codes: codes)
  }

  private static func checkCount(_ count: Int, _ feature: String) throws(Failure) {
    guard count > limit else { return }
    throw Failure(
      .data, "column “\(feature)” has \(count) distinct values, more than \(limit) groups",
      advice: "an identifier is no slicing feature; cut numbers into bins (\(feature):quantiles=4)")
  }

  /// Distinct values, ascending; gives up beyond `limit` by returning one more than that.
  private static func distinct(_ values: [Double], limit: Int) -> [Double] {
    var seen: Set<Double> = []
    for value in values where !value.isNaN {
      if seen.insert(value == 0 ? 0 : value).inserted, seen.count > limit { break }
    }
    return seen.sorted()
  }
}

/// The first index for which `predicate` holds, in an array where it turns from false to true once.
func firstIndex(in values: [Double], where predicate: (Double) -> Bool) -> Int {
  var low = 0
  var high = values.count
  while low < high {
    let middle = (low + high) / 2
    if predicate(values[middle]) { high = middle } else { low = middle + 1 }
  }
  return low
}
