/// A table of text for a terminal, as wide as its contents and no wider than the terminal.
struct TextTable {
  enum Alignment { case left, right }

  private let alignments: [Alignment]
  private var rows: [[String]]

  init(header: [String], alignments: [Alignment]) {
    self.alignments = alignments
    rows = [header]
  }

  /// Cells may hold any text; controls are made visible.
  mutating func add(_ cells: [String]) { rows.append(cells.map(printable)) }

  /// Lines without the blanks that would end them. Where the table is too wide, its widest left-aligned
  /// columns are cut with `…`, but none below eight.
  func lines(width: Int, indent: Int) -> [String] {
    var widths = alignments.indices.map { column in rows.map { terminalWidth($0[column]) }.max() ?? 0 }
    var excess = indent + widths.reduce(0, +) + 2 * (widths.count - 1) - width
    while excess > 0 {
      let candidates = widths.indices.filter { alignments[$0] == .left && widths[$0] > 8 }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return rows.map { row in
      var line = String(repeating: " ", count: indent)
      for (column, cell) in row.enumerated() {
        let text = Self.cut(cell, to: widths[column])
        let blanks = String(repeating: " ", count: widths[column] - terminalWidth(text))
        if column > 0 { line += "  " }
        line += alignments[column] == .left ? text + blanks : blanks + text
      }
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  private static func cut(_ text: String, to width: Int) -> String {
    guard terminalWidth(text) > width else { return text }
    var result = ""
    var used = 1
    for character in text {
      used += terminalWidth(String(character))
      if used > width { break }
      result.append(character)
    }
    return result + "…"
  }
}
