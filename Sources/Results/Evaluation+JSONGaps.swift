// Gaps column by column. Texts and lists of excluded groups repeat a thousandfold, so each is stored once
// and named by its place.

extension Gap {
  static func write(_ gaps: [Gap], to writer: inout JSONWriter) {
    writer.object { object in
      object.member("count") { $0.integer(gaps.count) }
      object.member("family") { $0.integers(gaps.map(\.family)) }
      object.member("metric") { $0.distinctTexts(gaps.map(\.metric)) }
      object.member("component") { $0.distinctTexts(gaps.map(\.component)) }
      object.member("kind") { $0.distinctTexts(gaps.map(\.kind.rawValue)) }
      object.member("comparison") { $0.distinctTexts(gaps.map(\.comparison.rawValue)) }
      object.member("group") { $0.numbers(gaps.map { $0.group.map(Double.init) ?? .nan }) }
      object.member("reference") { $0.numbers(gaps.map { $0.reference.map(Double.init) ?? .nan }) }
      EstimateColumns(gaps.map(\.estimate)).writeColumns(to: &object)
      object.member("p_value") { $0.numbers(gaps.map { $0.pValue ?? .nan }) }
      object.member("test") { $0.distinctTexts(gaps.map(\.test)) }
      object.member("interval") { $0.distinctTexts(gaps.map(\.interval)) }
      object.member("excluded") { writeExclusions(gaps, to: &$0) }
    }
  }

  private static func writeExclusions(_ gaps: [Gap], to writer: inout JSONWriter) {
    var lists = ExclusionLists()
    let index = gaps.map { $0.excluded.isEmpty ? Double.nan : Double(lists.place(of: $0.excluded)) }
    writer.object { object in
      object.member("lists") { array in
        array.array { array in
          for list in lists.distinct {
            array.element {
              $0.array { array in
                for exclusion in list {
                  array.element {
                    $0.object {
                      $0.member("group") { $0.string(exclusion.group) }
                      $0.member("reason") { $0.string(exclusion.reason) }
                    }
                  }
                }
              }
            }
          }
        }
      }
      object.member("index") { $0.numbers(index) }
    }
  }
}

/// Distinct lists of excluded groups. Gaps of one search share one buffer, so the newest lists are compared
/// first: equal buffers are equal without a look inside.
private struct ExclusionLists {
  private(set) var distinct: [[Gap.Exclusion]] = []
  private var places: [[String]: Int] = [:]

  mutating func place(of list: [Gap.Exclusion]) -> Int {
    for place in distinct.indices.suffix(8).reversed() where distinct[place] == list { return place }
    let key = list.flatMap { [$0.group, $0.reason] }
    if let place = places[key] { return place }
    places[key] = distinct.count
    distinct.append(list)
    return distinct.count - 1
  }
}
