import Fairness
import Metrics
import Results
import Settings

/// Reads one check of a policy.
struct CheckReader {
  struct Defaults {
    var level: Double
    var minimum: Minimum
  }

  static let keys = [
    "id", "note", "preset", "metric", "gap", "measure", "stratum", "variant", "kind", "comparison", "slices",
    "reference", "exclude",
    "groups", "max_groups", "min", "max", "tau", "change", "signed", "evidence", "level", "minimum_n",
    "minimum_positives", "minimum_share", "below_minimum", "severity", "inconclusive",
  ]

  let path: String
  let places: Places
  let defaults: Defaults
  /// Metrics that no catalogue has: those of a configuration.
  let own: [Metric]
  private(set) var settings: [String: Setting]

  init(
    _ value: JSONValue, path: String, places: Places, defaults: Defaults, own: [Metric] = []
  ) throws(Failure) {
    self.own = own
    self.path = path
    self.places = places
    self.defaults = defaults
    settings = try places.members(
      of: Setting(value, place: places.place(path), kind: .data), path: path, known: Self.keys, as: "check")
    guard let preset = try settings["preset"].map({ setting throws(Failure) in try Preset(setting) }) else {
      return
    }
    for (key, value) in preset.settings {
      if key == "tau", settings["min"] != nil || settings["max"] != nil { continue }
      if settings[key] == nil || (key == "gap" && settings["metric"] != nil) {
        settings[key] = settings[key] ?? Setting(value, place: "\(places.place(path)).\(key)", kind: .data)
      }
    }
  }

  func failure(_ key: String?, _ message: String, advice: String? = nil) -> Failure {
    let place = places.place(key.map { "\(path).\($0)" } ?? path)
    return Failure(.data, "\(place): \(message)", advice: advice)
  }

  /// - Throws: a `data` failure with file, line and key.
  func check() throws(Failure) -> Check {
    guard let id = try settings["id"]?.text(), !id.isEmpty else {
      throw failure(nil, "the check has no id", advice: "Give it a short name: id: \"tpr-gap\".")
    }
    guard !id.hasSuffix(Check.ratchetMark) else {
      throw failure(
        "id", "ids that end in “\(Check.ratchetMark)” are made by a ratchet", advice: "Choose another id.")
    }
    let subject = try subject()
    var check = Check(
      id: id, subject: subject, selectors: try selectors(), bounds: try bounds(), level: defaults.level)
    check.line = places.line(path)
    check.note = try settings["note"]?.text()
    check.severity = try settings["severity"]?.choice(CheckResult.Severity.allCases) ?? .error
    check.evidence = try settings["evidence"]?.choice(CheckResult.Evidence.allCases) ?? .interval
    check.isSigned = try settings["signed"]?.bool() ?? false
    check.folding = try settings["inconclusive"]?.choice(Judgement.Folding.allCases)
    if let level = settings["level"] {
      check.level = try level.number({ $0 > 0.5 && $0 < 1 }, "a number between 0.5 and 1, as 0.95")
    }
    check.reference = try settings["reference"]?.dataText()
    check.excluded = try texts("exclude")
    check.minimum = defaults.minimum
    for key in ["minimum_n", "minimum_positives", "minimum_share", "below_minimum"] {
      if let value = settings[key] { try check.minimum.set(key, to: value) }
    }
    try readComparison(into: &check)
    try readScope(into: &check)
    try readChange(into: &check)
    try CheckRules(reader: self, check: check).hold()
    return check
  }

  private func texts(_ key: String) throws(Failure) -> [String] {
    guard let setting = settings[key] else { return [] }
    if case .array = setting.value { return try setting.texts() }
    return [try setting.dataText()]
  }

  private func subject() throws(Failure) -> Check.Subject {
    if let measure = settings["measure"] { return .measure(try demand(measure)) }
    switch (settings["metric"], settings["gap"]) {
    case (nil, nil):
      throw failure(
        nil, "the check names neither a metric nor a gap nor a measure",
        advice:
          "Say metric: \"roc_auc\" for a value, or gap: \"equal_opportunity\" for a comparison of groups.")
    case (.some, .some):
      throw failure("gap", "a check is about a metric or a gap, not both", advice: "Make two checks.")
    case (let metric?, nil): return .metric(try self.metric(metric))
    case (nil, let gap?):
      let name = try gap.text()
      guard let found = ownMetric(name).map({ GapDefinition(of: $0) }) ?? GapDefinition(named: name) else {
        throw failure(
          "gap", "there is no gap “\(name)”",
          advice: Suggestion.phrase(for: name, among: own.map(\.id) + GapDefinition.knownNames))
      }
      return .gap(found)
    }
  }

