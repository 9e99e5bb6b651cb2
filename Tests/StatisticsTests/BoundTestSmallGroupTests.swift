import Glibc
import Testing

@testable import Statistics

/// What a handful of rows may and may not show.
@Suite struct BoundTestSmallGroupTests {
  /// Reference groups from one row to a rate that is as good as known.
  static let references: [(k: Double, n: Double)] = [1.0, 5, 30, 300, 10_000, 1e7].flatMap { n in
    (0...200).map { (k: (n * Double($0) / 200).rounded(), n: n) }
  }

  static func isWithin(_ k: Double, _ n: Double, _ reference: (k: Double, n: Double), difference d: Double)
    -> Bool
  {
    let tails = { (bound: Double) in
      BoundTest.difference(
        successes1: k, trials1: n, successes2: reference.k, trials2: reference.n, bound: bound)
    }
    return tails(d).less <= 0.05 && tails(-d).greater <= 0.05
  }

  static func isWithin(_ k: Double, _ n: Double, _ reference: (k: Double, n: Double), ratio r: Double) -> Bool
  {
    let tails = { (bound: Double) in
      BoundTest.ratio(
        successes1: k, trials1: n, successes2: reference.k, trials2: reference.n, bound: bound)
    }
    return tails(1 / r).less <= 0.05 && tails(r).greater <= 0.05
  }

  @Test(arguments: [(0.0, 1.0), (1, 1), (0, 5), (5, 5)])
  func aHandfulIsNeverWithinACustomaryBound(k: Double, n: Double) {
    for reference in Self.references {
      for bound in [0.01, 0.05, 0.1] {
        #expect(!Self.isWithin(k, n, reference, difference: bound), "\(reference) ±\(bound)")
      }
      for bound in [0.8, 0.9] {
        #expect(!Self.isWithin(k, n, reference, ratio: bound), "\(reference) ratio \(bound)")
      }
    }
  }

  /// Nothing of 30 leaves rates up to 1 − 0.05^(1/30) = 0.095 possible: beside a known reference midway no
  /// test could show less than 0.0475, and this one shows it from 0.06 on.
  @Test func nothingOfThirtyIsNotWithinFivePoints() {
    for reference in Self.references {
      #expect(!Self.isWithin(0, 30, reference, difference: 0.05), "\(reference)")
      #expect(!Self.isWithin(30, 30, reference, difference: 0.05), "\(reference)")
      #expect(!Self.isWithin(0, 30, reference, ratio: 0.8), "\(reference)")
    }
    #expect(Self.isWithin(0, 30, (400_000, 1e7), difference: 0.06))
  }

  /// The other way about: many rows do show it.
  @Test func manyRowsAreWithin() {
    #expect(Self.isWithin(20, 2000, (1000, 100_000), difference: 0.01))
    #expect(Self.isWithin(900, 1000, (9000, 10_000), ratio: 0.9))
    #expect(!Self.isWithin(700, 1000, (9000, 10_000), ratio: 0.9))
  }
}
