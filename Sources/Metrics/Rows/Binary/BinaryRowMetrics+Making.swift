import Results

/// How the entries of the catalogue are made.
extension BinaryRowMetrics {
  static let student = "influence function, Student t"
  static let logit = "influence function on the logit scale"

  /// Everything about a metric that its formula does not say.
  struct Note {
    var range: ClosedRange<Double>?
    var undefined: String?
    var source = ""
    var aliases: [MetricDefinition.Alias] = []

    init(
      range: ClosedRange<Double>? = nil, undefined: String? = nil, source: String = "",
      _ aliases: [MetricDefinition.Alias] = []
    ) {
      self.range = range
      self.undefined = undefined
      self.source = source
      self.aliases = aliases
    }
  }

  /// A ratio of things that cannot be negative.
  static let ratioRange = 0...Double.infinity

  static func define(
    _ id: String, _ name: String, _ symbol: String, _ formula: String, _ kind: MetricEntry.Kind,
    _ direction: MetricEntry.Direction, _ basis: BinaryBasis = .rows, interval: String?, _ note: Note = Note()
  ) -> MetricDefinition {
    MetricDefinition(
      MetricEntry(
        id: id, name: name, symbol: symbol, formula: formula, kind: kind, direction: direction,
        denominator: basis.text, interval: interval),
      tasks: [.binary], range: note.range, undefined: note.undefined, source: note.source,
      aliases: note.aliases)
  }

  /// A share of rows with a numerator and a denominator.
  static func share(
    _ id: String, _ name: String, _ symbol: String, _ formula: String, _ direction: MetricEntry.Direction,
    _ numerator: [Outcome], of basis: BinaryBasis, needs: BinaryNeeds = .label,
    _ aliases: [MetricDefinition.Alias] = []
  ) -> BinaryFamily {
    let formulaOfCells = BinaryCellFormula(share: BinaryBasis(numerator), of: basis)
    return BinaryFamily(
      define(
        id, name, symbol, formula, .rate, direction, basis, interval: "Wilson score",
        Note(undefined: basis.emptyReason, aliases)), needs: needs
    ) { observations, slice, influence in
      formulaOfCells.measure(observations, slice, threshold: nil, influence: &influence)
    }
  }

  /// A function of the confusion matrix.
  static func cells(
    _ definition: MetricDefinition, _ basis: BinaryBasis = .rows, _ value: @escaping BinaryCellFormula.Value
  ) -> BinaryFamily {
    let formula = BinaryCellFormula(basis, value)
    return BinaryFamily(definition, needs: .label) { observations, slice, influence in
      formula.measure(observations, slice, threshold: nil, influence: &influence)
    }
  }

  /// A function of means of rows.
  static func means(
    _ definition: MetricDefinition, needs: BinaryNeeds, _ formula: BinaryMeansFormula
  ) -> BinaryFamily {
    BinaryFamily(definition, needs: needs) { observations, slice, influence in
      formula.measure(observations, slice, influence: &influence)
    }
  }

  /// A function of the order of scores.
  static func curve(
    _ definition: MetricDefinition, _ basis: BinaryBasis = .rows, _ value: @escaping BinaryCurveMetric.Value
  ) -> BinaryFamily {
    let metric = BinaryCurveMetric(basis, value)
    return BinaryFamily(definition, needs: [.label, .score]) { observations, slice, influence in
      metric.measure(observations, slice, influence: &influence)
    }
  }

  static func alias(_ tool: String, _ names: String...) -> [MetricDefinition.Alias] {
    names.map { .init(tool, $0) }
  }
}
