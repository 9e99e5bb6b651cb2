import Results
import Statistics

/// Where scores are cut into decisions.
package enum Threshold: Sendable, Equatable, ExpressibleByFloatLiteral {
  case value(Double)
  /// The median of the scores of all rows that are evaluated, each counted once: the cut of the scoring rate
  /// in New York City's rule on automated employment decision tools (6 RCNY § 5-300).
  case median
  /// So many rows with the highest scores of all rows that are evaluated: Aequitas' `rank_abs`.
  case top(rows: Int)
  /// So many in a hundred of them, above 0, at most 100, rounded down to rows: Aequitas' `rank_pct`.
  case topPercent(Double)

  /// The word for `median` in a configuration and on the command line.
  package static let medianWord = "median"
  /// What is expected where no threshold can be read.
  package static let expected = "a number, “\(medianWord)”, or the highest scores as “top:100” or “top:10%”"

  private static let topWord = "top"
  private static let rowsWord = "rank_abs"
  private static let shareWord = "rank_pct"

  package init(floatLiteral value: Double) { self = .value(value) }

  /// Reads what stands for a threshold in place of a number: `median`, `top:100`, `top:10%`, and as Aequitas has them `rank_abs:100` and
  /// `rank_pct:0.1`; nil for anything else.
  package init?(word text: String) {
    if text == Self.medianWord {
      self = .median
      return
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, [Self.topWord, Self.rowsWord, Self.shareWord].contains(String(parts[0])) else {
      return nil
    }
    if parts[0] != Self.rowsWord, parts[1].hasSuffix("%") {
      self.init(percent: Double(parts[1].dropLast()))
    } else if parts[0] == Self.shareWord {
      self.init(percent: Double(parts[1]).map { $0 * 100 })
    } else {
      guard let rows = Int(parts[1]), rows > 0 else { return nil }
      self = .top(rows: rows)
    }
  }

  private init?(percent: Double?) {
    guard let percent, percent > 0, percent <= 100 else { return nil }
    self = .topPercent(percent)
  }

  /// As a configuration says it.
  package var text: String {
    switch self {
    case .value(let value): NumberText.text(value)
    case .median: Self.medianWord
    case .top(let rows): "\(Self.topWord):\(rows)"
    case .topPercent(let percent): "\(Self.topWord):\(NumberText.text(percent))%"
    }
  }

  /// What of the scores the cut is; nil of a number, which needs none.
  var ofScores: String? {
    switch self {
    case .value: nil
    case .median: "the median of the scores"
    case .top(let rows): "the lowest of the \(rows) highest scores"
    case .topPercent(let percent): "the lowest of the highest \(NumberText.text(percent)) % of the scores"
    }
  }

  /// The cut as a number. Complexity: O(rows), but for a number.
  ///
  /// - Parameter isStrict: whether a score at the cut is below it; rows that tie for the last place on top are then out, else in
  func cut(_ scores: [Double], isStrict: Bool) -> Double {
    switch self {
    case .value(let value): return value
    case .median:
      var values = scores
      return Quantile.median(&values)
    case .top(let rows): return Self.cut(scores, above: rows, isStrict)
    case .topPercent(let percent):
      // 7 % of 100 rows are 7 of them, whatever 0.07 is in binary.
      return Self.cut(scores, above: Int(percent * Double(scores.count) / 100 + 1e-9), isStrict)
    }
  }

  private static func cut(_ scores: [Double], above rows: Int, _ isStrict: Bool) -> Double {
    guard !scores.isEmpty else { return .nan }
    var values = scores
    if isStrict {
      return rows < values.count
        ? Quantile.largest(rows + 1, of: &values) : Quantile.largest(values.count, of: &values).nextDown
    }
    return rows > 0
      ? Quantile.largest(min(rows, values.count), of: &values) : Quantile.largest(1, of: &values).nextUp
  }
}

extension Configuration {
  /// Where these scores are cut into decisions.
  func cut(_ scores: [Double]) -> Double { threshold.cut(scores, isStrict: thresholdIsStrict) }
}
