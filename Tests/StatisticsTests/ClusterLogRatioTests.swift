import Foundation
import TestSupport
import Testing

@testable import Statistics

struct ClusterLogRatioTests {
  @Test func `By leaving clusters out`() throws {
    let (a, b, c) = ([3.0, 1, 4, 1, 5], [9.0, 2, 6, 5, 3], [5.0, 8, 9, 7, 9])
    let found = try #require(ClusterLogRatio([(a, false), (b, true), (c, true), (b, false)]))
    func sum(_ values: [Double], without: Int? = nil) -> Double {
      values.indices.filter { $0 != without }.reduce(0) { $0 + values[$1] }
    }
    #expect(isClose(found.value, log(sum(a) / sum(c)), within: 1e-12))
    let left = (0..<5).map { log(sum(a, without: $0) / sum(c, without: $0)) }
    let mean = left.reduce(0, +) / 5
    let variance = left.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } * 4 / 5
    #expect(isClose(try #require(found.standardError), variance.squareRoot(), within: 1e-12))
  }

  @Test func undefined() throws {
    #expect(ClusterLogRatio([([0, 0], false), ([1, 1], true)]) == nil)
    let one = try #require(ClusterLogRatio([([2], false), ([1], true)]))
    #expect(one.standardError == nil)
    // All of a total is of one cluster.
    let lone = try #require(ClusterLogRatio([([2, 0], false), ([1, 1], true)]))
    #expect(lone.standardError == nil)
    let alike = try #require(ClusterLogRatio([([2, 4], false), ([1, 2], true)]))
    #expect(alike.standardError == 0)
  }
}