  private func metric(_ setting: Setting) throws(Failure) -> Metric {
    let name = try setting.text()
    if let found = ownMetric(name) ?? Metric(named: name) { return found }
    let isGap = GapDefinition(named: name) != nil
    throw failure(
      "metric", "there is no metric “\(name)”",
      advice: isGap
        ? "“\(name)” is a gap: say gap: \"\(name)\"."
        : Suggestion.phrase(for: name, among: own.map(\.id) + Metric.knownNames))
  }

  /// The measure, with the metric that it is of where the check says one. Whether there is such a measure shows when
  /// there is an evaluation.
  private func demand(_ measure: Setting) throws(Failure) -> MeasureDemand {
    guard settings["gap"] == nil else {
      throw failure("gap", "a check is about a measure or a gap, not both", advice: "Make two checks.")
    }
    var demand = MeasureDemand(name: try measure.text())
    if let metric = settings["metric"] { demand.metric = try self.metric(metric).id }
    demand.stratum = try settings["stratum"]?.dataText()
    demand.variant = try settings["variant"]?.dataText()
    return demand
  }
  private func ownMetric(_ name: String) -> Metric? { own.first { $0.id == name } }

  private func selectors() throws(Failure) -> [Selector] {
    let texts = try texts("slices")
    guard !texts.isEmpty, texts.allSatisfy({ !$0.isEmpty }) else {
      throw failure(
        settings["slices"] == nil ? nil : "slices", "the check does not say which slices it is about",
        advice: "Say slices: \"sex\", \"sex*race\", \"sex=Female\", \"overall\" or \"all\".")
    }
    return texts.map { Selector($0) }
  }

  private func bounds() throws(Failure) -> Bounds {
    func number(_ key: String) throws(Failure) -> Double? {
      try settings[key]?.number({ _ in true }, "a number")
    }
    var bounds = Bounds(minimum: try number("min"), maximum: try number("max"))
    if let tau = settings["tau"] {
      guard bounds == Bounds() else { throw failure("tau", "tau stands for min and max; they are given too") }
      let value = try tau.number({ $0 > 0 && $0 < 1 }, "a number between 0 and 1, as 0.8")
      bounds = Bounds(minimum: value, maximum: 1 / value)
    }
    return bounds
  }

  private func readComparison(into check: inout Check) throws(Failure) {
    guard case .gap = check.subject else { return }
    check.base = try settings["kind"]?.choice([Gap.Kind.difference, .ratio]) ?? .difference
    check.kind = check.base == .ratio ? .ratio : .difference
    check.comparison =
      try settings["comparison"]?.choice(Gap.Comparison.allCases)
      ?? (check.reference == nil ? .betweenGroups : .toReference)
  }

  private func readScope(into check: inout Check) throws(Failure) {
    check.scope = try settings["groups"]?.choice(CheckResult.Scope.allCases) ?? .each
    guard let allowed = settings["max_groups"] else { return }
    check.allowedGroups = try allowed.integer(0...Int.max, "a whole number from 0")
    check.scope = .count
  }

  private func readChange(into check: inout Check) throws(Failure) {
    guard let change = settings["change"] else { return }
    let own = "\(path).change"
    guard case .object = change.value else {
      throw failure(
        "change", "expected { max: … }, found \(change.value.kind)", advice: "Say change: { max: 0.01 }.")
    }
    let members = try places.members(of: change, path: own, known: ["max", "relative"], as: "change")
    guard let maximum = members["max"] else {
      throw failure(
        "change", "needs max: how much worse than the baseline it may be",
        advice: "Say change: { max: 0.01 }.")
    }
    guard check.bounds == Bounds() else {
      throw failure(
        "change", "min or max bounds the value and change its change; a check is about one of them",
        advice: "Make two checks.")
    }
    let isRelative = try members["relative"]?.bool() ?? false
    check.kind = isRelative ? .relativeChange : .change
    check.bounds = Bounds(maximum: try maximum.number({ _ in true }, "a number"))
  }
}
