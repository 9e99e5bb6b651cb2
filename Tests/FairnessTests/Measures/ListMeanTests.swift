import Foundation
import Metrics
import Statistics
import TestSupport
import Testing

@testable import Fairness

/// Means over lists, against random orders of the same lists.
struct ListMeanTests {
  @Test func `By hand`() throws {
    let mean = ListMean([0.2, 0.4, 0.6, 0.8], chances: [0.1, 0.1, 0.2, 0.2])
    let number = mean.number(level: 0.95, upTo: 1, reason: "none")
    let error = (0.2 / 3 / 4).squareRoot()
    let t = StudentT.criticalValue(level: 0.95, degreesOfFreedom: 3)
    #expect(isClose(try #require(number.value.value), 0.5, within: 1e-12))
    #expect(isClose(try #require(number.limits).upper, 0.5 + t * error, within: 1e-12))
    // Differences 0.1, 0.3, 0.4 and 0.6: mean 0.35, by Student's t with three degrees of freedom.
    let excess = (0.13 / 3 / 4).squareRoot()
    let p = StudentT.survival(0.35 / excess, degreesOfFreedom: 3)
    #expect(isClose(try #require(number.p), p, within: 1e-12))
    #expect(p < 0.05)
    #expect(isClose(try #require(number.limits).lower, 0.5 - t * error, within: 1e-12))
    // Better than chance is not unfair.
    let fair = ListMean([0.1, 0.12, 0.11], chances: [0.2, 0.2, 0.2]).number(level: 0.95, upTo: 1, reason: "")
    #expect(fair.limits?.lower == 0 && (fair.p ?? 0) > 0.99)
    #expect(mean.detail == "random orders: 0.15")
  }

  @Test func `Without limits`() {
    #expect(
      ListMean([], chances: []).number(level: 0.95, upTo: 1, reason: "none").value == .undefined("none"))
    #expect(ListMean([], chances: []).detail == nil)
    let one = ListMean([0.3], chances: [0.1]).number(level: 0.95, upTo: 1, reason: "")
    #expect(one.value == .value(0.3) && one.limits == nil && one.reason == "there is one query")
    let same = ListMean([0.3, 0.3], chances: [0.1, 0.2]).number(level: 0.95, upTo: 1, reason: "")
    #expect(same.limits == nil && same.reason == "queries do not vary")
  }

  /// Lists whose orders are random: in at most some 5 % of runs the limits leave out 0, though the mean lies far above it.
  @Test func `Chance is not called unfair`() throws {
    var random = SplitMix(seed: 11)
    var known: [ListShape: (PrefixDistance, Double)] = [:]
    let runs = 400
    var (called, uniform) = (0, 0)
    for _ in 0..<runs {
      var (values, chances) = ([Double](), [Double]())
      for _ in 0..<25 {
        let shape = ListShape(
          size: Int.random(in: 8...30, using: &random), members: Int.random(in: 2...6, using: &random))
        let made = try #require(
          known[shape] ?? PrefixDistance(.difference, shape).map { ($0, $0.expected) })
        known[shape] = made
        let places = (0..<shape.size).shuffled(using: &random).prefix(shape.members).sorted()
        values.append(made.0.value(places))
        chances.append(made.1)
      }
      let number = ListMean(values, chances: chances).number(level: 0.95, upTo: 1, reason: "")
      #expect((number.value.value ?? 0) > 0.05)
      if (number.limits?.lower ?? 0) > 0 { called += 1 }
      if (number.p ?? 1) < 0.2 { uniform += 1 }
    }
    #expect(called <= 33, "\(called)")
    // Distances are skewed to the right, which makes the test err on the safe side.
    #expect((40...90).contains(uniform), "\(uniform)")
  }

  /// Lists with one group behind the other are.
  @Test func `Unfair orders are`() throws {
    let distance = try #require(PrefixDistance(.difference, ListShape(size: 20, members: 6)))
    let values = [Array(14..<20), Array(13..<19), Array(12..<18), Array(14..<20), Array(11..<17)]
      .map(distance.value)
    let mean = ListMean(values, chances: values.map { _ in distance.expected })
    let limits = try #require(mean.number(level: 0.95, upTo: 1, reason: "").limits)
    #expect(limits.lower > 0.5)
  }
}
