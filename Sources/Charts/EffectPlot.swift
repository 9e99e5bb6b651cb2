/// How a score moves along one feature: a line with its ribbon for each group, in panels that share the horizontal
/// axis. Below each panel lies what the lines rest on. Up to three groups share a panel with the whole.
package struct EffectPlot: Chart, Equatable {
  /// One group's curve; every list has one entry a grid point.
  package struct Series: Equatable, Sendable {
    package var label: String
    package var values: [Double]
    /// Half the height of the ribbon; empty for none.
    package var halfWidths: [Double]
    /// Rows between the previous grid point and this one.
    package var support: [Int]
    /// The whole, drawn in grey.
    package var isReference: Bool

    package init(
      _ label: String, values: [Double], halfWidths: [Double] = [], support: [Int], isReference: Bool = false
    ) {
      self.label = label
      self.values = values
      self.halfWidths = halfWidths
      self.support = support
      self.isReference = isReference
    }
  }

  package struct Panel: Equatable, Sendable {
    package var name: String
    /// What is drawn upwards; panels with the same words share their scale.
    package var yLabel: String
    package var series: [Series]
    /// Curves of single rows, behind the others.
    package var individual: [[Double]]
    /// Whether a piece of a line stands on the rows between its ends alone (accumulated local effects): without any it is
    /// not drawn, for nothing is known there.
    package var isLocal: Bool

    package init(
      _ name: String, yLabel: String, series: [Series], individual: [[Double]] = [], isLocal: Bool = false
    ) {
      self.name = name
      self.yLabel = yLabel
      self.series = series
      self.individual = individual
      self.isLocal = isLocal
    }

    /// Whether nothing is known between the point before this one and it.
    func isEmpty(_ series: Series, at point: Int) -> Bool {
      isLocal && series.support.indices.contains(point) && series.support[point] == 0
    }
  }

  package var title: String
  package var summary: String
  /// The feature.
  package var xLabel: String
  /// Ascending.
  package var grid: [Double]
  package var panels: [Panel]
  /// Parts that rest on fewer rows are drawn thin and dotted.
  package var leastSupport: Int
  package var ribbonLegend: String
  package var individualLegend: String
  package var supportLegend: String

  package init(
    title: String, summary: String = "", xLabel: String, grid: [Double], panels: [Panel],
    leastSupport: Int = 10, ribbonLegend: String = "ribbon: ± 2 standard errors",
    individualLegend: String = "single rows", supportLegend: String = "strip: rows"
  ) {
    self.title = title
    self.summary = summary
    self.xLabel = xLabel
    self.grid = grid
    self.panels = panels
    self.leastSupport = leastSupport
    self.ribbonLegend = ribbonLegend
    self.individualLegend = individualLegend
    self.supportLegend = supportLegend
  }
}
