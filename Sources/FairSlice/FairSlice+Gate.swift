import Evaluator
import Foundation
import Gate
import Report
import Results

/// Judges a stored evaluation by a policy; the data are not needed. The result's exit code is the verdict:
/// 0 pass, 1 fail, 3 inconclusive.
///
/// With an output folder, `verdict.json` is written first and by itself, then the other files that continuous
/// integration reads (Documentation/ContinuousIntegration.md).
///
/// - Parameter request: the evaluation, the policy, and where to write
/// - Returns: the files written, a summary for a terminal and the verdict's exit code
/// - Throws: `FairSliceError`: then there is no verdict.
public func gate(_ request: GateRequest) throws(FairSliceError) -> RunResult {
  try reported { () throws(Failure) in
    try refuseIdleOptions(request)
    GateOutput.withdrawBlessing(in: request.output)
    let options = try ReportOptions(
      templates: request.writesReport ? try TemplateFolder.read(request.templates) : [:], writesCharts: false,
      flag: request.assets)
    let file = try InputFile(
      request.evaluation, what: "evaluation",
      advice: "Give the evaluation.json that “fairslice evaluate” wrote.")
    var evaluation = try Evaluation(
      json: Data(file.bytes), name: request.evaluation, judgingOnly: !request.writesReport)
    let setup = try GateSetup(request.options, configuration: nil, evaluation: evaluation)
    evaluation.judgement = try setup.judge.judge(evaluation)
    evaluation = try withheld(evaluation, request.suppressBelow, judged: setup.judge)
    guard var output = GateOutput(evaluation, setup.policyPath, request.environment) else {
      throw Failure(.defect, "the gate gave no verdict")
    }
    // Before anything is written: a check that does not exist is a mistake.
    let text = try request.explain.map { id throws(Failure) in try output.explanation(of: id) }
    if let folder = request.output {
      let history = try RunHistory(request)
      try history?.probe()
      try output.writeVerdict(to: folder)
      var others = output.otherFiles
      if request.writesReport {
        others += try ReportWriter.files(evaluation, options: options)
      }
      try output.write(others, to: folder)
      try history?.append(evaluation)
    }
    try output.writeStepSummary()
    return RunResult(
      files: output.files,
      summary: text ?? output.summary(width: request.width, listsFiles: true),
      exitCode: output.exitCode)
  }
}

/// What would do nothing is a mistake.
private func refuseIdleOptions(_ request: GateRequest) throws(Failure) {
  guard request.options.policy != nil || request.options.policyText != nil else {
    throw Failure(.usage, "gate needs a policy", advice: "Say --policy FILE.")
  }
  if request.writesReport, request.output == nil {
    throw Failure(.usage, "--report has no folder to write to", advice: "Say --out DIR.")
  }
  for (flag, value) in [("--templates", request.templates), ("--assets", request.assets)]
  where value != nil && !request.writesReport {
    throw Failure(.usage, "\(flag) is for the report, and none is written", advice: "Say --report, too.")
  }
}
