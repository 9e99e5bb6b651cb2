import Results

/// The fairness measures of an evaluation in a terminal.
package enum MeasureTerminal {
  private static let shown = 12

  /// The first values, those of single strata after the others; nothing where none was asked for.
  ///
  /// - Parameter text: how an estimate's value and its interval are written
  package static func lines(
    _ evaluation: Evaluation, width: Int, text: (Estimate) -> (value: String, interval: String)
  ) -> [String] {
    guard let summary = MeasureSummary(evaluation), !summary.findings.isEmpty else { return [] }
    let whole = summary.findings.filter { $0.result.stratum == nil }
    let told = (whole + summary.findings.filter { $0.result.stratum != nil }).prefix(shown)
    var table = TextTable([
      .init("measure", .name), .init("of", .name, rank: 2), .init("where", .name), .init("value", .number),
      .init("interval", .text), .init("fair", .text, rank: 1),
    ])
    for finding in told {
      let result = finding.result
      let (value, interval) = text(result.estimate)
      let of = [result.metric, result.variant].compactMap { $0 }.joined(separator: ", ")
      table.add(
        [result.name, of, place(result, evaluation)].map(TerminalText.printable)
          + [value, interval, MeasureWords.fair(finding.entry)])
    }
    let left = summary.findings.count - told.count
    return ["Fairness measures: \(summary.counts)"] + table.lines(width: width, indent: 2)
      + (left > 0 ? ["  … and \(Wording.count(left)) more, in the report and in measures.csv"] : [])
  }

  private static func place(_ result: MeasureResult, _ evaluation: Evaluation) -> String {
    func label(_ slice: Int) -> String { evaluation.slices.label[slice] }
    var text = result.family.map { evaluation.families[$0].name } ?? "all rows"
    if let group = result.group {
      text = label(group) + (result.reference.map { " against \(label($0))" } ?? "")
    }
    return text + (result.stratum.map { ", \($0)" } ?? "")
  }
}
