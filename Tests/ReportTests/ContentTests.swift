import Charts
import Foundation
import Report
import Results
import Templating
import Testing

/// Who is affected, across all slices, formulas filled in, and what has no number.
@Suite struct ContentTests {
  static let evaluation = EvaluationFixture.adult.make()
  static let model = ModelTests.model

  // MARK: Harms

  /// Every harm is a stored gap to the group's disadvantage, and none that is surer was left out of its place.
  @Test func harmsAreGapsWhoseIntervalExcludesZero() throws {
    let rows = ModelTests.items(ModelTests.member(Self.model, "harms", "rows"))
    #expect(!rows.isEmpty && rows.count <= 5)
    let signs = ["equal_opportunity": -1.0, "false_positive_rate": 1, "demographic_parity": -1]
    for row in rows {
      let raw = try #require(ModelTests.number(ModelTests.member(row, "raw")))
      let group = try #require(ModelTests.text(ModelTests.member(row, "group")))
      let gap = try #require(
        Self.evaluation.gaps.first {
          $0.estimate.value == raw && $0.kind == .difference
            && $0.group.map { Self.evaluation.slices.label[$0] } == group && signs[$0.metric] != nil
        })
      let sign = try #require(signs[gap.metric])
      #expect(sign * raw > 0)
      let (lower, upper) = (try #require(gap.estimate.lower), try #require(gap.estimate.upper))
      #expect(lower > 0 || upper < 0)
      let limits = [abs(lower), abs(upper)].sorted().map { NumberText.count((1000 * $0).rounded()) }
      let text = try #require(ModelTests.text(ModelTests.member(row, "text")))
      #expect(text.contains("\(NumberText.count((1000 * abs(raw)).rounded())) [\(limits[0]), \(limits[1])]"))
    }
  }

  @Test func harmsOfWeightedRowsNameNoNumberOfPeople() {
    var weighted = Self.evaluation
    weighted.roles.weight = "w"
    let rows = ModelTests.items(ModelTests.member(ReportWriter.pageModel(weighted), "harms", "rows"))
    #expect(!rows.isEmpty && rows.allSatisfy { ModelTests.text(ModelTests.member($0, "people")) == nil })
  }

  @Test func withoutSureGapsThereIsNoHarm() {
    var even = Self.evaluation
    for index in even.gaps.indices {
      (even.gaps[index].estimate.lower, even.gaps[index].estimate.upper) = (-1, 1)
    }
    #expect(ModelTests.member(ReportWriter.pageModel(even), "harms") == .null)
    #expect(!PageTests.render(even).contains("id=\"harms\""))
  }

  // MARK: Across

  @Test func acrossHoldsTheGapsToAllRows() throws {
    let table = ModelTests.member(Self.model, "across", "figure", "table")
    let rows = ModelTests.items(ModelTests.member(table, "rows"))
    #expect(rows.count > 10)
    for row in rows {
      let name = try #require(ModelTests.text(ModelTests.member(row, "name")))
      let raw = try #require(ModelTests.number(ModelTests.member(row, "cells", "2", "raw")))
      #expect(
        Self.evaluation.gaps.contains {
          $0.comparison == .toOverall && $0.kind == .difference && $0.estimate.value == raw
            && $0.group.map { Self.evaluation.slices.label[$0] } == name
        })
    }
  }

  // MARK: Formulas

  /// The arithmetic of a filled-in formula, done naively, is the number behind the equals sign.
  @Test func filledInFormulasAreRight() throws {
    let metrics = ModelTests.items(ModelTests.member(Self.model, "methods", "metrics"))
    var checked = 0
    for (metric, entry) in zip(metrics, Self.evaluation.metrics) {
      guard let worked = ModelTests.text(ModelTests.member(metric, "worked")) else { continue }
      let sides = worked.components(separatedBy: " = ")
      try #require(sides.count == 2)
      let value = try #require(NaiveArithmetic.value(of: sides[0].replacingOccurrences(of: ",", with: "")))
      let shown = try #require(Double(sides[1].prefix { $0 != " " }))
      #expect(abs(value - shown) <= 0.000_500_1, "\(entry.id): \(worked)")
      checked += 1
    }
    #expect(checked >= 10)
    #expect(metrics.contains { ModelTests.member($0, "worked") == .null }, "the AUC has no such formula")
  }

  // MARK: Not evaluated

  @Test func whatHasNoNumberIsListedOnce() throws {
    let entries = ModelTests.items(ModelTests.member(Self.model, "methods", "unevaluated"))
    let reasons = entries.compactMap { ModelTests.text(ModelTests.member($0, "reason")) }
    #expect(Set(reasons).count == reasons.count)
    var expected: [String: Set<Int>] = [:]
    for column in Self.evaluation.estimates {
      for slice in column.status.indices where column.status[slice] == .undefined {
        expected[column.reason[slice], default: []].insert(slice)
      }
    }
    #expect(!expected.isEmpty)
    for (reason, slices) in expected {
      let entry = try #require(entries.first { ModelTests.text(ModelTests.member($0, "reason")) == reason })
      #expect(ModelTests.text(ModelTests.member(entry, "count")) == "\(slices.count)")
    }
  }
}

/// Sums, products and quotients with parentheses.
private struct NaiveArithmetic {
  private var rest: Substring

  static func value(of text: String) -> Double? {
    var arithmetic = NaiveArithmetic(rest: Substring(text.filter { $0 != " " }))
    return arithmetic.value()
  }

  private init(rest: Substring) { self.rest = rest }

  private mutating func value() -> Double? {
    guard var sum = product() else { return nil }
    while rest.first == "+" {
      rest.removeFirst()
      guard let next = product() else { return nil }
      sum += next
    }
    return sum
  }

  private mutating func product() -> Double? {
    guard var result = factor() else { return nil }
    while let sign = rest.first, sign == "·" || sign == "/" {
      rest.removeFirst()
      guard let next = factor() else { return nil }
      result = sign == "·" ? result * next : result / next
    }
    return result
  }

  private mutating func factor() -> Double? {
    if rest.first == "(" {
      rest.removeFirst()
      let inner = value()
      guard rest.popFirst() == ")" else { return nil }
      return inner
    }
    let digits = rest.prefix { $0.isNumber || $0 == "." }
    rest = rest.dropFirst(digits.count)
    return Double(digits)
  }
}
