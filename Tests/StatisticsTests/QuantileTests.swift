import TestSupport
import Testing

@testable import Statistics

@Suite struct QuantileTests {
  @Test func type7Interpolates() {
    let x: [Double] = [1, 2, 4, 8]
    #expect(Quantile.type7(sorted: x, 0) == 1 && Quantile.type7(sorted: x, 1) == 8)
    #expect(Quantile.type7(sorted: x, 0.5) == 3)
    #expect(isClose(Quantile.type7(sorted: x, 0.9), 6.8))
    #expect(Quantile.type7(sorted: [5], 0.3) == 5)
    #expect(Quantile.type7(sorted: [], 0.3).isNaN)
  }

  @Test(arguments: [
    ([], Double.nan), ([5], 5), ([3, 1], 2), ([4, 1, 3], 3), ([10, 2, 1, 3], 2.5), ([2, 2, 2, 2], 2),
    ([-1, .greatestFiniteMagnitude, .greatestFiniteMagnitude, 0.0], .greatestFiniteMagnitude / 2),
    ([.greatestFiniteMagnitude, .greatestFiniteMagnitude], .greatestFiniteMagnitude),
  ])
  func medianIsTheMiddle(values: [Double], median: Double) {
    var values = values
    let found = Quantile.median(&values)
    #expect(found == median || found.isNaN && median.isNaN)
  }

  @Test func medianAgreesWithSorting() {
    var random = SplitMix(seed: 11)
    for count in 1...60 {
      var values = (0..<count).map { _ in Double(Int.random(in: 0..<20, using: &random)) / 7 }
      let sorted = values.sorted()
      let middle = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
      #expect(Quantile.median(&values) == middle)
    }
  }

  @Test func smallestWithCDFIsAValue() {
    let x = (1...40).map { Double($0) }
    #expect(Quantile.smallestWithCDF(sorted: x, 0.025) == 1)
    #expect(Quantile.smallestWithCDF(sorted: x, 0.0251) == 2)
    #expect(Quantile.smallestWithCDF(sorted: x, 0) == 1 && Quantile.smallestWithCDF(sorted: x, 1) == 40)
    #expect(Quantile.smallestWithCDF(sorted: x, 0.1 + 0.2) == 12)
  }

  @Test func percentileIntervalAgreesWithSorting() {
    var random = SplitMix(seed: 4)
    for count in [1, 2, 3, 10, 199, 1000, 2001] {
      for ties in [false, true] {
        let values = (0..<count).map { _ in
          ties ? Double(Int.random(in: 0..<5, using: &random)) : Double.random(in: -1...1, using: &random)
        }
        let sorted = values.sorted()
        for level in [0.5, 0.9, 0.95, 0.999] {
          var scratch = values
          let interval = Quantile.percentileInterval(&scratch, level: level)
          let tail = (1 - level) / 2
          #expect(interval.lower == Quantile.type7(sorted: sorted, tail))
          #expect(interval.upper == Quantile.type7(sorted: sorted, 1 - tail))
          #expect(scratch.sorted() == sorted)
        }
      }
    }
    var none: [Double] = []
    #expect(Quantile.percentileInterval(&none, level: 0.9).lower.isNaN)
  }
}
