import Charts
import Results
import Templating

extension SliceTable {
  /// Everything that the script needs, in columns.
  func data() -> TemplateValue {
    let names = terms()
    let bits = ColumnCode.width(names.shown.count)
    let counted = SliceDenominators(evaluation)
    let weights = evaluation.slices.cellWeights.count == 4 * evaluation.slices.count ? self.weights : nil
    var members: [String: TemplateValue] = [
      "count": .integer(evaluation.slices.count),
      "minimum": .integer(Wording.smallCount),
      "z": .number(maker.arithmetic.z),
      "labelled": .bool(builder.hasLabel && builder.hasOutcomes),
      "reasons": .list(maker.reasons.texts.map { .text($0) }),
      "terms": .list(names.shown.map { .text($0) }),
      "raw": .list(names.raw),
      "families": .list(
        evaluation.families.map {
          [.integer($0.count), .integer(max(1, $0.features.count)), .integer($0.reference ?? -1)]
        }),
      "slices": packed(names.places, bits: bits),
      "cells": .list(builder.hasOutcomes ? cells : []),
      "weights": weights.map { .list($0) } ?? .null,
      "rows": .list(
        (builder.hasOutcomes ? maker.isWithheld : []).indices.filter { maker.isWithheld[$0] }.flatMap {
          slice in
          rows(slice).map { [[.integer(slice), .integer($0)]] } ?? []
        }),
      "columns": .list(columns.map { json($0, counted) }),
      "sets": .list(
        sets.map { ["name": .text($0.name), "columns": .list($0.columns.map { .integer($0) })] }),
      "gate": gate(),
    ]
    if !builder.hasOutcomes {
      members["among"] = .list(
        counted.lists.map { [.integer($0.key), json($0.counts, $0.reasons, decimals: 0)] })
    }
    return .object(members)
  }

  /// The terms of all predicates: as shown, those whose bytes differ, and the places of each slice's.
  private func terms() -> (shown: [String], raw: [TemplateValue], places: [Int]) {
    var known: [String: Int] = [:]
    var (shown, raw, places): ([String], [TemplateValue], [Int]) = ([], [], [])
    for predicate in evaluation.slices.predicate {
      for term in Names.terms(predicate) {
        if known[term] == nil {
          known[term] = shown.count
          if VisibleText.of(term) != term {
            raw.append([.integer(shown.count), .text(ColumnCode.base64(Array(term.utf8)))])
          }
          shown.append(VisibleText.of(term))
        }
        places.append(known[term] ?? 0)
      }
    }
    return (shown, raw, places)
  }

  private func packed(_ codes: [Int], bits: Int) -> TemplateValue {
    [
      "b": .integer(bits), "n": .integer(codes.count), "v": .text(ColumnCode.base64(codes, bits: bits)),
    ]
  }

  /// Rows by outcome, from which the script works out rates, their limits and their gaps.
  private var cells: [TemplateValue] {
    maker.arithmetic.rows.map { column in
      json(
        column.map { $0.isNaN ? nil : Int($0) }, column.map { $0.isNaN ? SliceReasons.withheld : 0 },
        decimals: 0)
    }
  }

  /// Weights and squared weights by outcome, as leading bits of single-precision numbers.
  private var weights: [TemplateValue] {
    let slices = evaluation.slices
    return [
      (slices.cellWeights, SliceArithmetic.weightBits),
      (slices.cellSquaredWeights, SliceArithmetic.squareBits),
    ].flatMap { sums, bits in
      (0..<4).map { outcome in
        packed(
          maker.isWithheld.indices.map { slice in
            ColumnCode.floatCode(maker.isWithheld[slice] ? .nan : sums[4 * slice + outcome], bits: bits)
          }, bits: bits)
      }
    }
  }

  private func json(_ units: [Int?], _ reasons: [Int], decimals: Int) -> TemplateValue {
    let code = ColumnCode(
      units: units, reasons: reasons, reasonCodes: maker.reasons.texts.count, decimals: decimals)
    return [
      "o": .integer(code.offset), "b": .integer(code.bits), "v": .text(code.base64),
      "e": .list(code.outliers.map { [.integer($0.row), .integer($0.units)] }),
    ]
  }

