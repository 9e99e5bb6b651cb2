/// What kinds of error each group meets: 2 × 2 tables whose rows, the true outcomes, add up to 100 %.
package struct ConfusionGrid: Chart, Equatable {
  package struct Group: Equatable, Sendable {
    package var label: String
    /// A line below the label, such as `n 420`.
    package var note: String
    /// Counts, or weights, of rows.
    package var truePositives: Double
    package var falseNegatives: Double
    package var falsePositives: Double
    package var trueNegatives: Double

    package init(
      _ label: String, note: String = "", truePositives: Double, falseNegatives: Double,
      falsePositives: Double,
      trueNegatives: Double
    ) {
      self.label = label
      self.note = note
      self.truePositives = truePositives
      self.falseNegatives = falseNegatives
      self.falsePositives = falsePositives
      self.trueNegatives = trueNegatives
    }
  }

  package var title: String
  package var summary: String
  package var groups: [Group]
  /// What the rows are: true outcome positive, negative.
  package var rowLabels: [String]
  /// What the columns are: predicted positive, negative.
  package var columnLabels: [String]

  package init(
    title: String, summary: String = "", groups: [Group], rowLabels: [String] = ["actual +", "actual −"],
    columnLabels: [String] = ["predicted +", "predicted −"]
  ) {
    self.title = title
    self.summary = summary
    self.groups = groups
    self.rowLabels = rowLabels
    self.columnLabels = columnLabels
  }
}
