import Foundation
import TestSupport
import Testing

@testable import Metrics

/// Prefixes of ranked lists against their definitions, and against all orders of a list.
struct PrefixTests {
  /// Every order of a list, as whose row stands where.
  private static func orders(size: Int, members: Int) -> [[Bool]] {
    guard size > 0 else { return [[]] }
    var all: [[Bool]] = []
    if members > 0 { all += orders(size: size - 1, members: members - 1).map { [true] + $0 } }
    if members < size { all += orders(size: size - 1, members: members).map { [false] + $0 } }
    return all
  }

  private static func places(_ order: [Bool]) -> [Int] { order.indices.filter { order[$0] } }

  /// Σ distance / log2(length) over the prefixes, written out (Yang & Stoyanovich 2017, equations 2 to 4).
  private static func sum(_ kind: PrefixDistance.Kind, _ order: [Bool], _ prefixes: [Int]) -> Double {
    let size = Double(order.count)
    let members = Double(order.count { $0 })
    return prefixes.reduce(0) { sum, length in
      let count = Double(order.prefix(length).count { $0 })
      let i = Double(length)
      let distance: Double
      switch kind {
      case .difference: distance = abs(count / i - members / size)
      case .divergence:
        distance = [(count / i, members / size), (1 - count / i, 1 - members / size)]
          .reduce(0) { $1.0 > 0 ? $0 + $1.0 * log($1.0 / $1.1) : $0 }
      case .ratio:
        let ratio = count == 0 || count == i ? 0 : count / (i - count)
        distance = abs(ratio - members / (size - members))
      }
      return sum + distance / log2(i)
    }
  }

  @Test(arguments: PrefixDistance.Kind.allCases)
  func `Every order of short lists`(_ kind: PrefixDistance.Kind) throws {
    for size in 3...11 {
      for members in 1..<size {
        guard let distance = PrefixDistance(kind, ListShape(size: size, members: members)) else {
          #expect(kind == .ratio && 2 * members > size)
          continue
        }
        #expect(distance.prefixes == Array(2..<size))
        let orders = Self.orders(size: size, members: members)
        let sums = orders.map { Self.sum(kind, $0, Array(2..<size)) }
        let largest = try #require(sums.max())
        #expect(isClose(distance.largest, largest, within: 1e-12), "\(size) \(members)")
        let mean = sums.reduce(0, +) / Double(sums.count) / largest
        #expect(isClose(distance.expected, mean, within: 1e-12), "\(size) \(members)")
        for (order, sum) in zip(orders, sums) where sum < largest || sum == sums[0] {
          #expect(isClose(distance.value(Self.places(order)), sum / largest, within: 1e-12))
        }
      }
    }
  }

  /// The most of any order of long lists, by dynamic programming over how many of the group each prefix holds.
  private static func largest(_ kind: PrefixDistance.Kind, size: Int, members: Int, _ prefixes: [Int])
    -> Double
  {
    var best: [Int: Double] = [0: 0]
    var last = 0
    for length in prefixes {
      var next: [Int: Double] = [:]
      for (count, sum) in best {
        for more in 0...(length - last)
        where count + more <= members && length - count - more <= size - members {
          let order =
            [Bool](repeating: true, count: count + more)
            + [Bool](repeating: false, count: length - count - more)
          let rest = [Bool](repeating: true, count: members - count - more)
          let others = [Bool](repeating: false, count: size - order.count - rest.count)
          let term = Self.sum(kind, order + rest + others, [length])
          next[count + more] = max(next[count + more] ?? 0, sum + term)
        }
      }
      (best, last) = (next, length)
    }
    return best.values.max() ?? .nan
  }

  @Test(arguments: PrefixDistance.Kind.allCases)
  func `The worst order of longer lists`(_ kind: PrefixDistance.Kind) throws {
    for (size, all) in [(20, 1...19), (37, 1...36), (64, 20...40), (110, 3...6), (110, 54...56)] {
      for members in all {
        guard let distance = PrefixDistance(kind, ListShape(size: size, members: members)) else { continue }
        let largest = Self.largest(kind, size: size, members: members, distance.prefixes)
        #expect(isClose(distance.largest, largest, within: 1e-12), "\(size) \(members)")
      }
    }
  }

