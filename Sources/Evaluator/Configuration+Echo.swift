import Fairness
import Results
import Slicing

extension Configuration {
  /// The settings that decide the numbers, as canonical JSON: the keys of a configuration file, sorted. It
  /// reads back as a configuration that gives the same evaluation. What does not change a number (threads,
  /// output) and what would tell one machine from another (folders) is left out.
  package var echo: String {
    var members: [JSONValue.Member] = []
    func add(_ key: ConfigurationKey, _ value: JSONValue?) {
      if let value { members.append(.init(key.rawValue, value)) }
    }
    func add(_ key: ConfigurationKey, _ text: String?) { add(key, text.map { JSONValue.string($0) }) }
    add(.title, title)
    add(.data, baseName(data))
    add(.format, format.rawValue)
    add(.delimiter, delimiter.map { String($0) })
    add(.missing, texts(missing))
    add(.badRows, badRows.rawValue)
    add(.types, object(types.mapValues(\.rawValue)))
    add(.label, label)
    add(.positive, positive)
    add(.score, score)
    add(.scoreKind, scoreKind.rawValue)
    add(.decision, decision)
    switch threshold {
    case .value(let value): add(.threshold, .number(value))
    case .median, .top, .topPercent: add(.threshold, threshold.text)
    }
    add(.thresholdRule, (thresholdIsStrict ? ThresholdRule.above : .atLeast).rawValue)
    add(.compat, compatibility?.rawValue)
    add(.weight, weight)
    add(.unweighted, .bool(unweighted))
    add(.unit, unit)
    for (key, value) in task.echo() { add(key, value) }
    add(.baselineData, baseName(baselineData))
    add(.baselineScore, baselineScore)
    add(.baselineDecision, baselineDecision)
    add(.slices, texts(slices.map(\.text)))
    add(.references, object(references))
    add(.metrics, metrics.map(texts))
    add(.gaps, gaps.map(texts))
    add(.comparisons, comparisons.map { texts($0.map(\.rawValue)) })
    for (key, value) in measures.echo() { add(key, value) }
    add(.preset, preset?.echo)
    if !custom.isEmpty { add(.customMetrics, CustomSettings.echo(custom)) }
    if !atThresholds.isEmpty { add(.atThresholds, .array(atThresholds.map { .number($0) })) }
    add(.classWeights, classWeights.map { .object($0.map { JSONValue.Member($0.key, .number($0.value)) }) })
    add(.level, .number(level))
    add(.seed, .unsigned(seed))
    add(.bootstrapReplicates, .integer(bootstrapReplicates))
    add(.calibrationBins, .integer(calibrationBins))
    add(.suppressBelow, suppressBelow.map { .integer($0) })
    if let model {
      add(.model, model.echo)
      add(.explain, explain.echo)
    }
    if let card, !card.isEmpty { add(.card, card.value) }
    return JSONValue.object(members).canonicalText
  }

  private func baseName(_ path: String?) -> String? {
    path.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
  }

  private func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

  private func object(_ texts: [String: String]) -> JSONValue {
    .object(texts.map { JSONValue.Member($0.key, .string($0.value)) })
  }
}

extension SliceSpec {
  /// The spec as it is written in a configuration or after `--slice`; reads back as the same spec.
  package var text: String {
    features.map { feature in
      var text = SliceName.escape(feature.name)
      switch feature.binning {
      case .automatic: break
      case .edges(let edges): text += ":edges=" + edges.map(NumberText.text).joined(separator: ",")
      case .quantiles(let count): text += ":quantiles=\(count)"
      case .values: text += ":values"
      }
      switch feature.only {
      case nil: break
      case .missing: text += "=" + SliceName.missing
      case .value(let value): text += "=" + SliceName.escape(value)
      }
      return text
    }.joined(separator: "*")
  }
}
