/// Fairness measures of a run: what was measured, and how each measure is to be read.
package struct MeasureTable: Sendable, Equatable {
  /// In reporting order; every result names one.
  package var entries: [MeasureEntry]
  package var results: [MeasureResult]

  package init(entries: [MeasureEntry] = [], results: [MeasureResult] = []) {
    self.entries = entries
    self.results = results
  }
}

/// How a measure is to be read: its entry in the catalogue, as an evaluation carries it.
package struct MeasureEntry: Sendable, Codable, Equatable {
  /// Stable identifier: `statistical_parity_difference`.
  package var id: String
  /// Name for people.
  package var name: String
  /// What the measure looks at: `aggregation`, `pair`, `individual`, `audit`, `conditional`, `intersectional`, `score`,
  /// `prediction`, `ranking`.
  package var family: String
  package var formula: String
  package var source: String
  /// What the fair value means, and which way a larger one points.
  package var meaning: String
  /// The value at which groups are treated alike; nil where there is none (a group's own value).
  package var fair: Double?
  /// Where the measure has no value; empty where it always has one.
  package var undefined: String

  package init(
    id: String, name: String, family: String, formula: String, source: String, meaning: String, fair: Double?,
    undefined: String
  ) {
    self.id = id
    self.name = name
    self.family = family
    self.formula = formula
    self.source = source
    self.meaning = meaning
    self.fair = fair
    self.undefined = undefined
  }
}

/// One value of a measure.
package struct MeasureResult: Sendable, Equatable {
  /// Identifier of the measure.
  package var measure: String
  /// Whose sign, zero rule and name this is (`fairlearn`); nil for the project's own.
  package var tool: String?
  /// What that tool calls it; the entry's name where it has no other.
  package var name: String
  /// The metric that is compared, where the measure is of any metric (a difference between groups).
  package var metric: String?
  /// Index of the slice family whose groups are compared; nil where none are (a measure of all rows).
  package var family: Int?
  /// Slice index of the focal group; nil where the value is about all groups of the family.
  package var group: Int?
  /// Slice index of the reference group; nil where there is none, or it is no slice.
  package var reference: Int?
  /// The level of the control features (`age=(25, 45]`) that the value is within; nil where it is of all rows or pooled.
  package var stratum: String?
  /// What else tells this value from others of the measure: a class, a label, a cut-off, a variant (`mean`).
  package var variant: String?
  package var estimate: Estimate
  /// Two-sided, unadjusted p-value of “fair”, and the test it comes from.
  package var pValue: Double?
  package var test: String?
  /// How the interval was made; nil where there is none.
  package var interval: String?
  /// What the value comes from, for people: the groups, bin or conjunction where it is found.
  package var detail: String?

  package init(
    measure: String, tool: String? = nil, name: String, metric: String? = nil, family: Int? = nil,
    group: Int? = nil, reference: Int? = nil, stratum: String? = nil, variant: String? = nil,
    estimate: Estimate, pValue: Double? = nil, test: String? = nil, interval: String? = nil,
    detail: String? = nil
  ) {
    self.measure = measure
    self.tool = tool
    self.name = name
    self.metric = metric
    self.family = family
    self.group = group
    self.reference = reference
    self.stratum = stratum
    self.variant = variant
    self.estimate = estimate
    self.pValue = pValue
    self.test = test
    self.interval = interval
    self.detail = detail
  }
}
