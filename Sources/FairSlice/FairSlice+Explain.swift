import Evaluator
import Foundation
import Report
import Results

/// Explains a stored evaluation by its model: which features quality and gaps rest on. Writes `evaluation.json` again
/// with an `explanations` part, `importances.csv`, the report and its charts.
///
/// - Parameters:
///   - request: the evaluation, its data and its model
///   - progress: called with a word for the stage and the share of the work that is done
/// - Returns: the files written and a summary for a terminal
/// - Throws: `FairSliceError`; then nothing was written.
public func explain(
  _ request: ExplainRequest, progress: (@Sendable (String, Double) -> Void)? = nil
) throws(FairSliceError) -> RunResult {
  try reported { () throws(Failure) in
    let options = try ReportOptions(
      templates: TemplateFolder.read(request.templates), writesCharts: request.writesCharts,
      writesDocuments: request.writesDocuments, flag: request.assets)
    let file = try InputFile(
      request.evaluation, what: "evaluation",
      advice: "Give the evaluation.json that “fairslice evaluate” wrote.")
    let stored = try Evaluation(json: Data(file.bytes), name: request.evaluation)
    let configuration = try request.configuration(of: stored)
    let own = (request.evaluation as NSString).deletingLastPathComponent
    let output = AtomicOutput(folder: request.output ?? (own.isEmpty ? "." : own))
    try output.probe()
    let evaluation = try withheld(
      EvaluationRun.explain(stored, configuration, progress: progress),
      request.suppressBelow ?? configuration.suppressBelow)
    var outputs = [("evaluation.json", evaluation.json())] + importances(of: evaluation)
    outputs += try pages(of: evaluation, options, report: request.writesReport)
    let files = try output.write(outputs)
    return RunResult(
      files: files, summary: Summary(evaluation, width: request.width).explanation(files: files), exitCode: 0)
  }
}

/// The table of importances, where there is an explanation.
func importances(of evaluation: Evaluation) -> [(path: String, bytes: [UInt8])] {
  evaluation.explanation == nil ? [] : [("importances.csv", ExplanationCSV.bytes(of: evaluation))]
}

extension ExplainRequest {
  /// The evaluation's own configuration, with the data and the model from the request.
  fileprivate func configuration(of evaluation: Evaluation) throws(Failure) -> Configuration {
    var result = try Configuration(text: Array(evaluation.configuration.utf8), name: self.evaluation)
    // A stored evaluation may come from anybody: which program is started, which server is asked and with whose token
    // is said here and now. Paths are base names there, anyway.
    (result.data, result.baselineData, result.model) = (nil, nil, nil)
    if let configuration {
      let file = try Configuration(file: configuration)
      (result.data, result.threads) = (file.data, file.threads)
      result.model = file.model
      if file.explain != ExplainSettings() { result.explain = file.explain }
    }
    result.data = data ?? result.data
    guard result.data != nil else {
      throw Failure(
        .usage, "no data: an evaluation does not keep the rows", advice: "Name the file again: --data FILE.")
    }
    try options.apply(to: &result)
    guard result.model != nil else {
      throw Failure(
        .usage, "no model is named", advice: "Name it with --model FILE, or as “model” in a configuration.")
    }
    if let threads { result.threads = threads }
    return result
  }
}
