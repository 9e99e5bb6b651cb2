/// A table of text for a terminal, as wide as its contents and, where that can be, no wider than the
/// terminal.
package struct TextTable {
  package struct Column {
    package enum Kind {
      /// Left-aligned, and may be cut to `shortest`: names of groups.
      case name
      /// Left-aligned, never cut.
      case text
      /// Right-aligned, never cut: half a number is a wrong number.
      case number
    }

    let title: String
    let kind: Kind
    /// Columns that a narrow terminal does without, the highest first; 0 is never dropped.
    let rank: Int

    package init(_ title: String, _ kind: Kind, rank: Int = 0) {
      (self.title, self.kind, self.rank) = (title, kind, rank)
    }
  }

  private static let shortest = 12

  private let columns: [Column]
  private var rows: [[String]]

  package init(_ columns: [Column]) {
    self.columns = columns
    rows = [columns.map(\.title)]
  }

  /// Cells may hold any text; controls are made visible.
  package mutating func add(_ cells: [String]) { rows.append(cells.map(TerminalText.printable)) }

  /// Lines without the blanks that would end them.
  package func lines(width: Int, indent: Int) -> [String] {
    var shown = Array(columns.indices)
    var widths = fitted(shown, to: width - indent)
    while widths == nil, let rank = shown.map({ columns[$0].rank }).max(), rank > 0 {
      shown.removeAll { columns[$0].rank == rank }
      widths = fitted(shown, to: width - indent)
    }
    let final = widths ?? shown.map { natural($0) }
    return rows.map { row in
      let cells = zip(shown, final).map { cell(row[$0], columns[$0].kind, $1) }
      let line = String(repeating: " ", count: indent) + cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  private func natural(_ column: Int) -> Int { rows.map { TerminalText.width($0[column]) }.max() ?? 0 }

  /// The widths of the columns within `width`, names cut as far as they may be; nil where they do not fit.
  private func fitted(_ shown: [Int], to width: Int) -> [Int]? {
    var widths = shown.map(natural)
    var excess = widths.reduce(0, +) + 2 * (widths.count - 1) - width
    while excess > 0 {
      let candidates = widths.indices.filter {
        columns[shown[$0]].kind == .name && widths[$0] > Self.shortest
      }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return nil }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  private func cell(_ text: String, _ kind: Column.Kind, _ width: Int) -> String {
    let text = TerminalText.cut(text, to: width)
    let blanks = String(repeating: " ", count: max(0, width - TerminalText.width(text)))
    return kind == .number ? blanks + text : text + blanks
  }
}
