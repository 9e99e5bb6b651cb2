import Foundation
import Report
import Results
import Testing

/// What the page works out from counts, against the engine's numbers.
@Suite struct SliceDataTests {
  struct Kind: CustomTestStringConvertible, Sendable {
    var isWeighted: Bool
    var largest: UInt64
    var level: Double
    var testDescription: String { "\(isWeighted ? "weighted" : "rows"), ≤ \(largest), \(level)" }
  }

  static let kinds = [
    Kind(isWeighted: false, largest: 40, level: 0.95), Kind(isWeighted: false, largest: 5000, level: 0.9),
    Kind(isWeighted: true, largest: 40, level: 0.95), Kind(isWeighted: true, largest: 5000, level: 0.99),
  ]

  static func units(_ value: Double?, isCount: Bool = false) -> Int? {
    value.flatMap { $0.isFinite ? Int(($0 * (isCount ? 1 : 1000)).rounded(.toNearestOrEven)) : nil }
  }

  /// Every digit of every rate, limit and reason.
  @Test(arguments: kinds) func ratesAndLimitsAreTheEngines(_ kind: Kind) throws {
    let evaluation = EngineFixture.make(
      groups: 900, largest: kind.largest, isWeighted: kind.isWeighted, level: kind.level)
    let reader = try PageReader(page: PageTests.render(evaluation))
    var (checked, undefined) = (0, 0)
    for (place, entry) in evaluation.metrics.enumerated() where entry.kind == .rate {
      #expect(reader.columns[place]["value"] == nil, "\(entry.id) is worked out")
      let cells = try reader.cells(place)
      for slice in 0..<evaluation.slices.count {
        let estimate = evaluation.estimates[place][slice]
        #expect(cells[slice].value == Self.units(estimate.value))
        #expect(cells[slice].lower == Self.units(estimate.lower))
        #expect(cells[slice].upper == Self.units(estimate.upper))
        #expect(cells[slice].reason == estimate.reason)
        checked += 1
        if estimate.value == nil { undefined += 1 }
      }
    }
    #expect(checked == 11 * 906 && undefined > 50)
  }

  @Test(arguments: kinds) func gapsAreTheEngines(_ kind: Kind) throws {
    let evaluation = EngineFixture.make(
      groups: 900, largest: kind.largest, isWeighted: kind.isWeighted, level: kind.level)
    let reader = try PageReader(page: PageTests.render(evaluation))
    let names = [
      "demographic_parity": "selection_rate", "equal_opportunity": "true_positive_rate",
      "predictive_parity": "precision", "accuracy": "accuracy",
    ]
    var columns: [String: [PageReader.Cell]] = [:]
    var checked = 0
    for gap in evaluation.gaps where gap.kind == .difference {
      guard let metric = names[gap.metric], let group = gap.group else { continue }
      let id = (gap.comparison == .toOverall ? "gap_" : "ref_") + metric
      if columns[id] == nil {
        let place = try #require(reader.place(id))
        #expect(reader.columns[place]["value"] == nil, "\(id) is worked out")
        columns[id] = try reader.cells(place)
      }
      let cell = try #require(columns[id]?[group])
      #expect(cell.value == Self.units(gap.estimate.value), "\(id) \(group)")
      #expect(cell.lower == Self.units(gap.estimate.lower), "\(id) \(group)")
      #expect(cell.upper == Self.units(gap.estimate.upper), "\(id) \(group)")
      checked += 1
    }
    #expect(columns.count == 8 && checked == 4 * (905 + 4))
  }

