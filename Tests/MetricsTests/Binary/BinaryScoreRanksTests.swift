import TestSupport
import Testing

@testable import Metrics

@Suite struct BinaryScoreRanksTests {
  /// A few rows are sorted, many go by the digits of their ranks: as a stable sort of the scores orders them.
  @Test(arguments: [0, 1, 100, 129, 3000, 9000]) func ascending(count: Int) {
    var random = SplitMix(seed: UInt64(count))
    for levels in [1, 7, 5000] {
      let scores = (0..<10_000).map { _ in Double(Int.random(in: 0..<levels, using: &random)) / 8 }
      let rows = (0..<10_000).shuffled(using: &random).prefix(count).sorted().map { UInt32($0) }
      let oracle = rows.indices.sorted { a, b in
        let (first, second) = (scores[Int(rows[a])], scores[Int(rows[b])])
        return first == second ? a < b : first < second
      }
      #expect(BinaryScoreRanks(scores).ascending(rows) == oracle)
    }
  }
}
