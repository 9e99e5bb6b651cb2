import Results
import Synchronization
import Tables
import TestSupport
import Testing

@testable import Models

/// Scorers with known defects, and what is found of them.
@Suite struct ScorerCheckTests {
  /// A scorer whose score is a function of the column, or of the call.
  struct Made: Scorer {
    let features = Programs.features(["a"])
    var outputs = ["score"]
    let scores: @Sendable ([Double]) -> [[Double]]

    func score(_ columns: [Column]) throws(Failure) -> [[Double]] {
      guard case .numbers(let column)? = columns.first else { throw Failure(.defect, "no numbers") }
      return scores(column.values)
    }
  }

  static let values = (0..<5000).map { Double($0) / 100 }
  static let columns = [Programs.numbers("a", values)]

  @Test func aSoundScorerAgrees() throws {
    let sound = Made { [$0.map { $0 * 2 }] }
    let agreement = try ScorerCheck().agreement(
      of: sound, Self.columns, predictions: (0, Self.values.map { $0 * 2 + 1e-8 }))
    #expect(agreement.predictions?.rowCount == 5000 && agreement.predictions?.differingRows == 0)
    #expect(isClose(agreement.predictions?.largestDifference ?? 1, 1e-8, within: 1e-10))
    #expect(agreement.order.rowCount == 2000 && agreement.order.largestDifference == 0)
    #expect(agreement.repetition.rowCount == 2000 && agreement.repetition.first == nil)
    #expect(agreement.mismatch(model: "m", column: "score") { "row \($0 + 1)" } == nil)
    #expect(agreement.doubts(model: "m").isEmpty)
  }

  @Test func otherPredictionsAreTold() throws {
    var predictions = Self.values
    for row in [17, 40, 41] { predictions[row] += 0.25 }
    predictions[42] = .nan
    let agreement = try ScorerCheck().agreement(
      of: Made { [$0.map { _ in 0 }, $0] }, Self.columns, predictions: (1, predictions))
    let found = try #require(agreement.predictions)
    #expect(found.differingRows == 4 && found.largestDifference == 0.25)
    #expect(found.first == .init(row: 17, scorer: 0.17, other: 0.17 + 0.25))
    let failure = agreement.mismatch(model: "xgb.json", column: "score") { "data.csv:\($0 + 2)" }
    #expect(failure?.kind == .data)
    #expect(
      failure?.message
        == "data.csv:19: model ≠ predictions: xgb.json gives 0.17, column “score” holds 0.42000000000000004; 4 of 5000 rows differ, by 0.25 at most"
    )
  }

  /// The tolerance is relative to max(1, |x|).
  @Test func toleranceIsRelative() {
    let comparison = ScorerAgreement.Comparison(
      [1e9 + 100, 0.1 + 2e-6, 1], with: [1e9, 0.1, 1], tolerance: 1e-6)
    #expect(comparison.differingRows == 1 && comparison.first?.row == 1)
    #expect(comparison.largestDifference == 100)
  }

  @Test func dependenceOnOrderIsFound() throws {
    // Each row's score leaks into the next.
    let leaky = Made { values in [zip(values, [0] + values).map { $0 + 0.1 * $1 }] }
    let agreement = try ScorerCheck().agreement(of: leaky, Self.columns)
    #expect(agreement.predictions == nil && agreement.repetition.differingRows == 0)
    #expect(agreement.order.differingRows > 1900)
    #expect(agreement.doubts(model: "m")[0].hasPrefix("scores of m depend on the order of the rows"))
    // A normalisation over the batch.
    let normed = Made { values in [values.map { $0 - values.reduce(0, +) / Double(values.count) }] }
    #expect(try ScorerCheck().agreement(of: normed, Self.columns).order.differingRows > 0)
  }

  @Test func chanceIsFound() throws {
    let calls = Mutex(0.0)
    let fickle = Made { values in
      calls.withLock { $0 += 0.5 }
      return [values, values.map { $0 + calls.withLock { $0 } }]
    }
    let agreement = try ScorerCheck().agreement(of: fickle, Self.columns)
    #expect(agreement.repetition.differingRows == 2000)
    #expect(isClose(agreement.repetition.largestDifference, 0.5))
    #expect(agreement.doubts(model: "m").count == 1)
    #expect(
      agreement.doubts(model: "m")[0].contains(
        "gives other scores when it is asked again: row 1 scored 1, then 1.5"))
  }

  @Test(arguments: [0, 1, 2, 3, 7, 1999, 2000, 2001, 14_653]) func samplesHoldEachRowOnce(_ count: Int) {
    var check = ScorerCheck()
    for seed: UInt64 in [0, 1, 12345] {
      check.seed = seed
      let rows = check.sample(of: count)
      #expect(rows.count == min(count, 2000) && Set(rows).count == rows.count)
      #expect(rows.allSatisfy { (0..<max(1, count)).contains($0) })
      #expect(count < 2 || rows != rows.sorted())
    }
  }
}
