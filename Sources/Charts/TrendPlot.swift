/// One number over successive runs: a line with the ribbon of its intervals, its limits as steps, and a mark for each
/// run whose shape and colour say the verdict. The line breaks where neighbours cannot be compared, because other data
/// were read. The horizontal axis counts runs; it is no time.
package struct TrendPlot: Chart, Equatable {
  /// What became of a run's check; `unjudged` where the run has no gate.
  package enum Status: Sendable, CaseIterable {
    case pass, fail, inconclusive, waived, unjudged

    var ink: Ink {
      switch self {
      case .pass: .good
      case .fail: .bad
      case .inconclusive: .unsure
      case .waived: .mutedText
      case .unjudged: .data(0)
      }
    }

    var symbol: Mark.Symbol {
      switch self {
      case .pass, .unjudged: .circle
      case .fail: .diamond
      case .inconclusive: .triangle
      case .waived: .square
      }
    }
  }

  /// What differs from the run before.
  package enum Change: String, Sendable, CaseIterable { case data, model, policy }

  package struct Entry: Equatable, Sendable {
    /// The run, as its axis and table call it.
    package var label: String
    package var reading: Reading
    package var valueText: String
    package var status: Status
    package var minimum: Double?
    package var maximum: Double?
    /// Whether the line begins anew here.
    package var isBreak: Bool
    package var changes: [Change]

    package init(
      _ label: String, reading: Reading, valueText: String, status: Status, minimum: Double? = nil,
      maximum: Double? = nil, isBreak: Bool = false, changes: [Change] = []
    ) {
      self.label = label
      self.reading = reading
      self.valueText = valueText
      self.status = status
      self.minimum = minimum
      self.maximum = maximum
      self.isBreak = isBreak
      self.changes = changes
    }
  }

  package var title: String
  package var summary: String
  /// Oldest first.
  package var entries: [Entry]
  package var axis: AxisSpec
  /// Counts are drawn by steps of at least one.
  package var isCount: Bool

  package init(
    title: String, summary: String = "", entries: [Entry], axis: AxisSpec = AxisSpec(), isCount: Bool = false
  ) {
    self.title = title
    self.summary = summary
    self.entries = entries
    self.axis = axis
    self.isCount = isCount
  }
}
