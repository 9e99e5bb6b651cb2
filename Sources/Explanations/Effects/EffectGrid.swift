import Models
import Results
import Slicing
import Statistics
import Tables

/// The values that a feature is set to, and a row of the data that holds each.
struct EffectGrid: Sendable, Equatable {
  /// Ascending numbers; empty for categories.
  var values: [Double] = []
  /// Categories; empty for numbers.
  var labels: [String] = []
  /// A row that holds each value.
  var donors: [Int32]
  /// The point that each row stands at: of a number the least one that is not below it, of a category its own;
  /// -1 for a missing number, and beyond the last point.
  var points: [Int32]

  /// The point of missing categories.
  var missingPoint: Int?

  var pointCount: Int { donors.count }

  /// At most `limit` quantiles of a number at equal steps, each of them a value that occurs, with the least and the
  /// greatest; all values where they are few. Every category that occurs, in the order of the column's, missing values last. Numbers
  /// that the model reads as categories are categories.
  ///
  /// Complexity: O(rows · log rows).
  init(_ column: Column, kind: ScorerFeature.Kind, limit: Int) {
    switch (column, kind) {
    case (.category(let column), _): self.init(column)
    case (.numbers(let column), .category):
      let values = Self.distinct(column.values.filter { !$0.isNaN }.sorted())
      let codes = column.values.map { value in
        value.isNaN ? CategoryColumn.missing : Int32(Self.firstIndex(in: values, notBelow: value))
      }
      self.init(
        CategoryColumn(
          name: column.name, codes: codes, categories: values.map(NumberText.text),
          missingCount: column.missingCount))
    case (.numbers(let column), .number):
      let sorted = column.values.filter { !$0.isNaN }.sorted()
      self.init(column.values, at: Self.quantiles(sorted, limit: max(2, limit)))
    }
  }

  /// A grid of chosen numbers, ascending; those that no row holds are left out.
  init(_ values: [Double], at grid: [Double]) {
    let occurring = Set(values)
    let grid = grid.filter(occurring.contains)
    points = values.map { value in
      let point = value.isNaN ? grid.count : Self.firstIndex(in: grid, notBelow: value)
      return point < grid.count ? Int32(point) : -1
    }
    donors = [Int32](repeating: -1, count: grid.count)
    for (row, point) in points.enumerated() where point >= 0 && donors[Int(point)] < 0 {
      if values[row] == grid[Int(point)] { donors[Int(point)] = Int32(row) }
    }
    self.values = grid
  }

  private init(_ column: CategoryColumn) {
    let missing = column.categories.count
    var donors = [Int32](repeating: -1, count: missing + 1)
    let codes = column.codes.map { $0 == CategoryColumn.missing ? missing : Int($0) }
    for (row, code) in codes.enumerated() where donors[code] < 0 { donors[code] = Int32(row) }
    let occurring = donors.indices.filter { donors[$0] >= 0 }
    var place = [Int32](repeating: -1, count: donors.count)
    for (point, code) in occurring.enumerated() { place[code] = Int32(point) }
    labels = occurring.map { $0 == missing ? SliceName.missing : column.categories[$0] }
    missingPoint = occurring.last == missing ? occurring.count - 1 : nil
    self.donors = occurring.map { donors[$0] }
    points = codes.map { place[$0] }
  }

  /// The points that most rows stand at, at most `limit` of those given, in their order.
  func mostFrequent(_ limit: Int, of candidates: [Int]) -> [Int] {
    guard candidates.count > limit else { return candidates }
    var support = [Int](repeating: 0, count: pointCount)
    for point in points where point >= 0 { support[Int(point)] += 1 }
    let ranked = candidates.sorted { support[$0] == support[$1] ? $0 < $1 : support[$0] > support[$1] }
    return ranked.prefix(limit).sorted()
  }

  /// The same categories, but only some points of them.
  func keeping(_ kept: [Int]) -> EffectGrid {
    var (grid, place) = (self, [Int32](repeating: -1, count: pointCount))
    for (new, old) in kept.enumerated() { place[old] = Int32(new) }
    grid.labels = kept.map { labels[$0] }
    grid.donors = kept.map { donors[$0] }
    grid.points = points.map { $0 < 0 ? -1 : place[Int($0)] }
    grid.missingPoint = missingPoint.flatMap { kept.firstIndex(of: $0) }
    return grid
  }

  private static func quantiles(_ sorted: [Double], limit: Int) -> [Double] {
    let all = distinct(sorted)
    guard all.count > limit else { return all }
    var grid: [Double] = []
    // Where many rows share a value, finer steps are needed to see the others.
    for steps in (limit - 1)..<(50 * limit) {
      let finer = distinct(
        (0...steps).map { Quantile.smallestWithCDF(sorted: sorted, Double($0) / Double(steps)) })
      guard finer.count <= limit else { break }
      if finer.count > grid.count { grid = finer }
    }
    return grid
  }

  private static func distinct(_ sorted: [Double]) -> [Double] {
    var values: [Double] = []
    for value in sorted where value != values.last { values.append(value) }
    return values
  }

  /// The number of values below `x`, in an ascending array.
  private static func firstIndex(in values: [Double], notBelow x: Double) -> Int {
    var low = 0
    var high = values.count
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < x { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
