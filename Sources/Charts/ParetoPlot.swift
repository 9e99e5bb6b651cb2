/// The price of a smaller gap: the best quality that is reached within each gap, as steps, with the decisions in force
/// and others beside them.
package struct ParetoPlot: Chart, Equatable {
  package struct Frontier: Equatable, Sendable {
    package var label: String
    /// Ascending in gap and quality.
    package var points: [Place]

    package init(_ label: String, points: [Place]) {
      self.label = label
      self.points = points
    }
  }

  /// A gap and a quality, each with its interval.
  package struct Place: Equatable, Sendable {
    package var gap: Reading
    package var quality: Reading
    /// What it stands for, such as its threshold.
    package var note: String

    package init(gap: Reading, quality: Reading, note: String = "") {
      self.gap = gap
      self.quality = quality
      self.note = note
    }
  }

  package struct Panel: Equatable, Sendable {
    package var name: String
    package var frontiers: [Frontier]
    /// The decisions in force, and the baseline's.
    package var current: Place?
    package var baseline: Place?

    package init(_ name: String, frontiers: [Frontier], current: Place? = nil, baseline: Place? = nil) {
      self.name = name
      self.frontiers = frontiers
      self.current = current
      self.baseline = baseline
    }
  }

  package var title: String
  package var summary: String
  package var gapLabel: String
  /// Panels share their horizontal scale.
  package var panels: [Panel]
  /// The largest gap that a policy allows.
  package var limit: Double?
  package var currentLegend: String
  package var baselineLegend: String

  package init(
    title: String, summary: String = "", gapLabel: String, panels: [Panel], limit: Double? = nil,
    currentLegend: String = "in force", baselineLegend: String = "baseline"
  ) {
    self.title = title
    self.summary = summary
    self.gapLabel = gapLabel
    self.panels = panels
    self.limit = limit
    self.currentLegend = currentLegend
    self.baselineLegend = baselineLegend
  }

  /// Intervals drawn a frontier; the table has all.
  static let crosses = 3
}