  /// Scores, counts and whatever does not follow from counts travel as they are.
  @Test(arguments: [true, false]) func everyOtherColumnReadsBack(isLarge: Bool) throws {
    let evaluation = isLarge ? PageTests.largeEvaluation : PageTests.adult
    let reader = try PageReader(page: PageTests.render(evaluation))
    for (place, entry) in evaluation.metrics.enumerated() {
      let cells = try reader.cells(place)
      for slice in 0..<evaluation.slices.count {
        let estimate = evaluation.estimates[place][slice]
        #expect(cells[slice].value == Self.units(estimate.value, isCount: entry.kind == .count))
        if entry.interval != nil {
          #expect(cells[slice].lower == Self.units(estimate.lower))
          #expect(cells[slice].upper == Self.units(estimate.upper))
        }
        if estimate.value == nil { #expect(cells[slice].reason == estimate.reason) }
      }
    }
  }

  /// A withheld slice has no counts in the page, and nothing from which they could be worked out.
  @Test func withheldNumbersAreNotSent() throws {
    var evaluation = EngineFixture.make(groups: 40, largest: 5000, isWeighted: true)
    evaluation.suppression = Suppression(below: 10)
    let hidden = [3, 17]
    for slice in hidden {
      for index in evaluation.estimates.indices {
        evaluation.estimates[index].status[slice] = .suppressed
        evaluation.estimates[index].reason[slice] = ""
      }
    }
    let page = PageTests.render(evaluation)
    let reader = try PageReader(page: page)
    let cells = try #require(reader.data["cells"] as? [[String: Any]])
    for column in cells {
      let codes = try PageReader.codes(column)
      let far = try #require(column["e"] as? [[Int]])
      for slice in hidden {
        #expect(codes[slice] == 2)
        #expect(!far.contains { $0[0] == slice })
      }
    }
    for column in try #require(reader.data["weights"] as? [[String: Any]]) {
      let codes = try PageReader.codes(column)
      let bits = try #require(column["b"] as? Int)
      for slice in hidden { #expect(codes[slice] == 1 << bits - 1) }
    }
    for place in reader.columns.indices {
      let shown = try reader.cells(place)
      for slice in hidden {
        #expect(shown[slice].value == nil && shown[slice].lower == nil && shown[slice].upper == nil)
        if reader.columns[place]["gap"] == nil {
          #expect(shown[slice].reason == "withheld: fewer than 10")
        }
      }
    }
    #expect((reader.data["rows"] as? [Any])?.isEmpty == true)
  }

  /// Ten thousand slices of all 28 metrics, bounds included.
  @Test func tenThousandSlicesWithEveryBoundStaySmall() throws {
    let evaluation = PageTests.largeEvaluation
    let reader = try PageReader(page: PageTests.large)
    #expect(evaluation.slices.count >= 10_000 && evaluation.metrics.count >= 20)
    #expect(PageTests.large.utf8.count <= 1_000_000)
    for (place, entry) in evaluation.metrics.enumerated() where entry.interval != nil {
      let cells = try reader.cells(place)
      let drawn = evaluation.estimates[place].lower.count { !$0.isNaN }
      #expect(cells.count { $0.lower != nil } == drawn)
    }
  }

  @Test func servedRowsAreTheWorst() throws {
    let evaluation = EngineFixture.make(groups: 900, largest: 400, isWeighted: false)
    let page = PageTests.render(evaluation)
    let model = ReportWriter.pageModel(evaluation)
    let rows = ModelTests.items(ModelTests.member(model, "slices", "rows"))
    #expect(rows.count == 50)
    let reader = try PageReader(page: page)
    var harms = [Int](repeating: .min, count: evaluation.slices.count)
    for (id, sign) in [
      ("true_positive_rate", -1), ("precision", -1), ("accuracy", -1), ("false_positive_rate", 1),
    ] {
      let cells = try reader.cells(try #require(reader.place("gap_" + id)))
      for slice in harms.indices {
        guard let lower = cells[slice].lower, let upper = cells[slice].upper else { continue }
        harms[slice] = max(harms[slice], sign < 0 ? -upper : lower)
      }
    }
    let order = harms.indices.sorted {
      (-harms[$0].subtracted, -evaluation.slices.rows[$0], $0)
        < (-harms[$1].subtracted, -evaluation.slices.rows[$1], $1)
    }
    let shown = rows.map { ModelTests.text(ModelTests.member($0, "predicate")) }
    #expect(shown == order.prefix(50).map { evaluation.slices.predicate[$0] })
  }
}

extension Int {
  /// So that the smallest number can be negated.
  fileprivate var subtracted: Int { self == .min ? .min + 1 : self }
}
