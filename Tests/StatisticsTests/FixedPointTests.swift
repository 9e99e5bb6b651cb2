import TestSupport
import Testing

@testable import Statistics

@Suite struct FixedPointTests {
  @Test func sumsDoNotDependOnOrder() {
    var random = SplitMix(seed: 1)
    let scale = FixedPoint(maximumMagnitude: 1, count: 10_000)
    var values = (0..<10_000).map { _ in Double.random(in: -1...1, using: &random) }
    let sum = { scale.value(values.reduce(0) { $0 + scale.fixed($1) }) }
    let first = sum()
    for _ in 0..<5 {
      values.shuffle(using: &random)
      #expect(sum() == first)
    }
    let halves = values[..<3000].reduce(0 as Int128) { $0 + scale.fixed($1) }
    let rest = values[3000...].reduce(0 as Int128) { $0 + scale.fixed($1) }
    #expect(scale.value(halves + rest) == first)
  }

  /// Terms that are multiples of 2⁻⁶⁰ below 1: their sum is an integer, so that it is known exactly.
  @Test func sumsAreExactAgainstRationals() {
    var random = SplitMix(seed: 2)
    for trial in 0..<200 {
      let scale = FixedPoint(maximumMagnitude: 1, count: 1000)
      #expect(scale.shift >= 60)
      var exact: Int128 = 0
      var sum: Int128 = 0
      for _ in 0..<1000 {
        let numerator = Int64(random.next() >> 11) << 7 * (trial % 3 == 0 ? 1 : -1)
        let drop = Int64(random.next() % 53)
        let kept = numerator >> drop
        exact += Int128(kept)
        sum += scale.fixed(Double(kept) * 0x1p-60)
      }
      #expect(sum == exact << Int128(scale.shift - 60))
      #expect(scale.value(sum) == Self.nearest(exact) * 0x1p-60)
    }
  }

  @Test func termsRoundToNearestEven() {
    let scale = FixedPoint(maximumMagnitude: 0x1p80, count: 1)
    #expect(scale.shift == 126 - 81 - 1)
    let unit = Double(sign: .plus, exponent: -scale.shift, significand: 1)
    #expect(scale.fixed(unit) == 1)
    #expect(scale.fixed(unit * 0.5) == 0)
    #expect(scale.fixed(unit * 1.5) == 2)
    #expect(scale.fixed(-unit * 2.5) == -2)
    #expect(scale.fixed(unit * 0.75) == 1)
    #expect(scale.fixed(unit * 0.500001) == 1)
    #expect(scale.fixed(unit * 0.499999) == 0)
    #expect(scale.fixed(0) == 0 && scale.fixed(-0.0) == 0)
    #expect(scale.fixed(.leastNonzeroMagnitude) == 0)
  }

  @Test func sumsRoundToNearestEven() {
    let scale = FixedPoint(maximumMagnitude: 1, count: 1)
    let unit = Double(sign: .plus, exponent: -scale.shift, significand: 1)
    let base = Int128(1) << 60
    for (low, rounded) in [(128, 0), (129, 256), (384, 512), (383, 256), (127, 0)] as [(Int128, Int128)] {
      #expect(scale.value(base + low) == Double(Int64(base + rounded)) * unit)
      #expect(scale.value(-base - low) == -Double(Int64(base + rounded)) * unit)
    }
  }

  @Test func valuesSurviveTheRoundTrip() {
    var random = SplitMix(seed: 3)
    for exponent in stride(from: -1000, through: 1000, by: 50) {
      let top = Double(sign: .plus, exponent: exponent, significand: 1)
      let scale = FixedPoint(maximumMagnitude: top, count: 1 << 20)
      for _ in 0..<50 {
        let x = top * Double.random(in: -1...1, using: &random)
        #expect(scale.value(scale.fixed(x)) == x)
      }
      #expect(scale.value(scale.fixed(top) * (1 << 20)) == top * 0x1p20)
    }
    let tiny = FixedPoint(maximumMagnitude: .leastNonzeroMagnitude, count: 10)
    #expect(tiny.value(tiny.fixed(.leastNonzeroMagnitude) * 3) == 3 * Double.leastNonzeroMagnitude)
    #expect(FixedPoint(maximumMagnitude: 0, count: 0).value(0) == 0)
  }

  @Test func largestCountsDoNotOverflow() {
    let scale = FixedPoint(maximumMagnitude: 1, count: 1 << 30)
    let (_, overflow) = scale.fixed(1).multipliedReportingOverflow(by: 1 << 30)
    #expect(!overflow)
  }

  /// The standard library's conversion, through a decimal text.
  static func nearest(_ x: Int128) -> Double { Double(String(x)) ?? .nan }
}
