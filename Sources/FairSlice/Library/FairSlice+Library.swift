import Evaluator
import Foundation
import Gate
import Results

/// Evaluates predictions slice by slice and gives back what was found; nothing is written.
///
/// What the request says of outputs (`writesReport`, `runLabel`, `width`, …) has no effect here: `Findings` renders and
/// writes. With a `gate`, the findings are judged; with `suppressBelow`, small counts are withheld after that. Same rows, request
/// and seed: the same findings for any number of threads.
///
/// Complexity: O(rows · log rows) for scores and O(rows · slice families · metrics) beside it.
///
/// - Parameters:
///   - table: the rows; a configuration that the request names need not say where data are
///   - baseline: a second model's predictions, joined by the request's `unit`; nil where there is none or it is in
///     columns of `table`
///   - request: which column plays which part, what to slice by and what to compute
///   - progress: called, from any thread, with a word for the stage and the share of the work that is done
/// - Throws: `FairSliceError`: of kind `usage` where the request is wrong, `data` where the rows or a configuration or
///   policy are, or name what does not exist, `missingInput` where a file is missing, `unavailable` where a model that is
///   asked fails.
public func evaluate(
  _ table: InputTable, against baseline: InputTable? = nil, _ request: EvaluateRequest,
  progress: (@Sendable (String, Double) -> Void)? = nil
) throws(FairSliceError) -> Findings {
  try reported { () throws(Failure) in
    var request = request
    try request.refuseIdlePaths(hasBaseline: baseline != nil)
    request.data = table.name
    if let baseline { request.baselineData = baseline.name }
    var configuration = try request.configurationInForce()
    configuration.output = nil
    for table in [table, baseline].compactMap({ $0 }) { try configuration.hold(table) }
    let setup = try request.gate.map { options throws(Failure) in
      try GateSetup(options, configuration: configuration)
    }
    return Findings(
      try evaluated(configuration, setup, progress: progress), policyPath: setup?.policyPath)
  }
}

/// Evaluates, judges and withholds what is too small, in this order.
func evaluated(
  _ configuration: Configuration, _ setup: GateSetup?, progress: EvaluationRun.Progress?
) throws(Failure) -> Evaluation {
  var evaluation = try EvaluationRun.evaluate(configuration, progress: progress)
  if let setup { evaluation.judgement = try setup.judge.judge(evaluation) }
  return try withheld(evaluation, configuration.suppressBelow, judged: setup?.judge)
}

extension EvaluateRequest {
  /// What is given as a value is not named as a file, too, and nothing is written.
  fileprivate func refuseIdlePaths(hasBaseline: Bool) throws(Failure) {
    if let data {
      throw Failure(
        .usage, "the rows are given as a table, and the request names “\(data)”, too",
        advice: "Leave out `data`, or give InputTable.file.")
    }
    if hasBaseline, let baselineData {
      throw Failure(
        .usage, "the baseline is given as a table, and the request names “\(baselineData)”, too",
        advice: "Leave out `baselineData`, or give InputTable.file.")
    }
    if output != nil {
      throw Failure(
        .usage, "the request names an output folder, and nothing is written here",
        advice: "Leave out `output` and write the findings: write(to:).")
    }
  }
}

extension Configuration {
  /// Keeps the bytes of a table that is no file where the run looks for one.
  fileprivate mutating func hold(_ table: InputTable) throws(Failure) {
    guard let bytes = table.bytes else { return }
    guard !table.name.isEmpty, table.name != "-" else {
      throw Failure(.usage, "a table in memory needs a name", advice: "Give one: name: \"predictions.csv\".")
    }
    guard memory.updateValue(bytes, forKey: table.name) == nil, data != baselineData else {
      throw Failure(
        .usage, "data and baseline are both called “\(table.name)”", advice: "Give each table its own name.")
    }
  }
}
