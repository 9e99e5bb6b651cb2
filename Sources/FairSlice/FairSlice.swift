import Evaluator
import Foundation
import Gate
import Models
import Report
import Results

/// The version of fairslice.
public let version = EvaluationRun.version

/// Evaluates predictions slice by slice and, where an output folder is named, writes the report and its
/// data: `evaluation.json`, `slices.csv`, `gaps.csv`, `report.html`, `report.pdf`, `model-card.md`, `model-card.html`,
/// `charts/`.
///
/// - Parameter progress: called with a word for the stage and the share of the work that is done
/// - Returns: the files written and a summary for a terminal
/// - Throws: `FairSliceError`; then nothing was written, or of a run with a gate `verdict.json` alone.
public func evaluate(
  _ request: EvaluateRequest, progress: (@Sendable (String, Double) -> Void)? = nil
) throws(FairSliceError) -> RunResult {
  try reported { () throws(Failure) in
    let configuration = try request.configurationInForce()
    GateOutput.withdrawBlessing(in: configuration.output)
    let templates = try TemplateFolder.read(request.templates)
    let setup = try request.gate.map { options throws(Failure) in
      try GateSetup(options, configuration: configuration)
    }
    if configuration.model != nil, let folder = configuration.output {
      try AtomicOutput(folder: folder).probe()
    }
    let history = try RunHistory(configuration, request.environment)
    try history?.probe()
    var evaluation = try EvaluationRun.evaluate(configuration, progress: progress)
    var verdict: GateOutput?
    if let setup {
      let judgement = try setup.judge.judge(evaluation)
      evaluation.judgement = judgement
      verdict = GateOutput(judgement, evaluation, setup.policyPath, request.environment)
    }
    let files = try write(evaluation, &verdict, configuration, templates)
    let added = try history?.append(evaluation)
    try verdict?.writeStepSummary()
    var summary = Summary(evaluation, width: request.width).text(files: files)
    if let verdict {
      summary += "\n" + verdict.summary(width: request.width, listsFiles: false)
    } else if configuration.gate != nil {
      summary += "\nNot judged: the configuration has a gate, and --gate was not said.\n"
    }
    if let added {
      summary += "\n\(added.split(separator: "\n").map { printable(String($0)) }.joined(separator: "\n"))\n"
    }
    return RunResult(files: files, summary: summary, exitCode: verdict?.exitCode ?? 0)
  }
}

/// Renders the report of a stored evaluation again; the data are not needed.
///
/// - Throws: `FairSliceError`; then nothing was written.
public func report(_ request: ReportRequest) throws(FairSliceError) -> RunResult {
  try reported { () throws(Failure) in
    let templates = try TemplateFolder.read(request.templates)
    var isFolder: ObjCBool = false
    let path = request.evaluation
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Failure(
        .missingInput, "\(path): there is no such file",
        advice: "Give the evaluation.json that “fairslice evaluate” wrote.")
    }
    guard !isFolder.boolValue, let bytes = FileManager.default.contents(atPath: path) else {
      throw Failure(.missingInput, "\(path): cannot be read")
    }
    let evaluation = try Evaluation(json: bytes, name: path)
    let outputs = try pages(
      of: evaluation, templates: templates, report: true, charts: request.writesCharts,
      documents: request.writesDocuments)
    let own = (path as NSString).deletingLastPathComponent
    let files = try AtomicOutput(folder: request.output ?? (own.isEmpty ? "." : own)).write(outputs)
    let summary = Summary(evaluation, width: request.width).text(files: files)
    return RunResult(files: files, summary: summary, exitCode: 0)
  }
}

/// Looks at the columns of a data set and writes a commented configuration with what it guessed and why.
///
/// - Throws: `FairSliceError`, of kind `unwritable` where the file exists already.
public func initialise(_ request: InitialiseRequest) throws(FairSliceError) -> RunResult {
  try reported { () throws(Failure) in try Initialiser(request).run() }
}

/// Removes what a run that is being interrupted would leave behind, and ends programs that it has started. The process should end after it.
public func abandonOutput() {
  ChildRegistry.killAll()
  AtomicOutput.abandon()
}

/// Writes what an evaluation found, its verdict first; returns the paths.
private func write(
  _ evaluation: Evaluation, _ verdict: inout GateOutput?, _ configuration: Configuration,
  _ templates: [String: String]
) throws(Failure) -> [String] {
  guard let folder = configuration.output else { return [] }
  try verdict?.writeVerdict(to: folder)
  var outputs = [
    ("evaluation.json", evaluation.json()), ("slices.csv", SlicesCSV.bytes(of: evaluation)),
    ("gaps.csv", GapsCSV.bytes(of: evaluation)),
  ]
  outputs += importances(of: evaluation)
  outputs += try pages(
    of: evaluation, templates: templates, report: configuration.writesReport,
    charts: configuration.writesCharts, documents: configuration.writesReport && configuration.writesDocuments
  )
  outputs += verdict?.otherFiles ?? []
  return (verdict?.files ?? []) + (try AtomicOutput(folder: folder).write(outputs))
}

func pages(
  of evaluation: Evaluation, templates: [String: String], report: Bool, charts: Bool, documents: Bool
) throws(Failure) -> [(path: String, bytes: [UInt8])] {
  var outputs: [(path: String, bytes: [UInt8])] = []
  if report {
    let options = ReportOptions(templates: templates, writesCharts: charts)
    outputs.append(("report.html", try ReportWriter.html(evaluation, options: options)))
  }
  if documents { outputs += try ReportWriter.documents(evaluation, templates: templates) }
  if charts { outputs += try ReportWriter.chartFiles(evaluation) }
  return outputs
}

func reported<Result>(_ body: () throws(Failure) -> Result) throws(FairSliceError) -> Result {
  do throws(Failure) { return try body() } catch { throw FairSliceError(error) }
}
