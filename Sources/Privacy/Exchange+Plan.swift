extension Exchange {
  /// What a move needs in every table that it touches; nil where there are no rows for it, or it costs as much as
  /// `limit` or more.
  mutating func plan(_ move: Move, _ withholding: Withholding, cheaperThan limit: Double) -> Plan? {
    if move.to == [-1], !hasRest(move) { return nil }
    var plan = Plan(move: move)
    var assigned = move.fixed
    for family in touched(by: move.features) {
      var best: (cost: Double, slice: Int)?
      let starts = starts(family, move, assigned)
      for start in starts {
        guard let cost = cost(of: move, from: start, family, withholding) else { continue }
        if cost < best?.cost ?? .infinity { best = (cost, start) }
        if cost == 0 { break }
      }
      guard let best else {
        guard starts.isEmpty else { return nil }
        continue
      }
      plan.cost += best.cost
      guard plan.cost < limit else { return nil }
      plan.starts.append((family, best.slice))
      let values = zip(tables.families[family].features, tables.coordinates[best.slice])
      for (feature, value) in values where !move.features.contains(feature) { assigned[feature] = value }
    }
    return plan.starts.isEmpty ? nil : plan
  }

  /// Families with all of these features, those with more before those with fewer, so that values that are chosen
  /// for one hold in the others.
  private mutating func touched(by features: [Int]) -> [Int] {
    if let known = touching[features] { return known }
    let found = tables.families.indices.filter { index in
      features.allSatisfy { tables.families[index].features.contains($0) }
    }.sorted { tables.families[$0].features.count > tables.families[$1].features.count }
    touching[features] = found
    return found
  }

  /// Slices of a family at which a move may begin.
  private mutating func starts(_ family: Int, _ move: Move, _ assigned: [Int: Int]) -> [Int] {
    var places: [Int] = []
    var values: [Int] = []
    for (place, feature) in tables.families[family].features.enumerated() {
      let value = move.features.firstIndex(of: feature).map { move.from[$0] } ?? assigned[feature]
      guard let value else { continue }
      places.append(place)
      values.append(value)
    }
    return children.slices(of: family, at: places, with: values, tables, bySize: false)
  }

  /// The slices that a move changes in one table, and whether an odd number of features is turned there.
  func corners(of move: Move, from start: Int, _ family: Int) -> [(slice: Int, isOdd: Bool)] {
    let table = tables.families[family]
    let places = move.features.map { table.features.firstIndex(of: $0) ?? 0 }
    return (0..<(1 << places.count)).compactMap { flips in
      guard flips != 0 else { return (start, false) }
      var coordinate = tables.coordinates[start]
      for (index, place) in places.enumerated() where flips & 1 << index != 0 {
        coordinate[place] = move.to[index]
      }
      return table.place[coordinate].map { ($0, flips.nonzeroBitCount % 2 == 1) }
    }
  }

  /// What a move would withhold in one table; nil where a count would fall below 0.
  private mutating func cost(
    of move: Move, from start: Int, _ family: Int, _ withholding: Withholding
  ) -> Double? {
    guard isPossible(move, at: start, isOdd: false) else { return nil }
    let corners = turned[start] ?? corners(of: move, from: start, family)
    turned[start] = corners
    var total = 0.0
    for (slice, isOdd) in corners {
      guard isPossible(move, at: slice, isOdd: isOdd) else { return nil }
      for mask in tables.masks where mask & move.bits == move.bits && !withholding.isHidden(mask, slice) {
        total += cost(of: slice)
      }
    }
    return total
  }

  /// Whether no count of a corner would fall below 0.
  private func isPossible(_ move: Move, at slice: Int, isOdd: Bool) -> Bool {
    CountTables.values(of: move.bits).allSatisfy { bits in
      let grows = move.grows == ((bits.nonzeroBitCount % 2 == 1) == isOdd)
      return grows || tables.cell(slice, move.base ^ bits) > 0
    }
  }

  /// Large slices are missed more; all rows together most of all.
  private func cost(of slice: Int) -> Double {
    if tables.coordinates[slice].isEmpty { return 1000 }
    return 1 + 10 * Double(tables.rows(slice)) / Double(max(1, tables.whole.map(tables.rows) ?? 1))
  }

  /// Whether there are rows outside the shown groups of a feature, of the kind that would have to leave them.
  private func hasRest(_ move: Move) -> Bool {
    guard
      let family = tables.families.indices.first(where: { tables.families[$0].features == move.features }),
      let all = tables.whole
    else { return false }
    func rest(_ count: (Int) -> Int) -> Int {
      tables.families[family].slices.reduce(count(all)) { $0 - count($1) }
    }
    guard rest(tables.rows) > 0 else { return false }
    return CountTables.values(of: move.bits).allSatisfy { bits in
      let grows = move.grows == (bits.nonzeroBitCount % 2 == 1)
      return grows || rest { tables.cell($0, move.base ^ bits) } > 0
    }
  }
}

/// Slices by the values that they have in some features of their family.
struct ChildIndex {
  private struct Key: Hashable {
    var family: Int
    var places: [Int]
    var isBySize: Bool
  }

  private var slices: [Key: [[Int]: [Int]]] = [:]

  /// - Parameter bySize: those with fewer rows first, else in their own order
  mutating func slices(
    of family: Int, at places: [Int], with values: [Int], _ tables: CountTables, bySize: Bool
  ) -> [Int] {
    let key = Key(family: family, places: places, isBySize: bySize)
    if let known = slices[key] { return known[values] ?? [] }
    var found = Dictionary(grouping: tables.families[family].slices) { tables.projection($0, places) }
    if bySize {
      found = found.mapValues { list in list.sorted { (tables.rows($0), $0) < (tables.rows($1), $1) } }
    }
    slices[key] = found
    return found[values] ?? []
  }
}
