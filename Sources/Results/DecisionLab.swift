/// What other thresholds would do: how much accuracy a smaller gap between groups costs, with one threshold for all
/// and with one for each group. Made from the stored threshold curves alone.
package struct DecisionLab: Sendable, Equatable {
  /// What a reader must know before anything here is used.
  package enum Warning: String, Sendable, Codable, CaseIterable {
    /// Thresholds are chosen on the rows that they are judged on: exploratory, intervals do not pay for the choice.
    case sameData = "same_data"
    /// Thresholds by group treat people differently by the attribute, which may be unlawful.
    case groupThresholds = "group_thresholds"
    /// The search behind some frontiers was cut short (`Series.isExact`).
    case cutSearch = "search_cut_short"
  }

  /// A family that the lab leaves out, and why.
  package struct Omission: Sendable, Equatable, Codable {
    package var family: Int
    package var reason: String

    package init(family: Int, reason: String) {
      self.family = family
      self.reason = reason
    }
  }

  /// One gap between the groups of one family against the quality of all decisions.
  package struct Trade: Sendable, Equatable {
    package var family: Int
    /// Identifier of the gap: `demographic_parity`, `equal_opportunity`, `equalized_odds`.
    package var gap: String
    /// Slices of the groups that the gap compares, in the family's order.
    package var slices: [Int]
    /// Groups that cannot take part. With thresholds by group their rows stay decided as they are.
    package var excluded: [Gap.Exclusion]
    package var series: [Series]

    package init(
      family: Int, gap: String, slices: [Int], excluded: [Gap.Exclusion], series: [Series]
    ) {
      self.family = family
      self.gap = gap
      self.slices = slices
      self.excluded = excluded
      self.series = series
    }
  }

  /// Points that belong together. Frontiers ascend in gap and in quality.
  package struct Series: Sendable, Equatable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
      /// The decisions as they are, and those of the baseline model.
      case current, baseline
      /// The best that one threshold for everybody reaches, and one for each group.
      case single
      case byGroup = "by_group"
    }

    package var kind: Kind
    /// Identifier of the metric over all rows: `accuracy` or `balanced_accuracy`.
    package var quality: String
    /// Whether no choice of stored thresholds is better. A search that was cut short may miss some.
    package var isExact: Bool
    /// Places among the stored thresholds: one a point (`single`), one a point and slice (`byGroup`), else none.
    package var thresholds: [Int]
    /// Value and limits of the quality by point; NaN stands for "none".
    package var value: [Double]
    package var lower: [Double]
    package var upper: [Double]
    /// The difference between groups by point, with its limits.
    package var gap: [Double]
    package var gapLower: [Double]
    package var gapUpper: [Double]

    package init(kind: Kind, quality: String, isExact: Bool = true) {
      self.kind = kind
      self.quality = quality
      self.isExact = isExact
      (thresholds, value, lower, upper) = ([], [], [], [])
      (gap, gapLower, gapUpper) = ([], [], [])
    }

    package var count: Int { value.count }

    /// The thresholds of a point.
    package func thresholds(of point: Int) -> ArraySlice<Int> {
      let width = count > 0 ? thresholds.count / count : 0
      return thresholds[point * width..<(point + 1) * width]
    }
  }

  /// Place of the decision threshold among the stored ones; nil where decisions were given.
  package var operating: Int?
  package var warnings: [Warning]
  package var trades: [Trade]
  package var omitted: [Omission]

  package init(operating: Int?, warnings: [Warning], trades: [Trade], omitted: [Omission] = []) {
    self.operating = operating
    self.warnings = warnings
    self.trades = trades
    self.omitted = omitted
  }

  package subscript(family: Int, gap: String) -> Trade? {
    trades.first { $0.family == family && $0.gap == gap }
  }
}

extension DecisionLab.Trade {
  package subscript(kind: DecisionLab.Series.Kind, quality: String) -> DecisionLab.Series? {
    series.first { $0.kind == kind && $0.quality == quality }
  }
}
