/// Whether a prediction means the same in every group: a panel for each, with what was observed (rates, where
/// predictions are probabilities) by bin of the prediction, and below it how many predictions each bin holds.
package struct CalibrationPlot: Chart, Equatable {
  package struct Bin: Equatable, Sendable {
    /// Mean prediction in the bin.
    package var predicted: Double
    /// Share of positives in the bin, or the mean of what was predicted.
    package var observed: Reading
    /// Rows, or weight where weights are in force.
    package var count: Double
    /// The bin's edges.
    package var range: ClosedRange<Double>

    package init(predicted: Double, observed: Reading, count: Double, range: ClosedRange<Double>) {
      self.predicted = predicted
      self.observed = observed
      self.count = count
      self.range = range
    }
  }

  package struct Group: Equatable, Sendable {
    package var label: String
    /// A line below the label, such as `n 420, ECE 0.031`.
    package var note: String
    /// Empty bins may be left out.
    package var bins: [Bin]

    package init(_ label: String, note: String = "", bins: [Bin]) {
      self.label = label
      self.note = note
      self.bins = bins
    }
  }

  package var title: String
  package var summary: String
  package var groups: [Group]
  package var xLabel: String
  package var yLabel: String
  package var countLabel: String
  /// What both axes show.
  package var domain: ClosedRange<Double>
  /// What a hollow mark means.
  package var unstableLegend: String

  package init(
    title: String, summary: String = "", groups: [Group], xLabel: String = "Mean prediction",
    yLabel: String = "Observed rate", countLabel: String = "Rows", domain: ClosedRange<Double> = 0...1,
    unstableLegend: String = "hollow: few observations"
  ) {
    self.title = title
    self.summary = summary
    self.groups = groups
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.countLabel = countLabel
    self.domain = domain
    self.unstableLegend = unstableLegend
  }
}
