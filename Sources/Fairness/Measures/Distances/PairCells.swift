import Statistics

/// Two groups' numbers in cells of their common order: what their distances are drawn from. The cost of a draw does not grow with rows.
///
/// A cell ends where it has 1/128 of either group's rows, so that there are 256 at most and each distinct number has its own where there
/// are few. Rows of one cell are taken as tied at their mean.
struct PairCells: Sendable {
  /// One group's rows of one label.
  struct Part: Sendable {
    var weights: [Double] = []
    var squares: [Double] = []
    var rows = 0

    /// What a cell holds.
    struct Cell {
      private(set) var weight = 0.0
      private(set) var square = 0.0
      private(set) var rows = 0

      mutating func add(_ weight: Double) {
        self.weight += weight
        square += weight * weight
        rows += 1
      }
    }

    mutating func append(_ cell: Cell) {
      weights.append(cell.weight)
      squares.append(cell.square)
      rows += cell.rows
    }

    /// The same in other units of weight.
    mutating func scale(by unit: Double) {
      for cell in weights.indices {
        weights[cell] /= unit
        squares[cell] /= unit * unit
      }
    }

    var total: Double { weights.reduce(0, +) }
  }

  /// By group (focal, reference), then label (0, 1).
  private(set) var parts = [[Part]](repeating: [Part](repeating: Part(), count: 2), count: 2)
  /// The mean number of each cell.
  private(set) var means: [Double] = []
  let isWeighted: Bool

  var count: Int { means.count }

  /// From each cell's mean to the next one's.
  var steps: [Double] { zip(means.dropFirst(), means).map { $0 - $1 } }

  /// Each cell's share of both groups' weight, without the first.
  var shares: [Double] {
    let all = (0..<count).map { cell in parts.joined().reduce(0) { $0 + $1.weights[cell] } }
    let total = all.reduce(0, +)
    return all.dropFirst().map { $0 / total }
  }

  private static let share = 128

  /// A group's rows, ascending.
  typealias Rows = AreaBetweenCurves.Group

  /// - Parameter labels: whether rows are told apart by label. Complexity: O(rows)
  init(_ focal: Rows, _ reference: Rows, labels: Bool) {
    isWeighted = focal.weights != nil || reference.weights != nil
    let ends = Self.ends(focal.scores, reference.scores)
    let first = Self.sums(focal, labels, ends.map(\.focal), &parts[0])
    let second = Self.sums(reference, labels, ends.map(\.reference), &parts[1])
    var before = 0
    means = ends.indices.map { cell in
      let rows = ends[cell].focal + ends[cell].reference
      defer { before = rows }
      return (first[cell] + second[cell]) / Double(rows - before)
    }
    if isWeighted { scale() }
  }

  /// How many rows of each group there are up to the end of each cell.
  private static func ends(_ a: [Double], _ b: [Double]) -> [(focal: Int, reference: Int)] {
    let most = (max(1, a.count / share), max(1, b.count / share))
    var (i, j, last) = (0, 0, (0, 0))
    var ends: [(focal: Int, reference: Int)] = []
    while i < a.count || j < b.count {
      let value = min(i < a.count ? a[i] : .infinity, j < b.count ? b[j] : .infinity)
      while i < a.count, a[i] == value { i += 1 }
      while j < b.count, b[j] == value { j += 1 }
      let isLast = i == a.count && j == b.count
      if i - last.0 >= most.0 || j - last.1 >= most.1 || isLast {
        ends.append((i, j))
        last = (i, j)
      }
    }
    return ends
  }

  /// Fills a group's cells; the sum of its numbers in each.
  private static func sums(_ rows: Rows, _ labels: Bool, _ ends: [Int], _ parts: inout [Part]) -> [Double] {
    let (scores, own, weights) = (rows.scores, rows.labels, rows.weights)
    var row = 0
    return ends.map { end in
      var sum = 0.0
      var (negatives, positives) = (Part.Cell(), Part.Cell())
      while row < end {
        sum += scores[row]
        let weight = weights.map { $0[row] } ?? 1
        if labels, own[row] == 1 { positives.add(weight) } else { negatives.add(weight) }
        row += 1
      }
      parts[0].append(negatives)
      parts[1].append(positives)
      return sum
    }
  }

  /// Rows weigh 1 on average, so that the unit of weights changes no digit.
  private mutating func scale() {
    let all = parts.joined()
    let unit = all.reduce(0) { $0 + $1.total } / Double(all.reduce(0) { $0 + $1.rows })
    guard unit > 0 else { return }
    for group in 0..<2 { for label in 0..<2 { parts[group][label].scale(by: unit) } }
  }

  /// Shares of both groups' rows of a label, each group counting alike.
  func shape(_ label: Int) -> [Double] {
    let totals = (0..<2).map { parts[$0][label].total }
    let occupied = Double(totals.count { $0 > 0 })
    return (0..<count).map { cell in
      (0..<2).reduce(0) { sum, group in
        totals[group] > 0 ? sum + parts[group][label].weights[cell] / totals[group] / occupied : sum
      }
    }
  }
}
