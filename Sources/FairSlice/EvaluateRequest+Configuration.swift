import Evaluator
import Results
import Settings
import Slicing

extension EvaluateRequest {
  /// The configuration in force: the file, then what the request says.
  ///
  /// - Throws: `usage` where a setting of the request is wrong, `data` where the file is.
  func configurationInForce() throws(Failure) -> Configuration {
    var result: Configuration
    if let configuration { result = try Configuration(file: configuration) } else { result = Configuration() }
    for (key, flag, value) in settings {
      guard let value else { continue }
      try result.set(key, to: Setting(value, place: flag, kind: .usage))
    }
    for reference in references {
      let (feature, group) = try Self.reference(reference)
      result.references[feature] = group
    }
    try model.apply(to: &result)
    result = result.resolvingPreset
    try result.validate(hasFile: configuration != nil)
    return result
  }

  private var settings: [(ConfigurationKey, flag: String, value: JSONValue?)] {
    func text(_ value: String?) -> JSONValue? { value.map { .string($0) } }
    func texts(_ values: [String]?) -> JSONValue? { values.map { .array($0.map { .string($0) }) } }
    func flag(_ value: Bool?) -> JSONValue? { value.map { .bool($0) } }
    return [
      (.title, "--title", text(title)), (.data, "DATA", text(data)), (.format, "--format", text(format)),
      (.delimiter, "--delimiter", text(delimiter)), (.missing, "--missing", texts(missing)),
      (.badRows, "--bad-rows", text(badRows)), (.label, "--label", text(label)),
      (.task, "--task", text(task)), (.query, "--query", text(query)),
      (.scorePrefix, "--score-prefix", text(scorePrefix)),
      (.labelPrefix, "--label-prefix", text(labelPrefix)),
      (.decisionPrefix, "--decision-prefix", text(decisionPrefix)),
      (.cutoffs, "--cutoffs", cutoffs.map { .array($0.map { .integer($0) }) }),
      (.atThresholds, "--at-thresholds", atThresholds.map { .array($0.map { .number($0) }) }),
      (.positive, "--positive", text(positive)), (.score, "--score", text(score)),
      (.scoreKind, "--score-kind", text(scoreKind)), (.decision, "--decision", text(decision)),
      (.threshold, "--threshold", threshold?.setting),
      (.compat, "--compat", text(compatibility)),
      (.thresholdRule, "--threshold-rule", text(thresholdRule)), (.weight, "--weight", text(weight)),
      (.unweighted, "--unweighted", flag(unweighted)), (.unit, "--unit", text(unit)),
      (.baselineData, "--baseline-data", text(baselineData)),
      (.baselineScore, "--baseline-score", text(baselineScore)),
      (.baselineDecision, "--baseline-decision", text(baselineDecision)),
      (.slices, "--slice", texts(slices)), (.metrics, "--metric", texts(metrics)),
      (.gaps, "--gap", texts(gaps)), (.comparisons, "--comparison", texts(comparisons)),
      (.measures, "--measure", texts(measures)), (.controls, "--control", texts(controls)),
      (.favourable, "--favourable", text(favourable)),
      (.neighbourFeatures, "--neighbour-feature", texts(neighbourFeatures)),
      (.level, "--level", level.map { .number($0) }), (.seed, "--seed", seed.map { .unsigned($0) }),
      (.threads, "--threads", threads.map { .integer($0) }), (.out, "--out", text(output)),
      (.report, "--no-report", flag(writesReport)), (.charts, "--no-charts", flag(writesCharts)),
      (.documents, "--no-documents", flag(writesDocuments)),
      (.history, "--no-history", flag(keepsHistory)), (.runLabel, "--run-label", text(runLabel)),
      (.suppressBelow, "--suppress-below", suppressBelow.map { .integer($0) }),
      (.assets, "--assets", text(assets)),
      (.preset, "--preset", text(preset)),
    ]
  }

  /// `sex=Male` as feature and group, escaped as a slice.
  private static func reference(_ text: String) throws(Failure) -> (feature: String, group: String) {
    let spec = try? SliceSpec(parsing: text)
    guard let spec, spec.features.count == 1, let feature = spec.features.first, let choice = feature.only
    else {
      throw Failure(
        .usage, "--reference: expected a feature and its group, found “\(text)”",
        advice: "Write --reference sex=Male.")
    }
    switch choice {
    case .value(let group): return (feature.name, group)
    case .missing: return (feature.name, SliceName.missing)
    }
  }
}
