/// How scores are spread in every group, by outcome, and where the threshold falls.
package struct ScoreDistribution: Chart, Equatable {
  package enum Form: Sendable {
    /// Cumulative share of rows at or below a score: no bandwidth to choose, exact at the edges of bins.
    case cumulative
    /// Share of rows in each bin; the first outcome upwards, the second downwards.
    case mirrored
  }

  package struct Group: Equatable, Sendable {
    package var label: String
    /// A line below the label, such as `41% above`.
    package var note: String
    /// Rows (or weight) in each bin, for each outcome.
    package var counts: [[Double]]

    package init(_ label: String, note: String = "", counts: [[Double]]) {
      self.label = label
      self.note = note
      self.counts = counts
    }
  }

  package var form: Form
  package var title: String
  package var summary: String
  /// Ascending edges of the bins: one more than bins.
  package var edges: [Double]
  /// Names of the one or two outcomes, such as `label 1`.
  package var outcomes: [String]
  package var groups: [Group]
  package var threshold: ReferenceLine?
  package var xLabel: String

  package init(
    _ form: Form = .cumulative, title: String, summary: String = "", edges: [Double], outcomes: [String],
    groups: [Group], threshold: ReferenceLine? = nil, xLabel: String = "Score"
  ) {
    self.form = form
    self.title = title
    self.summary = summary
    self.edges = edges
    self.outcomes = outcomes
    self.groups = groups
    self.threshold = threshold
    self.xLabel = xLabel
  }
}
