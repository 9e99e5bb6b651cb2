import Evaluator
import Foundation
import Gate
import Models
import Privacy
import Report
import Results
import Settings

/// The version of fairslice.
public let version = EvaluationRun.version

/// Evaluates predictions slice by slice and, where an output folder is named, writes the report and its
/// data: `evaluation.json`, `slices.csv`, `gaps.csv`, `measures.csv`, `report.html`, `report.pdf`, `model-card.md`,
/// `model-card.html`, `charts/`.
///
/// - Parameters:
///   - request: the data, which column plays which part, what to compute and where to write
///   - progress: called with a word for the stage and the share of the work that is done
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
    let evaluation = try evaluated(configuration, setup, progress: progress)
    var verdict = setup.flatMap { GateOutput(evaluation, $0.policyPath, request.environment) }
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
/// - Parameter request: the evaluation, and what to make of it
/// - Returns: the files written and a summary for a terminal
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
    let stored = try Evaluation(json: bytes, name: path)
    let evaluation = try withheld(stored, request.suppressBelow)
    let options = try ReportOptions(
      templates: templates, writesCharts: request.writesCharts, writesDocuments: request.writesDocuments,
      flag: request.assets)
    if let context = request.context { return try writeContext(of: evaluation, options, to: context) }
    let outputs = try pages(of: evaluation, options, report: true)
    let own = (path as NSString).deletingLastPathComponent
    let files = try AtomicOutput(folder: request.output ?? (own.isEmpty ? "." : own)).write(outputs)
    let summary = Summary(evaluation, width: request.width).text(files: files)
    return RunResult(files: files, summary: summary, exitCode: 0)
  }
}

/// Looks at the columns of a data set and writes a commented configuration with what it guessed and why.
///
/// - Parameter request: the data, and the file to write
/// - Returns: the file written and a summary for a terminal
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
  var outputs = tables(of: evaluation)
  let options = ReportOptions(
    templates: templates, writesCharts: configuration.writesCharts,
    writesDocuments: configuration.writesDocuments,
    assets: configuration.assets == .split ? .split : .inline)
  outputs += try pages(of: evaluation, options, report: configuration.writesReport)
  outputs += verdict?.otherFiles ?? []
  return (verdict?.files ?? []) + (try AtomicOutput(folder: folder).write(outputs))
}

/// The numbers: `evaluation.json` and the tables for other programs.
func tables(of evaluation: Evaluation) -> [(path: String, bytes: [UInt8])] {
  var files = [
    ("evaluation.json", evaluation.json()), ("slices.csv", SlicesCSV.bytes(of: evaluation)),
    ("gaps.csv", GapsCSV.bytes(of: evaluation)),
  ]
  if evaluation.spreads != nil { files.append(("spreads.csv", SpreadsCSV.bytes(of: evaluation))) }
  files += importances(of: evaluation)
  if evaluation.measures != nil { files.append(("measures.csv", MeasuresCSV.bytes(of: evaluation))) }
  if let indicators = IndicatorsCSV.bytes(of: evaluation) { files.append(("indicators.csv", indicators)) }
  return files
}

func pages(
  of evaluation: Evaluation, _ options: ReportOptions, report: Bool
) throws(Failure) -> [(path: String, bytes: [UInt8])] {
  var outputs = report ? try ReportWriter.files(evaluation, options: options) : []
  if report, options.writesDocuments {
    outputs += try ReportWriter.documents(evaluation, templates: options.templates)
  }
  if options.writesCharts { outputs += try ReportWriter.chartFiles(evaluation) }
  return outputs
}

/// What may be shown: without small counts where that was asked for, now or when the evaluation was made.
///
/// - Parameter judge: has judged, perhaps against another run
func withheld(
  _ evaluation: Evaluation, _ below: Int?, judged judge: Judge? = nil
) throws(Failure) -> Evaluation {
  guard let below = below ?? evaluation.suppression?.below else { return evaluation }
  if !evaluation.configuration.isEmpty {
    try Configuration(text: Array(evaluation.configuration.utf8), name: "configuration").refuseRevealing()
  }
  return try SmallCells.suppress(evaluation, below: below, baseline: judge?.baseline?.evaluation)
}

/// What the templates see, to a file or as the summary.
private func writeContext(
  of evaluation: Evaluation, _ options: ReportOptions, to path: String
) throws(Failure) -> RunResult {
  let context = try ReportWriter.context(evaluation, options: options)
  guard path != "-" else {
    return RunResult(files: [], summary: String(decoding: context, as: UTF8.self), exitCode: 0)
  }
  let (folder, name) = ((path as NSString).deletingLastPathComponent, (path as NSString).lastPathComponent)
  let files = try AtomicOutput(folder: folder.isEmpty ? "." : folder).write([(name, context)])
  return RunResult(files: files, summary: "Wrote\n  \(printable(path))\n", exitCode: 0)
}

extension ReportOptions {
  /// - Parameter flag: `inline` or `split`, as said on the command line
  init(
    templates: [String: String], writesCharts: Bool, writesDocuments: Bool = false, flag: String?
  ) throws(Failure) {
    let setting = try flag.map { text throws(Failure) in
      try Setting(.string(text), place: "--assets", kind: .usage).choice(Configuration.Assets.allCases)
    }
    self.init(
      templates: templates, writesCharts: writesCharts, writesDocuments: writesDocuments,
      assets: setting == .split ? .split : .inline)
  }
}

func reported<Result>(_ body: () throws(Failure) -> Result) throws(FairSliceError) -> Result {
  do throws(Failure) { return try body() } catch { throw FairSliceError(error) }
}
