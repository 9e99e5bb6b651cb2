import Foundation
import Report
import Results

extension Findings {
  /// Findings that were stored as `evaluation.json`.
  ///
  /// - Parameters:
  ///   - bytes: the file's, UTF-8
  ///   - name: what to call it in messages
  /// - Throws: `FairSliceError` of kind `data` where the bytes are no evaluation, or one of a newer version.
  public init(json bytes: Data, name: String = "evaluation.json") throws(FairSliceError) {
    self.init(try reported { () throws(Failure) in try Evaluation(json: bytes, name: name) })
  }

  /// Everything that was found, as `evaluation.json` (Documentation/evaluation.schema.json).
  public func json() -> Data { Data(evaluation.json()) }

  /// A row for each slice and metric, as `slices.csv`.
  public func slicesCSV() -> Data { Data(SlicesCSV.bytes(of: evaluation)) }

  /// A row for each gap, as `gaps.csv`.
  public func gapsCSV() -> Data { Data(GapsCSV.bytes(of: evaluation)) }

  /// The report: one page with style sheet, script and charts in it, that loads nothing.
  ///
  /// - Parameter templates: a folder of templates that replace built-in ones; nil for none
  /// - Throws: `FairSliceError`: of kind `missingInput` where there is no such folder, `data` where a template is wrong.
  public func html(templates: String? = nil) throws(FairSliceError) -> String {
    try reported { () throws(Failure) in
      let options = ReportOptions(templates: try TemplateFolder.read(templates), writesCharts: false)
      return String(decoding: try ReportWriter.html(evaluation, options: options), as: UTF8.self)
    }
  }

  /// All files that a run writes: the tables, the report, documents and charts, and those of a judgement.
  ///
  /// - Parameter options: what to render, and how
  /// - Throws: `FairSliceError`: of kind `missingInput` where there is no folder of templates, `data` where a template is
  ///   wrong, `defect` where Cairo cannot draw.
  public func files(_ options: RenderOptions = RenderOptions()) throws(FairSliceError) -> [OutputFile] {
    try reported { () throws(Failure) in
      let judged = evaluation.judgement.map { [("verdict.json", $0.json())] } ?? []
      return (judged + (try outputs(options))).map(OutputFile.init)
    }
  }

  /// Writes these files; the verdict first, the others all or none. Files of other names stay.
  ///
  /// - Parameters:
  ///   - folder: is made where it is missing
  ///   - options: what to write, and how
  /// - Returns: the paths of the files, with the folder
  /// - Throws: `FairSliceError`: as ``files(_:)``, and of kind `unwritable` where a file cannot be written.
  @discardableResult
  public func write(
    to folder: String, _ options: RenderOptions = RenderOptions()
  ) throws(FairSliceError) -> [String] {
    try reported { () throws(Failure) in
      GateOutput.withdrawBlessing(in: folder)
      let outputs = try outputs(options)
      var verdict = gateOutput
      try verdict?.writeVerdict(to: folder)
      return (verdict?.files ?? []) + (try AtomicOutput(folder: folder).write(outputs))
    }
  }

  /// Everything but `verdict.json`.
  private func outputs(_ options: RenderOptions) throws(Failure) -> [(path: String, bytes: [UInt8])] {
    let own = ReportOptions(
      templates: try TemplateFolder.read(options.templates), writesCharts: options.writesCharts,
      writesDocuments: options.writesDocuments, assets: options.splitsAssets ? .split : .inline)
    return tables(of: evaluation) + (try pages(of: evaluation, own, report: options.writesReport))
      + (gateOutput?.otherFiles ?? [])
  }
}
