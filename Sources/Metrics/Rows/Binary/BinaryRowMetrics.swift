import Results

/// The metrics of a binary task over rows: those of the counting engine by their influence functions, and all
/// that it lacks.
package enum BinaryRowMetrics {
  static let families: [BinaryFamily] =
    engine + outcomes + ratios + agreement + atThreshold + atConstraint + ranking + top + scores + scoreSums
    + losses + calibration + recalibration + brierParts + comparison + flipCounts

  /// The thresholds at which Fairness Indicators tells of a model.
  package static let fairnessIndicatorThresholds = (1...9).map { Double($0) / 10 }

  /// Identifiers, without a cut, of what is told at cuts of the scores.
  package static func thresholdNames(hasLabel: Bool) -> [String] {
    atThreshold.filter { hasLabel || !$0.needs.contains(.label) }.map(\.id)
  }

  /// All that these observations allow, in reporting order.
  ///
  /// - Parameter thresholds: cuts of the scores for `true_positive_rate@0.3` and the like.
  package static func all(
    _ observations: BinaryRowObservations, thresholds: [Double]
  ) -> [any RowMetric] {
    families.filter { $0.needs.isSubset(of: observations.available) }.flatMap {
      family -> [any RowMetric] in
      guard let parameter = family.parameter else { return [family.metric(observations, nil)] }
      let isAtThreshold = parameter.isCut && parameter.defaults.isEmpty
      let values = isAtThreshold ? thresholds.filter(parameter.allows) : parameter.defaults
      return values.map { family.metric(observations, $0) }
    }
  }

  /// The metric of a name: an identifier, or what another tool calls it, with or without a parameter:
  /// `f_beta[2]`, `recall_at_precision[0.8]`, `true_positive_rate@0.3`, `tpr@0.3`.
  ///
  /// - Returns: nil where no metric has the name.
  /// - Throws: `Failure(.data)` where the observations lack what it is measured from, or its parameter is no
  ///   value that it can have.
  package static func metric(
    named name: String, _ observations: BinaryRowObservations
  ) throws(Failure) -> (any RowMetric)? {
    guard let found = try resolve(name) else { return nil }
    if let lacking = found.family.needs.missing(from: observations.available) {
      throw Failure(
        .data, "metric '\(name)' needs \(lacking)", advice: "name their column, or leave the metric out")
    }
    return found.family.metric(observations, found.value)
  }

  /// Whether a metric has the name.
  ///
  /// - Throws: `data` where it does and its parameter is no value that it can have.
  package static func isKnown(_ name: String) throws(Failure) -> Bool { try resolve(name) != nil }

  /// The identifier of the metric that a name means, with its parameter; nil where none has it, or its parameter is no
  /// value that it can have.
  package static func identifier(_ name: String) -> String? { definition(named: name)?.entry.id }

  /// What is to be said of that metric.
  static func definition(named name: String) -> MetricDefinition? {
    guard let found = try? resolve(name) else { return nil }
    return found.family.define(found.value.map(NumberText.text) ?? "")
  }

  /// Of every metric in reporting order: what has a parameter with the values that are reported by default,
  /// what is measured at thresholds with `t` for the threshold.
  package static var definitions: [MetricDefinition] { families.flatMap(\.definitions) }

  private static func resolve(_ name: String) throws(Failure) -> (family: BinaryFamily, value: Double?)? {
    if let found = try find(name) { return found }
    guard let words = MetricName.words(name) else { return nil }
    return try find(words)
  }

  private static func find(_ name: String) throws(Failure) -> (family: BinaryFamily, value: Double?)? {
    let parts = BinaryMetricName(name)
    guard let text = parts.parameter else {
      if let bound = bound[parts.base] { return (families[bound.family], bound.value) }
      guard let family = plain[parts.base] ?? cuts[parts.base] else { return nil }
      return (families[family], try defaultValue(families[family], name))
    }
    guard let index = (parts.isCut ? cuts : brackets)[parts.base], let parameter = families[index].parameter
    else { return nil }
    guard let value = Double(text), parameter.allows(value) else {
      throw Failure(
        .data, "metric '\(name)': '\(text)' is not \(parameter.text)",
        advice: "write it like \(parameter.id(parts.base, parameter.isWhole ? "100" : "0.5"))")
    }
    return (families[index], value)
  }

  private static func defaultValue(_ family: BinaryFamily, _ name: String) throws(Failure) -> Double? {
    guard let parameter = family.parameter else { return nil }
    guard let value = parameter.defaults.first else {
      throw Failure(
        .data, "metric '\(name)' needs \(parameter.text)",
        advice: "write it like \(parameter.id(family.id, parameter.isWhole ? "100" : "0.5"))")
    }
    return value
  }

  /// Families by name; where a name means several, the first.
  private static func index(_ isIncluded: (BinaryFamily) -> Bool) -> [String: Int] {
    var result: [String: Int] = [:]
    for isAlias in [false, true] {
      for (index, family) in families.enumerated() where isIncluded(family) {
        for name in isAlias ? family.names : [family.id] where result[BinaryMetricName.key(name)] == nil {
          result[BinaryMetricName.key(name)] = index
        }
      }
    }
    return result
  }

  private static let plain = index { $0.parameter == nil || $0.parameter?.isCut == false }
  private static let brackets = index { $0.parameter?.isCut == false }
  private static let cuts = index { $0.parameter?.isCut == true }
  private static let bound: [String: (family: Int, value: Double)] = {
    var result: [String: (family: Int, value: Double)] = [:]
    for (index, family) in families.enumerated() {
      for (name, value) in family.bound { result[name] = (index, value) }
    }
    return result
  }()
}

/// A name with its parameter taken off.
struct BinaryMetricName {
  let base: String
  let parameter: String?
  let isCut: Bool

  init(_ name: String) {
    let full = Self.key(name)
    let text =
      full.hasPrefix(MetricCatalogue.indicators)
      ? String(full.dropFirst(MetricCatalogue.indicators.count)) : full
    if text.hasSuffix("]"), let bracket = text.firstIndex(of: "[") {
      base = String(text[..<bracket])
      parameter = String(text[text.index(after: bracket)...].dropLast())
      isCut = false
    } else if let sign = text.firstIndex(of: "@") {
      base = String(text[..<sign])
      parameter = String(text[text.index(after: sign)...])
      isCut = true
    } else {
      (base, parameter, isCut) = (text, nil, false)
    }
  }

  /// Names are told apart neither by case nor by how their words are joined, within brackets excepted.
  static func key(_ name: String) -> String {
    var isInside = false
    return String(
      name.map { character in
        if character == "[" || character == "@" { isInside = true }
        return !isInside && (character == "-" || character == " ") ? "_" : character
      }
    ).lowercased()
  }
}
