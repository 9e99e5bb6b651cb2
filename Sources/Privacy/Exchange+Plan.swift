extension Exchange {
  /// What a move needs in every table that it touches; nil where there are no rows for it, or it costs as much as
  /// `limit` or more.
  mutating func plan(_ move: Move, _ withholding: Withholding, cheaperThan limit: Double) -> Plan? {
    if move.to == [-1], !hasRest(move) { return nil }
    var plan = Plan()
    var assigned = move.fixed
    for family in touched(by: move.features) {
      var best: (plan: Plan, slice: Int)?
      var isAnyPossible = false
      let starts = starts(family, move, assigned)
      for start in starts {
        guard let found = corners(from: start, family, move, withholding) else { continue }
        isAnyPossible = true
        if found.cost < best?.plan.cost ?? .infinity { best = (found, start) }
        if found.cost == 0 { break }
      }
      guard isAnyPossible || starts.isEmpty else { return nil }
      guard let best else { continue }
      plan.cost += best.plan.cost
      guard plan.cost < limit else { return nil }
      plan.toHide.formUnion(best.plan.toHide)
      plan.covered.formUnion(best.plan.covered)
      let values = zip(tables.families[family].features, tables.coordinates[best.slice])
      for (feature, value) in values where !move.features.contains(feature) { assigned[feature] = value }
    }
    return plan.covered.isEmpty ? nil : plan
  }

  /// Families with all of these features, those with more before those with fewer, so that values that are chosen
  /// for one hold in the others.
  private func touched(by features: [Int]) -> [Int] {
    tables.families.indices.filter { index in
      features.allSatisfy { tables.families[index].features.contains($0) }
    }.sorted { tables.families[$0].features.count > tables.families[$1].features.count }
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
    return children.slices(of: family, at: places, with: values, tables)
  }

  /// The corners of a move in one table; nil where a count would fall below 0.
  private func corners(from start: Int, _ family: Int, _ move: Move, _ withholding: Withholding) -> Plan? {
    let table = tables.families[family]
    let masks = tables.masks.filter { $0 & move.bits == move.bits }
    let places = move.features.map { table.features.firstIndex(of: $0) ?? 0 }
    var plan = Plan()
    for flips in 0..<(1 << places.count) {
      var coordinate = tables.coordinates[start]
      for (index, place) in places.enumerated() where flips & 1 << index != 0 {
        coordinate[place] = move.to[index]
      }
      guard let slice = table.place[coordinate] else { continue }
      for bits in CountTables.values(of: move.bits) {
        let cell = move.base ^ bits
        let grows = move.grows == ((flips.nonzeroBitCount + bits.nonzeroBitCount) % 2 == 0)
        guard grows || tables.cell(slice, cell) > 0 else { return nil }
        for mask in masks { plan.covered.insert(Count(slice: slice, mask: mask, value: cell & mask)) }
      }
      for mask in masks where !withholding.isHidden(mask, slice) {
        plan.cost += cost(of: slice)
        plan.toHide.insert(Corner(slice: slice, mask: mask))
      }
    }
    return plan
  }

  /// Large slices are missed more; all rows together most of all.
  private func cost(of slice: Int) -> Double {
    if tables.coordinates[slice].isEmpty { return 1000 }
    let total =
      tables.families.indices.first { tables.families[$0].features.isEmpty }
      .flatMap { tables.families[$0].slices.first }.map(tables.rows) ?? 1
    return 1 + 10 * Double(tables.rows(slice)) / Double(max(1, total))
  }

  /// Whether there are rows outside the shown groups of a feature, of the kind that would have to leave them.
  private func hasRest(_ move: Move) -> Bool {
    guard
      let family = tables.families.indices.first(where: { tables.families[$0].features == move.features }),
      let all = tables.families.first(where: { $0.features.isEmpty })?.slices.first
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
  }

  private var slices: [Key: [[Int]: [Int]]] = [:]

  mutating func slices(of family: Int, at places: [Int], with values: [Int], _ tables: CountTables) -> [Int] {
    let key = Key(family: family, places: places)
    if slices[key] == nil {
      slices[key] = Dictionary(grouping: tables.families[family].slices) { tables.projection($0, places) }
    }
    return slices[key]?[values] ?? []
  }
}
