import Report
import Results
import Testing

@Suite struct ExplanationTextTests {
  @Test(arguments: [40, 60, 80, 120])
  func linesFitTheTerminal(width: Int) {
    for evaluation in [ExplanationFixture.explained(), ExplanationFixture.bare, ExplanationFixture.unknown] {
      for line in ExplanationText.lines(evaluation, width: width) {
        #expect(TerminalText.width(line) <= width, "\(line)")
        #expect(TerminalText.printable(line) == line && !line.lowercased().contains("nan"))
      }
    }
  }

  @Test func starsMarkWhatIsClear() throws {
    let evaluation = ExplanationFixture.explained()
    let columns = try #require(evaluation.explanation?.importances.first)
    let lines = ExplanationText.lines(evaluation, width: 100)
    let start = try #require(
      lines.firstIndex { $0.contains("ROC AUC") && $0.hasSuffix("lost when the feature is shuffled") })
    for (place, name) in ["marital_status", "capital_gain", "age"].enumerated() {
      let line = lines[start + 2 + place]
      #expect(line.hasPrefix("  \(name)") && line.contains(" * ") == (columns.holm[place] < 0.05))
    }
    #expect(lines.contains { $0.hasPrefix("  ! Features that stand in for each other") })
    #expect(lines.contains { $0.contains("Gap in selection rate, Male − Female") })
    #expect(lines.contains { $0.hasPrefix("  … and 6 more, in importances.csv") })
    #expect(lines.last == "  * Holm-adjusted p < 0.05")
    let doubtful = ExplanationText.lines(ExplanationFixture.explained { $0.doubt = 60 }, width: 100)
    #expect(!doubtful.contains { $0.contains("*") })
  }
}

@Suite struct ExplanationCSVTests {
  @Test func everyQuantityAndFeatureReadsBack() throws {
    let evaluation = ExplanationFixture.explained()
    let explanation = try #require(evaluation.explanation)
    let rows = CSVRows.read(ExplanationCSV.bytes(of: evaluation))
    #expect(rows[0] == ExplanationCSV.header)
    #expect(rows.count == 1 + explanation.importances.count * explanation.features.count)
    var place = 1
    for columns in explanation.importances {
      for (index, feature) in explanation.features.enumerated() {
        let row = Dictionary(uniqueKeysWithValues: zip(rows[0], rows[place]))
        place += 1
        #expect(row["feature"] == feature.name && row["metric"] == columns.metric)
        #expect(row["slice"] == evaluation.slices.predicate[columns.slice])
        #expect(row["reference"] == columns.reference.map { evaluation.slices.predicate[$0] } ?? "")
        #expect(row["meaning"] == columns.meaning.rawValue && row["donors"] == columns.donors.rawValue)
        func number(_ key: String) -> Double? { row[key].flatMap { $0.isEmpty ? nil : Double($0) } }
        func stored(_ value: Double) -> Double? { value.isNaN ? nil : value }
        #expect(number("base") == stored(columns.base))
        #expect(number("importance") == stored(columns.importance[index]))
        #expect(
          number("lower") == stored(columns.lower[index]) && number("upper") == stored(columns.upper[index]))
        #expect(number("standard_error") == stored(columns.standardError[index]))
        #expect(number("shuffle_error") == stored(columns.shuffleError[index]))
        #expect(number("p_holm") == stored(columns.holm[index]))
        #expect(number("permuted_size") == (columns.isGap ? stored(columns.permutedSize[index]) : nil))
        #expect(row["reason"] == columns.reasons[index] ?? "")
      }
    }
  }

  @Test func theHeaderAloneWithoutAnExplanation() {
    #expect(CSVRows.read(ExplanationCSV.bytes(of: CSVSample.evaluation)) == [ExplanationCSV.header])
  }
}

/// A reader after RFC 4180, written for these tests alone.
enum CSVRows {
  static func read(_ bytes: [UInt8]) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "\"") where isQuoted && index + 1 < bytes.count && bytes[index + 1] == byte:
        field.append(byte)
        index += 1
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted, 10 where !isQuoted:
        row.append(String(decoding: field, as: UTF8.self))
        field = []
        if byte == 10 {
          rows.append(row)
          row = []
        }
      default: field.append(byte)
      }
      index += 1
    }
    return rows
  }
}