  /// 10, 20, … as in the paper; a tenth in lists of fewer than 100 rows.
  @Test func steps() throws {
    func prefixes(_ size: Int) -> [Int]? {
      PrefixDistance(.difference, ListShape(size: size, members: 1))?.prefixes
    }
    #expect(prefixes(1) == nil && prefixes(2) == nil)
    #expect(prefixes(3) == [2])
    #expect(prefixes(12) == Array(2...11))
    #expect(prefixes(25) == [2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24])
    #expect(prefixes(100) == [10, 20, 30, 40, 50, 60, 70, 80, 90])
    #expect(prefixes(1001)?.count == 100)
    #expect(PrefixDistance(.difference, ListShape(size: 9, members: 0)) == nil)
    #expect(PrefixDistance(.difference, ListShape(size: 9, members: 9)) == nil)
  }

  /// 100 rows, of which every second is of the group: each prefix of 10, 20, … holds exactly half.
  @Test func `Fair and unfair orders`() throws {
    for kind in PrefixDistance.Kind.allCases {
      let distance = try #require(PrefixDistance(kind, ListShape(size: 100, members: 50)))
      #expect(distance.value(Array(stride(from: 0, to: 100, by: 2))) == 0)
      let last = distance.value(Array(50..<100))
      #expect(kind == .ratio ? last < 1 : isClose(last, 1, within: 1e-12))
      #expect(distance.expected > 0 && distance.expected < 0.5)
    }
    let divergence = try #require(PrefixDistance(.divergence, ListShape(size: 100, members: 30)))
    let order = (0..<100).map { $0 % 3 == 1 && $0 < 90 }
    let fair = Self.sum(.divergence, order, divergence.prefixes)
    #expect(isClose(divergence.value(Self.places(order)), fair / divergence.largest, within: 1e-12))
  }

  // MARK: Infeasible

  private static func observations(_ lists: [[Int]]) -> (RankedObservations, [Int]) {
    let sizes = lists.map(\.count)
    let rows = RankedObservations(
      relevance: lists.joined().map { _ in 1 },
      scores: sizes.flatMap { size in (0..<size).map { -Double($0) } },
      queries: sizes.enumerated().flatMap { [UInt32](repeating: UInt32($0), count: $1) },
      queryCount: lists.count)
    return (rows, Array(lists.joined()))
  }

  private static func infeasible(_ lists: [[Int]], groups: Int) -> [GroupPlaces.Infeasible] {
    let (rows, codes) = observations(lists)
    return GroupPlaces(rows, groups: codes, groupCount: groups).infeasible()
  }

  /// AIF360's own test of `infeasible_index` (its tests of `RegressionDatasetMetric`): groups r b b b r r r b r b as they
  /// stand, half wanted of each: 1, at place 3, counted from 0.
  @Test func `AIF360's example`() {
    let found = Self.infeasible([[0, 1, 1, 1, 0, 0, 0, 1, 0, 1]], groups: 2)[0]
    #expect(found.index == 1 && found.count == 1)
  }

  @Test func `By hand, and in all orders`() throws {
    // Prefixes of 2 and 4 rows hold less than half of group 1, rounded down.
    #expect(Self.infeasible([[0, 0, 1, 0, 1, 1]], groups: 2)[0].index == 2)
    #expect(Self.infeasible([[0, 1, 0, 1]], groups: 2)[0].index == 0)
    // Three groups of two rows each: prefixes of 3, 4 and 5 want one of each.
    let three = Self.infeasible([[0, 0, 1, 1, 2, 2], [0, 1, 2, 0, 1, 2]], groups: 3)
    #expect(three.map(\.index) == [2, 0] && three.map(\.count) == [2, 0])
    let lopsided = Self.infeasible([[0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2]], groups: 3)[0]
    // From 4 to 6 rows both later groups lack, from 7 to 10 the last one.
    #expect(lopsided.index == 7 && lopsided.count == 10)
    let orders = Self.orders(size: 9, members: 4).map { order in order.map { $0 ? 1 : 0 } }
    let found = Self.infeasible(orders, groups: 2)
    let mean = found.reduce(0) { $0 + Double($1.count) } / Double(found.count)
    for one in found {
      #expect(one.index == one.count)
      #expect(isClose(one.expectedCount, mean, within: 1e-12))
    }
  }
}
