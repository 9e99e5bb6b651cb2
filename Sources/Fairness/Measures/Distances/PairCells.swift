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

    mutating func end() {
      weights.append(0)
      squares.append(0)
    }

    mutating func add(_ weight: Double) {
      weights[weights.count - 1] += weight
      squares[squares.count - 1] += weight * weight
      rows += 1
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

  private static let share = 128

  /// A group's rows, ascending.
  typealias Rows = AreaBetweenCurves.Group

  /// - Parameter labels: whether rows are told apart by label. Complexity: O(rows)
  init(_ focal: Rows, _ reference: Rows, labels: Bool) {
    isWeighted = focal.weights != nil || reference.weights != nil
    let groups = [focal, reference]
    let most = groups.map { max(1, $0.scores.count / Self.share) }
    var (next, held, sum) = ([0, 0], [0, 0], 0.0)
    while next[0] < focal.scores.count || next[1] < reference.scores.count {
      if held == [0, 0] {
        for group in 0..<2 { for label in 0..<2 { parts[group][label].end() } }
      }
      let value = (0..<2).reduce(Double.infinity) { least, group in
        next[group] < groups[group].scores.count ? min(least, groups[group].scores[next[group]]) : least
      }
      for (group, rows) in groups.enumerated() {
        while next[group] < rows.scores.count, rows.scores[next[group]] == value {
          let row = next[group]
          parts[group][labels && rows.labels[row] == 1 ? 1 : 0].add(rows.weights?[row] ?? 1)
          sum += value
          held[group] += 1
          next[group] += 1
        }
      }
      if held[0] >= most[0] || held[1] >= most[1] || next == groups.map(\.scores.count) {
        means.append(sum / Double(held[0] + held[1]))
        (held, sum) = ([0, 0], 0)
      }
    }
    if isWeighted { scale() }
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