  /// Denominators by the outcomes they count.
  private static let outcomes = [
    "positives": 0b0101, "negatives": 0b1010, "predicted positives": 0b0011, "predicted negatives": 0b1100,
    "positives or predicted positives": 0b0111,
  ]

  private func json(_ column: SliceColumn, _ counted: SliceDenominators) -> TemplateValue {
    var members: [String: TemplateValue] = [
      "id": .text(column.id), "key": .text(column.key), "name": .text(column.name),
      "symbol": .text(column.symbol), "of": .text(column.of), "d": .integer(column.decimals),
      "better": .integer(
        column.direction == .higherIsBetter ? 1 : column.direction == .lowerIsBetter ? -1 : 0),
      "isCount": .bool(column.isCount),
      "den": .integer(
        column.gap != nil
          ? 0 : builder.hasOutcomes ? SliceTable.outcomes[column.of] ?? 15 : counted.keys[column.id] ?? 15),
    ]
    if column.measure != 1 { members["s"] = .number(column.measure) }
    if let gap = column.gap { members["gap"] = [.integer(gap.base), .integer(gap.against.rawValue)] }
    switch column.source {
    case .sum(let mask): members["sum"] = .integer(mask)
    case .share(let share, let empty, let exceptions):
      members["den"] = .integer(share.denominator)
      members["num"] = .integer(share.numerator)
      members["empty"] = .integer(empty)
      members["e"] = .list(exceptions.map(json))
    case .gap(let exceptions): members["e"] = .list(exceptions.map(json))
    case .packed:
      let numbers = column.numbers
      members["value"] = json(numbers.value, numbers.reason, decimals: column.decimals)
      if numbers.lower.contains(where: { $0 != nil }) {
        members["lower"] = json(numbers.lower, numbers.reason, decimals: column.decimals)
        members["upper"] = json(numbers.upper, numbers.reason, decimals: column.decimals)
      }
    }
    return .object(members)
  }

  private func json(_ one: SliceColumn.Exception) -> TemplateValue {
    func optional(_ units: Int?) -> TemplateValue { units.map { .integer($0) } ?? .null }
    return [
      .integer(one.row), optional(one.value), optional(one.lower), optional(one.upper), .integer(one.reason),
    ]
  }

  /// Which checks looked at which slices, and what they found: an item a number, by slice, check and verdict.
  private func gate() -> TemplateValue {
    guard let page = GatePage(builder) else { return .null }
    var touches: [(slice: Int, check: Int, verdict: Int)] = []
    for (check, result) in page.judgement.checks.enumerated() {
      for item in result.items {
        // Between groups both sides made the gap; elsewhere the reference is only what others are held against.
        let sides =
          [item.sliceIndex] + (result.comparison == .betweenGroups ? [item.referenceIndex] : [])
        for slice in sides.compactMap({ $0 }) where maker.isWithheld.indices.contains(slice) {
          touches.append((slice, check, item.verdict.rank))
        }
      }
    }
    touches.sort { $0 < $1 }
    func column(_ values: [Int]) -> TemplateValue {
      packed(values, bits: ColumnCode.width((values.max() ?? 0) + 1))
    }
    return [
      "checks": .list(
        page.judgement.checks.indices.map { check in
          [.text(GatePage.name(page.judgement.checks[check].id)), .text("#" + page.anchor(check))]
        }),
      "words": .list(
        Verdict.allCases.sorted { $0.rank < $1.rank }.map {
          [.text(GateWords.sign($0)), .text(GateWords.word($0))]
        }),
      "slices": column(touches.map(\.slice)), "of": column(touches.map(\.check)),
      "found": column(touches.map(\.verdict)),
    ]
  }

  /// JSON that may stand in a script element, for any reader: the two line separators are escaped, too.
  static func scriptSafe(_ json: String) -> String {
    json.replacing("\u{2028}", with: "\\u2028").replacing("\u{2029}", with: "\\u2029")
  }
}
