/// Rows of slices by true class and prediction; classes beyond what can be drawn are one.
struct ClassCounts {
  /// Of rows and columns.
  let names: [String]
  private let cells: [Double]
  private let classCount: Int
  /// The drawn class of each.
  private let places: [Int]

  /// - Parameters:
  ///   - cells: slice by slice, true class by true class
  ///   - most: classes that are drawn; beyond it the most frequent stay and the others are taken together
  init(_ cells: [Double], classes: [String], most: Int) {
    self.cells = cells
    let count = classes.count
    classCount = count
    guard count > most else {
      (names, places) = (classes, Array(classes.indices))
      return
    }
    let sizes = classes.indices.map { row in (0..<count).reduce(0.0) { $0 + cells[row * count + $1] } }
    let largest = classes.indices.sorted { sizes[$0] != sizes[$1] ? sizes[$0] > sizes[$1] : $0 < $1 }
    let kept = largest.prefix(most - 1).sorted()
    names = kept.map { classes[$0] } + ["\(count - kept.count) others"]
    places = classes.indices.map { kept.firstIndex(of: $0) ?? kept.count }
  }

  /// By true class, then by prediction.
  func counts(_ slice: Int) -> [[Double]] {
    var counts = [[Double]](repeating: [Double](repeating: 0, count: names.count), count: names.count)
    let first = slice * classCount * classCount
    for row in 0..<classCount {
      for column in 0..<classCount {
        counts[places[row]][places[column]] += cells[first + row * classCount + column]
      }
    }
    return counts
  }

  /// The share of a class's rows that are predicted as another; nil where it has too few.
  func rate(_ slice: Int, _ row: Int, _ column: Int, least: Double) -> Double? {
    let counts = counts(slice)[row]
    let total = counts.reduce(0, +)
    return total >= least ? counts[column] / total : nil
  }

  /// The most frequent confusion of a slice.
  func worst(_ slice: Int, least: Double) -> (row: Int, column: Int, rate: Double)? {
    var worst: (row: Int, column: Int, rate: Double)?
    for (row, counts) in counts(slice).enumerated() {
      let total = counts.reduce(0, +)
      guard total >= least else { continue }
      for (column, count) in counts.enumerated() where column != row && count / total > worst?.rate ?? 0 {
        worst = (row, column, count / total)
      }
    }
    return worst
  }
}
