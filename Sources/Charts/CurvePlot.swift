/// Curves over the unit square, one for each group: receiver operating characteristic or precision–recall.
/// Up to four groups share a panel; more get a panel each, with the reference curve behind.
package struct CurvePlot: Chart, Equatable {
  package enum Kind: Sendable {
    /// x = false positive rate, y = true positive rate; the diagonal is chance. Neighbouring points are joined
    /// straight: rows with equal scores can only be separated by chance (Fawcett 2006), and between the
    /// stored thresholds nothing else is known.
    case roc
    /// x = recall, y = precision, in steps: a straight join would promise what no threshold reaches
    /// (Davis & Goadrich 2006). Chance is each group's prevalence.
    case precisionRecall
  }

  /// One group.
  package struct Series: Equatable, Sendable {
    package var label: String
    /// A number beside the label, such as `AUC 0.81 [0.78, 0.84]`.
    package var detail: String
    /// In order along the curve.
    package var points: [Point]
    /// Where the threshold in use lies; its intervals are drawn as a cross.
    package var operating: OperatingPoint?
    /// The level that guessing reaches (precision–recall only).
    package var prevalence: Double?
    /// Rests on too few observations: thin and dashed.
    package var isUnstable: Bool
    /// The whole, which the panels of the others show in grey.
    package var isReference: Bool

    package init(
      _ label: String, detail: String = "", points: [Point], operating: OperatingPoint? = nil,
      prevalence: Double? = nil, isUnstable: Bool = false, isReference: Bool = false
    ) {
      self.label = label
      self.detail = detail
      self.points = points
      self.operating = operating
      self.prevalence = prevalence
      self.isUnstable = isUnstable
      self.isReference = isReference
    }
  }

  package struct OperatingPoint: Equatable, Sendable {
    package var x: Reading
    package var y: Reading

    package init(x: Reading, y: Reading) {
      self.x = x
      self.y = y
    }
  }

  package var kind: Kind
  package var title: String
  package var summary: String
  package var series: [Series]
  package var xLabel: String
  package var yLabel: String
  /// What the marker on a curve is, such as `threshold 0.5`; empty for no legend.
  package var operatingLegend: String

  package init(
    _ kind: Kind, title: String, summary: String = "", series: [Series], xLabel: String? = nil,
    yLabel: String? = nil, operatingLegend: String = ""
  ) {
    self.kind = kind
    self.title = title
    self.summary = summary
    self.series = series
    self.xLabel = xLabel ?? (kind == .roc ? "False positive rate" : "Recall")
    self.yLabel = yLabel ?? (kind == .roc ? "True positive rate" : "Precision")
    self.operatingLegend = operatingLegend
  }
}
