import Results
import TestSupport
import Testing

@testable import Models

/// Models that were stopped early, and a chosen number of rounds.
@Suite struct BoostingRoundsTests {
  /// A model of 8 rounds as if the fourth had been the best: the attribute that XGBoost writes then.
  static func stopped(_ best: String = "3") throws -> [UInt8] {
    let text = String(decoding: try ModelReader.bytes(LibraryFiles.path("xgb_missing.json")), as: UTF8.self)
    #expect(text.contains("\"attributes\":{}"))
    return Array(
      text.replacing(
        "\"attributes\":{}", with: "\"attributes\":{\"best_iteration\":\"\(best)\",\"best_score\":\"0.31\"}"
      ).utf8)
  }

  static func scores(_ bytes: [UInt8], _ rounds: BoostingRounds) throws -> [[Double]] {
    let scorer = try NativeScorer(ModelReader.read(bytes: bytes, name: "model", rounds: rounds))
    return try scorer.score(RescorerTests.columns(scorer, Array(0..<100)))
  }

  @Test func theBestRoundsAreThoseUpToTheBestIteration() throws {
    let bytes = try Self.stopped()
    let best = try Self.scores(bytes, .best)
    #expect(try best == Self.scores(bytes, .first(4)))
    #expect(try best != Self.scores(bytes, .all))
    #expect(try Self.scores(bytes, .all) == Self.scores(bytes, .first(8)))
    #expect(try Self.scores(Self.stopped("7"), .best) == Self.scores(bytes, .all))
    guard case .trees(let ensemble) = try ModelReader.read(bytes: bytes, name: "model", rounds: .best) else {
      Issue.record("no trees")
      return
    }
    #expect(ensemble.treeCount == 4 && ensemble.bestRound == 4)
  }

  @Test func roundsThatAreNotThere() throws {
    func message(_ bytes: [UInt8], _ rounds: BoostingRounds) -> String {
      Programs.failure { _ = try ModelReader.read(bytes: bytes, name: "model", rounds: rounds) }?.message
        ?? ""
    }
    let plain = try ModelReader.bytes(LibraryFiles.path("xgb_missing.json"))
    #expect(message(plain, .best).contains("the file names no best round"))
    #expect(message(plain, .first(9)).contains("9 rounds are asked for, 8 are stored"))
    #expect(message(plain, .first(0)).contains("0 rounds are asked for"))
    #expect(message(try Self.stopped("8"), .best).contains("9 rounds are asked for, 8 are stored"))
    let lightGBM = try ModelReader.bytes(LibraryFiles.path("lgbm_multi.txt"))
    #expect(message(lightGBM, .best).contains("names no best round"))
    #expect(message(lightGBM, .first(.max)).contains("rounds are asked for"))
    #expect(message(lightGBM, .first(-1)).contains("rounds are asked for"))
    #expect(message(lightGBM, .first(2)) == "")
    let forest = try ModelReader.bytes(LibraryFiles.path("skl_forest.json"))
    #expect(message(forest, .first(1)).contains("rounds cannot be chosen"))
  }
}
