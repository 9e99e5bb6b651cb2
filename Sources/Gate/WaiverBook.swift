import Results

/// The waivers of a run: failures that somebody has accepted, for a while and up to a value.
package struct WaiverBook: Sendable {
  struct Entry: Sendable {
    var record: WaiverRecord
    var selector: Selector
    var isExpired: Bool
    var hasMatched = false
  }

  package let source: Judgement.Source
  package let asOf: Day
  var entries: [Entry]

  package var records: [WaiverRecord] { entries.map(\.record) }

  /// What has to be told: waivers that waive nothing, and why.
  package var notes: [String] {
    records.compactMap { record in
      let what: String
      switch record.status {
      case .expired: what = "expired on \(record.expires) and waives nothing"
      case .unmatched: what = "matches no check and group of this run; remove it or correct it"
      case .exceeded: what = "accepts \(NumberText.text(record.accepted)); the result is worse"
      case .idle: what = "is not needed: nothing that it covers failed"
      case .applied: return nil
      }
      let line = record.line.map { "line \($0), " } ?? ""
      return "The waiver of “\(record.check)” for \(record.slice) (\(line)\(record.owner)) \(what)."
    }
  }

  /// Waives the failures of a check that are covered and no worse than accepted.
  mutating func apply(to result: inout CheckResult, evaluation: Evaluation) {
    for index in entries.indices where entries[index].record.check == result.id {
      for place in result.items.indices where entries[index].covers(result.items[place], in: evaluation) {
        entries[index].hasMatched = true
        guard !entries[index].isExpired else {
          entries[index].record.status = .expired
          continue
        }
        entries[index].meet(&result.items[place], result, index: index)
      }
    }
  }
}

extension WaiverBook.Entry {
  /// Whether the waiver names the group, or the family whose range was judged.
  func covers(_ item: CheckItem, in evaluation: Evaluation) -> Bool {
    switch selector.form {
    case .all: return true
    case .overall: return item.sliceIndex == 0
    case .family:
      // A measure of all groups bears the name of their family.
      guard let slice = item.sliceIndex else { return selector.form == Selector(item.slice).form }
      let family = evaluation.families[evaluation.slices.family[slice]]
      return selector.form == Selector(family.name).form
    case .groups(let terms):
      guard let slice = item.sliceIndex else { return false }
      let groups = SelectionFinder(evaluation).groups(of: slice)
      return groups.count == terms.count
        && terms.allSatisfy { term in
          groups.contains { $0.feature == term.feature && term.pattern.matches($0.group) }
        }
    }
  }

  /// A failure within what is accepted is waived; a worse one stands.
  mutating func meet(_ item: inout CheckItem, _ result: CheckResult, index: Int) {
    guard item.verdict == .fail, let value = item.value else {
      if record.status == .unmatched { record.status = .idle }
      return
    }
    let isAbove = result.maximum.map { !Bounds(maximum: $0).contains(value) } ?? (result.minimum == nil)
    let accepted = isAbove ? Bounds(maximum: record.accepted) : Bounds(minimum: record.accepted)
    if accepted.contains(value) {
      item.verdict = .waived
      item.waiver = index
      if record.status != .exceeded { record.status = .applied }
    } else {
      record.status = .exceeded
    }
  }
}
