import Charts
import ChartsCairo

/// A table that flows over pages, its head repeated on each.
struct DocumentTable {
  struct Column {
    var title: String
    /// Of the whole width.
    var share: Double
    var alignment: Paragraph.Alignment

    init(_ title: String, _ share: Double, _ alignment: Paragraph.Alignment = .start) {
      self.title = title
      self.share = share
      self.alignment = alignment
    }
  }

  struct Row {
    var cells: [[Paragraph.Run]]
    /// Words below the cells, from the second column to the end.
    var note: [Paragraph.Run] = []
    /// Whether a line divides it from the row before it.
    var hasRule = true
  }

  /// Lines of a cell and of a note; what is longer ends with an ellipsis.
  static let cellLines = 7
  static let noteLines = 5

  var columns: [Column]
  var rows: [Row]
  var size = 7.5

  func paragraph(_ runs: [Paragraph.Run], column: Int) -> Paragraph {
    Paragraph(
      runs, size: size, alignment: columns[column].alignment, lines: DocumentTable.cellLines)
  }

  func note(_ runs: [Paragraph.Run]) -> Paragraph {
    Paragraph(runs, size: size, lines: DocumentTable.noteLines)
  }

  func head(column: Int) -> Paragraph {
    Paragraph(
      [Paragraph.Run(columns[column].title, ink: .mutedText, isBold: true, scale: 0.94)], size: size,
      alignment: columns[column].alignment, lines: 3)
  }
}
