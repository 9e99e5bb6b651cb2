import Results
import Tables

/// Finds out whether a scorer reproduces predictions, depends on the order of rows, and gives the same scores twice.
package struct ScorerCheck: Sendable {
  /// Rows that are scored again at most.
  package var sampleSize = 2000
  package var tolerance = 1e-6
  /// Decides the other order of the sample.
  package var seed: UInt64 = 0

  package init() {}

  /// - Parameter scores: of all rows as they are, by output, if they are known already
  /// - Parameter predictions: a column to compare with, and the output that should give it
  /// - Throws: what the scorer throws
  package func agreement(
    of scorer: some Scorer, _ columns: [Column], scores known: [[Double]]? = nil,
    predictions: (output: Int, values: [Double])? = nil
  ) throws(Failure) -> ScorerAgreement {
    var agreement = ScorerAgreement(tolerance: tolerance)
    let scores = if let known { known } else { try scorer.score(columns) }
    if let predictions {
      agreement.predictions = .init(
        scores[predictions.output], with: predictions.values, tolerance: tolerance)
    }
    let rows = sample(of: columns.first?.rowCount ?? 0)
    guard !rows.isEmpty else { return agreement }
    let mixed = columns.map { $0.gathering(rows.map(Int32.init)) }
    let first = try scorer.score(mixed)
    let second = try scorer.score(mixed)
    let expected = scores.map { column in rows.map { column[$0] } }
    agreement.order = .init(first, with: expected, rows: rows, tolerance: tolerance)
    agreement.repetition = .init(second, with: first, rows: rows, tolerance: tolerance)
    return agreement
  }

  /// Rows spread over the table, in another order than the table's.
  ///
  /// Steps of about the golden section of the count leave neighbours far apart; a step that shares no divisor with
  /// the count meets every row once.
  func sample(of rowCount: Int) -> [Int] {
    let count = min(rowCount, sampleSize)
    guard count > 1 else { return Array(0..<max(0, count)) }
    var step = max(1, Int(Double(count) * 0.381_966))
    while Self.commonDivisor(step, count) > 1 { step += 1 }
    let start = count > 2 ? Int(seed % UInt64(count)) : 0
    return (0..<count).map { place in
      // The last first, so that even two rows change places.
      let chosen = (start + (count - 1 - place) * step) % count
      return chosen * rowCount / count
    }
  }

  private static func commonDivisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : commonDivisor(b, a % b) }
}
