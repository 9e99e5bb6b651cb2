import Fairness
import Metrics
import Results
import Settings

/// Reads and tells the metrics that a configuration defines.
enum CustomSettings {
  private static let keys = [
    "name", "numerator", "denominator", "kind", "direction", "title", "symbol", "description",
  ]

  /// - Throws: a failure of the setting's kind with file, line and key: an expression that cannot be read, a name that is
  ///   taken, a key that is not known.
  static func metrics(_ setting: Setting) throws(Failure) -> [CustomMetricSpec] {
    var metrics: [CustomMetricSpec] = []
    for element in try setting.list() {
      let metric = try metric(element)
      guard !metrics.contains(where: { $0.name == metric.name }) else {
        throw Failure(
          element.kind, "\(element.place): there are two custom metrics “\(metric.name)”",
          advice: "Give each a name of its own.")
      }
      metrics.append(metric)
    }
    return metrics
  }

  private static func metric(_ setting: Setting) throws(Failure) -> CustomMetricSpec {
    let members = try setting.members(among: keys, of: ConfigurationKey.customMetrics.rawValue)
    func need(_ key: String, _ advice: String) throws(Failure) -> Setting {
      guard let member = members[key] else {
        throw Failure(setting.kind, "\(setting.place): the metric has no \(key)", advice: advice)
      }
      return member
    }
    let name = try name(try need("name", "Give it a name: name: \"cost_per_applicant\"."))
    func expression(_ key: String, _ example: String) throws(Failure) -> CustomExpression {
      try self.expression(try need(key, "Say what is divided by what: \(key): \"\(example)\"."))
    }
    var metric = CustomMetricSpec(
      name: name, numerator: try expression("numerator", "5 * FN + FP"),
      denominator: try expression("denominator", "n"))
    metric.kind = try members["kind"]?.choice(CustomMetricSpec.Kind.allCases)
    if let direction = members["direction"] {
      metric.direction = try direction.choice([.higherIsBetter, .lowerIsBetter, .neutral])
    }
    metric.title = try members["title"]?.text()
    metric.symbol = try members["symbol"]?.text()
    metric.description = try members["description"]?.text()
    if metric.kind == .rate, metric.isSurelyNoRate, let kind = members["kind"] {
      throw Failure(
        kind.kind, "\(kind.place): \(metric.formula) is no rate",
        advice:
          "In a rate every row of the denominator counts once, and in the numerator at most as often. Leave the "
          + "kind out, or say “mean”.")
    }
    return metric
  }

  private static func expression(_ setting: Setting) throws(Failure) -> CustomExpression {
    if case .integer(let whole) = setting.value { return try CustomExpression(parsing: String(whole)) }
    let text = try setting.text()
    do throws(Failure) {
      return try CustomExpression(parsing: text)
    } catch {
      throw Failure(setting.kind, "\(setting.place): \(error.message)", advice: error.advice)
    }
  }

  /// Names stand in columns of files and after flags.
  private static func name(_ setting: Setting) throws(Failure) -> String {
    let name = try setting.text()
    let isPlain = name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
    guard isPlain, let first = name.utf8.first, (97...122).contains(first) else {
      throw setting.failure(
        expected: "a name of a–z, 0–9 and _ that begins with a letter, as “cost_per_case”")
    }
    let isKnown = try BinaryRowMetrics.isKnown(name)
    guard !isKnown, Metric(named: name) == nil, GapDefinition(named: name) == nil,
      name != Selection.defaultWord
    else {
      throw Failure(
        setting.kind, "\(setting.place): “\(name)” is the name of another metric or gap",
        advice: "Call it something else: “own_\(name)”.")
    }
    return name
  }

  static func echo(_ metrics: [CustomMetricSpec]) -> JSONValue {
    .array(
      metrics.map { metric in
        var members = [
          JSONValue.Member("name", .string(metric.name)),
          JSONValue.Member("numerator", .string(metric.numerator.text)),
          JSONValue.Member("denominator", .string(metric.denominator.text)),
        ]
        func add(_ key: String, _ text: String?) {
          if let text { members.append(JSONValue.Member(key, .string(text))) }
        }
        add("kind", metric.kind?.rawValue)
        if metric.direction != .neutral { add("direction", metric.direction.rawValue) }
        add("title", metric.title)
        add("symbol", metric.symbol)
        add("description", metric.description)
        return .object(members)
      })
  }
}
