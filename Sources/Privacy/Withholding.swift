/// Which slices are withheld, layer by layer, and what follows from that.
///
/// Three rules, applied until none adds anything: small counts are withheld (primary suppression); what the shown
/// counts of a table leave to its withheld cells must not be small either; and for every withheld count there must
/// be other data with another count that give everything that is shown (secondary suppression by hypercubes:
/// Repsilber 1994; Giessing & Repsilber 2002).
struct Withholding: Sendable {
  let tables: CountTables
  /// The smallest count that is shown.
  let below: Int
  /// By mask and slice.
  private(set) var hidden: [[Bool]]
  /// Grows with everything that is withheld.
  private(set) var revision = 0

  /// Totals and their parts, in the order in which they are closed.
  private let lines: [(total: Int, parts: [Int])]

  /// Complexity: O(slices · families) for tables with many small cells, in the worst case O(slices²).
  init(_ tables: CountTables, below: Int) {
    self.tables = tables
    self.below = below
    lines = Self.lines(tables)
    hidden = [[Bool]](repeating: [Bool](repeating: false, count: tables.sliceCount), count: 8)
    withholdSmall()
    var exchange = Exchange(tables)
    var seen = -1
    while seen != revision {
      seen = revision
      closeLines()
      exchange.protect(&self)
    }
  }

  func isHidden(_ mask: CountTables.Mask, _ slice: Int) -> Bool { hidden[mask][slice] }

  /// Withholds a table's counts of a slice, and those that distinguish more.
  mutating func hide(_ mask: CountTables.Mask, _ slice: Int) {
    for finer in tables.masks where finer & mask == mask && !hidden[finer][slice] {
      hidden[finer][slice] = true
      revision += 1
    }
  }

  func isSmall(_ count: Int) -> Bool { count > 0 && count < below }

  private mutating func withholdSmall() {
    for mask in tables.masks {
      let values = CountTables.values(of: mask)
      for slice in 0..<tables.sliceCount
      where values.contains(where: { isSmall(tables.count(slice, mask: mask, value: $0)) }) {
        hide(mask, slice)
      }
    }
  }

  // MARK: What can be had by subtraction

  /// What the shown parts of a total leave is known: if it is small, the smallest shown part is withheld, too.
  private mutating func closeLines() {
    for (total, parts) in lines {
      for mask in tables.masks where !hidden[mask][total] { closeLine(mask, parts, of: total) }
    }
  }

  private static func lines(_ tables: CountTables) -> [(total: Int, parts: [Int])] {
    tables.families.indices.flatMap { family in
      tables.margins[family].flatMap { margin in
        Dictionary(grouping: tables.families[family].slices) { tables.projection($0, margin.places) }
          .sorted { $0.value[0] < $1.value[0] }
          .compactMap { value, parts in
            tables.families[margin.family].place[value].map { ($0, parts) }
          }
      }
    }
  }

  private mutating func closeLine(_ mask: CountTables.Mask, _ slices: [Int], of total: Int) {
    var shown = slices.filter { !hidden[mask][$0] }
    let values = CountTables.values(of: mask)
    // What the total has without the shown parts.
    var rest = values.map { value in
      shown.reduce(tables.count(total, mask: mask, value: value)) {
        $0 - tables.count($1, mask: mask, value: value)
      }
    }
    guard rest.contains(where: isSmall) else { return }
    shown.sort { (tables.rows($0), $0) > (tables.rows($1), $1) }
    while rest.contains(where: isSmall) {
      // An empty slice leaves nothing.
      guard let next = shown.lastIndex(where: { tables.rows($0) > 0 }) else { return }
      let slice = shown.remove(at: next)
      hide(mask, slice)
      for (place, value) in values.enumerated() {
        rest[place] += tables.count(slice, mask: mask, value: value)
      }
    }
  }

  /// Whether a withheld count is known to be 0 because a shown count that contains it is.
  func isKnownZero(_ slice: Int, _ mask: CountTables.Mask, _ value: Int) -> Bool {
    guard tables.count(slice, mask: mask, value: value) == 0 else { return false }
    return tables.containing[slice].contains { outer in
      tables.masks.contains { coarser in
        coarser & mask == coarser && !hidden[coarser][outer]
          && tables.count(outer, mask: coarser, value: value & coarser) == 0
      }
    }
  }
}
