/// Maps a row of a table back to the line of the file that it began on.
///
/// Rows of a plain file sit one to a line, so whole stretches are kept as "row r is on line l, and so
/// on"; a new stretch begins where an embedded newline, a blank line or a rejected row breaks the step.
package struct RowOrigin: Sendable {
  /// A stretch of rows on consecutive lines.
  package struct Stretch: Sendable, Equatable {
    package let firstRow: Int
    package let firstLine: Int

    package init(firstRow: Int, firstLine: Int) {
      self.firstRow = firstRow
      self.firstLine = firstLine
    }
  }

  /// The name of the input as the user gave it (`-` for standard input).
  package let source: String
  /// Ascending by `firstRow`; empty where lines are unknown.
  package let stretches: [Stretch]

  package init(source: String, stretches: [Stretch]) {
    self.source = source
    self.stretches = stretches
  }

  /// The 1-based line that row `row` (0-based) began on. Complexity: O(log stretches).
  package func line(ofRow row: Int) -> Int? {
    var low = 0
    var high = stretches.count
    while low < high {
      let middle = (low + high) / 2
      if stretches[middle].firstRow <= row { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let stretch = stretches[low - 1]
    return stretch.firstLine + (row - stretch.firstRow)
  }

  /// `predictions.csv:17`, or the source alone where the line is unknown.
  package func place(ofRow row: Int) -> String {
    line(ofRow: row).map { "\(source):\($0)" } ?? source
  }
}
