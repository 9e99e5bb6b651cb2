import Charts
import Fairness
import Results
import Templating

extension LabPage {
  /// The most bytes of counts that the page carries, before base64; families that do not fit have charts only.
  static let dataBudget = 20_000

  /// Families whose counts the page carries.
  var packed: [(family: Int, data: LabData)] {
    var left = LabPage.dataBudget
    return families.compactMap { family in
      let data = LabData(self, family)
      guard data.bytes.count <= left else { return nil }
      left -= data.bytes.count
      return (family, data)
    }
  }

  /// The threshold that decides, or the one that selects most nearly as many.
  private var start: Int {
    if let operating = lab.operating { return operating }
    let whole = ThresholdGroup(0, curves, evaluation.slices)
    func selected(_ one: ThresholdGroup.Selected) -> Double { one.positives + one.negatives }
    let decided = selected(whole.decided)
    return curves.thresholds.indices.min {
      abs(selected(whole.selected(at: $0)) - decided) < abs(selected(whole.selected(at: $1)) - decided)
    } ?? 0
  }

  /// What the script needs, and the words around it.
  func tool(_ packed: [(family: Int, data: LabData)]) -> TemplateValue {
    guard !packed.isEmpty else { return .null }
    let definitions = ThresholdGaps.definitions
    let json: TemplateValue = [
      "t": .list(curves.thresholds.map { .number($0) }),
      "digits": .integer(thresholdDigits), "now": lab.operating.map { .integer($0) } ?? .null,
      "cut": lab.operating.map { .text(threshold($0)) } ?? .null, "start": .integer(start),
      "n": .integer(evaluation.slices.rows[0]),
      "families": .list(packed.map { $0.data.json }),
    ]
    return [
      "gaps": .list(
        definitions.map { ["id": .text($0.id), "name": .text($0.name)] }),
      "families": .list(
        packed.map {
          [
            "value": .text(builder.slugs[$0.family]),
            "name": .text(builder.familyName($0.family)),
          ]
        }),
      "last": .integer(curves.thresholds.count - 1),
      "json": .markup(SliceTable.scriptSafe(json.json(indented: false))),
    ]
  }
}

/// Counts of a family's groups between thresholds as one run of codes.
///
/// For each group: the number of its occupied bins (order 6), the orders of its positives and of its negatives (order 2), then
/// for each of these bins the bins skipped before it (order 0), positives and negatives: whole numbers in the group's
/// order, others as 64-bit floating point.
struct LabData {
  let bytes: [UInt8]
  let json: TemplateValue

  init(_ page: LabPage, _ family: Int) {
    let evaluation = page.evaluation
    let slices = Array(evaluation.families[family].slices)
    let shown = slices.filter { !page.isWithheld($0) }
    let isWhole = shown.allSatisfy { slice in
      let entries = page.curves.offsets[slice]..<page.curves.offsets[slice + 1]
      return entries.allSatisfy {
        LabData.isWhole(page.curves.positives[$0]) && LabData.isWhole(page.curves.negatives[$0])
      }
    }
    var code = CountCode()
    for slice in shown { LabData.append(slice, page.curves, isWhole, to: &code) }
    bytes = code.bytes
    let groups = page.groups(family)
    json = [
      "whole": .bool(isWhole),
      "groups": .list(
        groups.filter { shown.contains($0.slice) }.map { group in
          [
            "name": .text(page.builder.label(group.slice)),
            "n": .integer(evaluation.slices.rows[group.slice]),
            "why": .list(LabData.reasons(group, evaluation)),
          ]
        }),
      "withheld": .list(
        slices.filter(page.isWithheld).map { .text("\(page.builder.label($0)) (withheld)") }),
      "rest": .list(LabData.rest(page, groups.filter { shown.contains($0.slice) }).map { .number($0) }),
      "was": .list(LabData.decided(page, family)), "data": .text(ColumnCode.base64(bytes)),
    ]
  }

  private static func isWhole(_ value: Double) -> Bool {
    value >= 0 && value < 9e15 && value == value.rounded()
  }

  private static func append(
    _ slice: Int, _ curves: ThresholdCurves, _ isWhole: Bool, to code: inout CountCode
  ) {
    let entries = curves.offsets[slice]..<curves.offsets[slice + 1]
    code.append(UInt64(entries.count), order: 6)
    func order(_ counts: [Double]) -> Int {
      isWhole ? CountCode.order(entries.map { UInt64(counts[$0]) }) : 0
    }
    let columns = [(curves.positives, order(curves.positives)), (curves.negatives, order(curves.negatives))]
    for (_, order) in columns { code.append(UInt64(order), order: 2) }
    var last = -1
    for entry in entries {
      code.append(UInt64(curves.bin[entry] - last - 1), order: 0)
      last = curves.bin[entry]
      for (counts, order) in columns {
        if isWhole {
          code.append(UInt64(counts[entry]), order: order)
        } else {
          code.append(counts[entry])
        }
      }
    }
  }

  /// Why a group has no selection rate, true and false positive rate; empty where it has one.
  private static func reasons(_ group: ThresholdGroup, _ evaluation: Evaluation) -> [TemplateValue] {
    ThresholdGaps.rates.map { metric in
      .text(VisibleText.of(group.reason(metric, level: evaluation.level) ?? ""))
    }
  }

  /// Rows that are in no group shown, as decided: true and false positives, positives and negatives.
  private static func rest(_ page: LabPage, _ groups: [ThresholdGroup]) -> [Double] {
    let whole = ThresholdGroup(0, page.curves, page.evaluation.slices)
    guard
      groups.count < page.evaluation.families[page.evaluation.slices.family[groups.first?.slice ?? 0]].count
    else { return [0, 0, 0, 0] }
    func part(_ all: Double, _ of: (ThresholdGroup) -> Double) -> Double {
      max(0, groups.reduce(all) { $0 - of($1) })
    }
    return [
      part(whole.decided.positives) { $0.decided.positives },
      part(whole.decided.negatives) { $0.decided.negatives },
      part(whole.positives) { $0.positives }, part(whole.negatives) { $0.negatives },
    ]
  }

  /// Differences and ratios as decided, by gap.
  private static func decided(_ page: LabPage, _ family: Int) -> [TemplateValue] {
    let groups = page.groups(family).filter { !page.isWithheld($0.slice) }
    return ThresholdGaps.definitions.map { definition in
      let gaps = ThresholdGaps(definition, groups, level: page.evaluation.level)
      return .list(
        [Gap.Kind.difference, .ratio].map { kind in
          gaps.value(kind, gaps.groups.map(\.decided)).map { .number($0) } ?? .null
        })
    }
  }
}
