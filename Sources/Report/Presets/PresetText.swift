import Charts
import Results

/// The indicators of a preset in a few lines: of each table the lowest ratio.
package struct PresetText {
  private let evaluation: Evaluation
  private let record: PresetRecord

  /// Columns whose lowest value is told.
  private static let ratios = ["impact_ratio", "adverse_impact_ratio"]

  /// Tables that are told of.
  private static let most = 8

  package init?(_ evaluation: Evaluation) {
    guard let record = evaluation.preset else { return nil }
    (self.evaluation, self.record) = (evaluation, record)
  }

  package var title: String { "Indicators: \(record.title)" }

  package var statement: String { record.statement }

  /// A line a table.
  package var lines: [String] {
    let lines = record.tables.compactMap(line)
    let left = lines.count - Self.most
    return lines.prefix(Self.most)
      + (left > 0 ? ["\(Wording.count(left)) more tables are in indicators.csv."] : [])
  }

  /// For `summary.md`; empty without indicators.
  static func markdown(_ evaluation: Evaluation) -> String {
    guard let text = PresetText(evaluation) else { return "" }
    let lines = text.lines.map { "- " + MarkdownText.escaped(Shortened.middle($0, to: 600)) }
    return
      (["**\(MarkdownText.escaped(text.title))**", "", MarkdownText.escaped(text.statement), ""] + lines)
      .joined(separator: "\n")
  }

  private func line(_ table: PresetTable) -> String? {
    guard let ratio = Self.ratios.lazy.compactMap(table.column).first,
      let reference = table.reference
    else { return table.together.isEmpty ? nil : "\(table.title): \(table.together)" }
    let rows = table.slices.indices.filter { !ratio.values[$0].isNaN && table.slices[$0] != reference }
    guard let lowest = rows.min(by: { ratio.values[$0] < ratio.values[$1] }) else {
      return "\(table.title): no ratio"
    }
    var text = "\(table.title): \(evaluation.slices.label[table.slices[lowest]]) against "
    text +=
      "\(evaluation.slices.label[reference]), \(ratio.name.lowercased()) \(Wording.value(ratio.values[lowest]))"
    if !ratio.lower.isEmpty, !ratio.lower[lowest].isNaN {
      text += " [\(Wording.value(ratio.lower[lowest])), \(Wording.value(ratio.upper[lowest]))]"
    }
    if let indicator = table.column("indicator") ?? table.column("ratio_screen") {
      text += ", " + indicator.texts[lowest]
    }
    return text
  }
}
