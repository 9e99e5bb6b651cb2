/// All slices as points: what each rests on against how far it lies from the whole, over the spread that chance alone
/// would give. Small slices lie far out by chance, and the funnel says how far.
package struct SliceScatter: Chart, Equatable {
  /// One slice.
  package struct Dot: Equatable, Sendable {
    package var label: String
    /// (Effective) rows in the metric's denominator.
    package var size: Double
    /// Slice minus all rows.
    package var gap: Double
    /// Number of features that make the slice.
    package var degree: Int
    /// Whether the gap's interval excludes 0; a hollow mark where it does not.
    package var isSure: Bool

    package init(_ label: String, size: Double, gap: Double, degree: Int, isSure: Bool) {
      self.label = label
      self.size = size
      self.gap = gap
      self.degree = degree
      self.isSure = isSure
    }
  }

  /// One metric.
  package struct Panel: Equatable, Sendable {
    package var name: String
    /// The rate over all rows, and what it rests on: they make the funnel.
    package var rate: Double
    package var whole: Double
    /// Variance of one observation; nil for a rate, which has its own.
    package var variance: Double?
    /// What the horizontal axis counts, such as `positives`.
    package var counts: String
    /// In the order in which they deserve a name.
    package var dots: [Dot]

    package init(
      _ name: String, rate: Double, whole: Double, variance: Double? = nil, counts: String, dots: [Dot]
    ) {
      self.name = name
      self.variance = variance
      self.rate = rate
      self.whole = whole
      self.counts = counts
      self.dots = dots
    }
  }

  package var title: String
  package var summary: String
  package var panels: [Panel]
  /// Two-sided critical value of the funnel.
  package var critical: Double
  /// Words for the funnel's level, such as `95 %`.
  package var level: String

  package init(title: String, summary: String = "", panels: [Panel], critical: Double, level: String) {
    self.title = title
    self.summary = summary
    self.panels = panels
    self.critical = critical
    self.level = level
  }
}

extension SliceScatter.Panel {
  /// How far chance alone takes the rate of a slice of this size from the whole that contains it: z·√(p(1 − p)(1/n − 1/N)),
  /// for slices drawn without replacement; for a mean, with the variance of one observation in the place of p(1 − p).
  package func reach(_ size: Double, critical: Double) -> Double {
    guard size > 0, whole > size else { return 0 }
    if let variance {
      let reach = critical * (variance * (1 / size - 1 / whole)).squareRoot()
      return reach.isFinite ? reach : 0
    }
    guard rate > 0, rate < 1 else { return 0 }
    return critical * (rate * (1 - rate) * (1 / size - 1 / whole)).squareRoot()
  }
}
