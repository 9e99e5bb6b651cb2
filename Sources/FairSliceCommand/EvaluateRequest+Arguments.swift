import FairSlice

extension EvaluateRequest {
  init(_ arguments: ParsedArguments) throws(UsageError) {
    self.init()
    if arguments.positional.count > 1 { throw Program.superfluous(arguments.positional[1], .evaluate) }
    data = arguments.positional.first
    configuration = arguments.text("config")
    format = arguments.text("format")
    delimiter = arguments.text("delimiter")
    missing = arguments.list("missing")
    badRows = arguments.text("bad-rows")
    label = arguments.text("label")
    positive = arguments.text("positive")
    score = arguments.text("score")
    scoreKind = arguments.text("score-kind")
    decision = arguments.text("decision")
    threshold = try arguments.value(
      "threshold", "a number, “median”, or the highest scores as “top:100” or “top:10%”",
      { ScoreThreshold($0) })
    thresholdRule = arguments.text("threshold-rule")
    weight = arguments.text("weight")
    unweighted = arguments.has("unweighted") ? true : nil
    unit = arguments.text("unit")
    baselineData = arguments.text("baseline-data")
    baselineScore = arguments.text("baseline-score")
    baselineDecision = arguments.text("baseline-decision")
    compatibility = arguments.text("compat")
    measures = arguments.list("measure")
    controls = arguments.list("control")
    favourable = arguments.text("favourable")
    neighbourFeatures = arguments.list("neighbour-feature")
    try readTask(arguments)
    try readThresholds(arguments)
    try readRest(arguments)
  }

  private mutating func readTask(_ arguments: ParsedArguments) throws(UsageError) {
    task = arguments.text("task")
    query = arguments.text("query")
    scorePrefix = arguments.text("score-prefix")
    labelPrefix = arguments.text("label-prefix")
    decisionPrefix = arguments.text("decision-prefix")
    cutoffs = try arguments.value("cutoffs", "whole numbers from 1 with commas between, as 1,5,10") { text in
      let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
      return parts.contains { ($0 ?? 0) < 1 } ? nil : parts.compactMap { $0 }
    }
  }

  private mutating func readThresholds(_ arguments: ParsedArguments) throws(UsageError) {
    atThresholds = try arguments.value("at-thresholds", "numbers with commas between, as 0.25,0.5") { text in
      let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
      return parts.contains { $0?.isFinite != true } ? nil : parts.compactMap { $0 }
    }
  }

  private mutating func readRest(_ arguments: ParsedArguments) throws(UsageError) {
    slices = arguments.list("slice")
    references = arguments.list("reference") ?? []
    metrics = arguments.list("metric")
    gaps = arguments.list("gap")
    comparisons = arguments.list("comparison")
    preset = arguments.text("preset")
    level = try arguments.value("level", "a number between 0 and 1", Double.init)
    seed = try arguments.value("seed", "a whole number from 0", { UInt64($0) })
    threads = try arguments.value("threads", "a whole number from 1", { Int($0) })
    title = arguments.text("title")
    templates = arguments.text("templates")
    output = arguments.text("out")
    writesReport = arguments.has("no-report") ? false : nil
    writesCharts = arguments.has("no-charts") ? false : nil
    writesDocuments = arguments.has("no-documents") ? false : nil
    keepsHistory = arguments.has("no-history") ? false : nil
    runLabel = arguments.text("run-label")
    suppressBelow = try arguments.suppressBelow
    assets = arguments.text("assets")
    model = try ModelOptions(arguments)
    gate = try Self.gate(arguments)
  }

  /// A policy asks for a verdict as `--gate` does; what goes with one without it is a mistake.
  private static func gate(_ arguments: ParsedArguments) throws(UsageError) -> GateOptions? {
    if arguments.has("gate") || arguments.has("policy") { return GateOptions(arguments) }
    for flag in ["waivers", "baseline", "as-of", "inconclusive"] where arguments.has(flag) {
      throw UsageError(
        message: "--\(flag) belongs to a gate", advice: "Add --gate, or name a policy with --policy FILE.")
    }
    return nil
  }
}

extension GateOptions {
  init(_ arguments: ParsedArguments) {
    self.init()
    policy = arguments.text("policy")
    waivers = arguments.text("waivers")
    baseline = arguments.text("baseline")
    asOf = arguments.text("as-of")
    inconclusive = arguments.text("inconclusive")
  }
}
