import Foundation
import Testing

@testable import Statistics

struct PoissonTableTests {
  /// Evenly spread numbers meet each value as often as its probability says.
  @Test(arguments: [0.0, 0.5, 3, 41, 1000, 200_000])
  func tablesFollowTheDistribution(mean: Double) {
    let table = PoissonTable(mean: mean)
    var counts: [Int: Int] = [:]
    let step: UInt32 = 1 << 12
    for index in 0..<(UInt32.max / step) { counts[table.value(index * step + step / 2), default: 0] += 1 }
    let total = Double(UInt32.max / step)
    for (value, count) in counts {
      let expected =
        mean == 0
        ? 1 : value == 0 ? exp(-mean) : exp(SaddlePoint.logPoisson(Double(value), mean))
      #expect(abs(Double(count) / total - expected) < 2e-6)
    }
    let average = counts.reduce(0) { $0 + Double($1.key) * Double($1.value) } / total
    #expect(abs(average - mean) <= 1e-4 * max(1, mean.squareRoot()))
  }

  @Test func theEndsStayInRange() {
    let table = PoissonTable(mean: 5)
    #expect(table.value(0) == 0)
    #expect(table.value(.max) < 5 + 40)
  }
}

struct GroupedBCaTests {
  /// One entry a kind of row says the same as one a row.
  @Test func kindsOfRowsStandForRows() {
    let replicates = (0..<101).map { Double(($0 * 37) % 101) / 50 }
    let one = BCa(
      estimate: 0.9, sortedReplicates: replicates.sorted(), jackknife: [0.8, 0.8, 0.8, 1.1, 1.1, 0.95])
    let other = BCa(
      estimate: 0.9, replicates: replicates, jackknife: [(0.8, 3), (1.1, 2), (0.95, 1)])
    #expect(abs(one.acceleration - other.acceleration) < 1e-14)
    #expect(one.bias == other.bias)
    var copy = replicates
    #expect(
      other.interval(&copy, level: 0.9) == one.interval(sortedReplicates: replicates.sorted(), level: 0.9))
  }
}
