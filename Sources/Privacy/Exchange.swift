/// Looks, for every withheld count, for rows that could have changed places: other data that give all shown counts
/// and another withheld one.
///
/// Such an exchange turns values of some features (of `slice` into those of `partner`) and of some outcome bits; what
/// it does to a count of any table is ±1 at the corners of a hypercube, or nothing. It is no secret where every
/// corner in every table that it touches is withheld; where one is not, it is withheld now.
struct Exchange {
  /// One way to do it.
  struct Move {
    /// Features that change, and from which values to which.
    var features: [Int] = []
    var from: [Int] = []
    var to: [Int] = []
    /// Features of the slice that stay, with their values.
    var fixed: [Int: Int] = [:]
    /// Bits that change, and the value of all bits at `from`.
    var bits = 0
    var base = 0
    /// Whether the count at `from` with `base` grows.
    var grows = false
  }

  /// What a move needs.
  struct Plan {
    var cost = 0.0
    var move: Move
    /// Where it begins, by family.
    var starts: [(family: Int, slice: Int)] = []
  }

  static let mostPartners = 400
  static let fewPartners = 24

  let tables: CountTables
  /// By slice, mask and value.
  private var protected: [Bool]
  var children = ChildIndex()
  /// Families with all of some features.
  var touching: [[Int]: [Int]] = [:]
  /// By the slice where they begin: corners of moves that turn the same features in the same way.
  var turned: [Int: [(slice: Int, isOdd: Bool)]] = [:]

  init(_ tables: CountTables) {
    self.tables = tables
    protected = [Bool](repeating: false, count: 64 * tables.sliceCount)
  }

  /// Protects every withheld count that is not yet. May withhold more; then it is to be called again.
  mutating func protect(_ withholding: inout Withholding) {
    for mask in tables.masks {
      for slice in 0..<tables.sliceCount where withholding.isHidden(mask, slice) {
        for value in CountTables.values(of: mask) { protect(slice, mask, value, &withholding) }
      }
    }
  }

  private mutating func protect(_ slice: Int, _ mask: Int, _ value: Int, _ withholding: inout Withholding) {
    let count = Self.place(slice, mask, value)
    guard !protected[count], !withholding.isKnownZero(slice, mask, value) else { return }
    if let plan = cheapest(slice, mask, value, withholding) {
      for (family, start) in plan.starts { apply(plan.move, from: start, family, &withholding) }
    } else {
      // Nothing can change places: the whole family goes.
      protected[count] = true
      for other in tables.families[tables.family[slice]].slices { withholding.hide(0, other) }
    }
  }

  private static func place(_ slice: Int, _ mask: Int, _ value: Int) -> Int { 64 * slice + 8 * mask + value }

  /// Withholds what an exchange needs in one table, and notes which counts it makes uncertain.
  private mutating func apply(_ move: Move, from start: Int, _ family: Int, _ withholding: inout Withholding)
  {
    for (slice, _) in corners(of: move, from: start, family) {
      for mask in tables.masks where mask & move.bits == move.bits {
        for bits in CountTables.values(of: move.bits) {
          protected[Self.place(slice, mask, (move.base ^ bits) & mask)] = true
        }
        withholding.hide(mask, slice)
      }
    }
  }

  // MARK: Search

  private mutating func cheapest(
    _ slice: Int, _ mask: Int, _ value: Int, _ withholding: Withholding
  ) -> Plan? {
    if let plan = cheapest(slice, mask, value, withholding, hiddenOnly: true), plan.cost == 0 { return plan }
    return cheapest(slice, mask, value, withholding, hiddenOnly: false)
  }

  /// - Parameter hiddenOnly: looks at a few withheld partners only, where an exchange mostly costs nothing
  private mutating func cheapest(
    _ slice: Int, _ mask: Int, _ value: Int, _ withholding: Withholding, hiddenOnly: Bool
  ) -> Plan? {
    var best: Plan?
    for places in featureSubsets(slice) {
      let partners =
        hiddenOnly
        ? hiddenPartners(of: slice, places, mask, withholding)
        : partners(of: slice, places, mask, withholding)
      for partner in partners {
        turned = [:]
        for move in moves(slice, places, partner, mask, value) {
          guard let plan = plan(move, withholding, cheaperThan: best?.cost ?? .infinity) else { continue }
          if plan.cost == 0 { return plan }
          best = plan
        }
      }
    }
    return best
  }

  /// Places of features that may change, all of them first.
  private func featureSubsets(_ slice: Int) -> [[Int]] {
    let width = tables.coordinates[slice].count
    return (0..<(1 << width)).map { bits in (0..<width).filter { bits & 1 << $0 != 0 } }
      .sorted { $0.count > $1.count }
  }

  /// The first that are withheld, after the slice itself.
  private mutating func hiddenPartners(
    of slice: Int, _ places: [Int], _ mask: Int, _ withholding: Withholding
  ) -> [[Int]] {
    guard !places.isEmpty else { return [] }
    let own = tables.coordinates[slice]
    let alike = siblings(of: slice, places, bySize: false)
    let start = alike.firstIndex { $0 > slice } ?? 0
    var found: [[Int]] = []
    for step in alike.indices {
      let other = alike[(start + step) % alike.count]
      guard withholding.isHidden(mask, other), isApart(own, other, places) else { continue }
      found.append(tables.projection(other, places))
      if found.count == Self.fewPartners { break }
    }
    return found
  }

  /// Slices of the same family with the same values at the other places, the slice itself among them.
  private mutating func siblings(of slice: Int, _ places: [Int], bySize: Bool) -> [Int] {
    let own = tables.coordinates[slice]
    let rest = own.indices.filter { !places.contains($0) }
    return children.slices(
      of: tables.family[slice], at: rest, with: rest.map { own[$0] }, tables, bySize: bySize)
  }

  private func isApart(_ own: [Int], _ other: Int, _ places: [Int]) -> Bool {
    places.allSatisfy { tables.coordinates[other][$0] != own[$0] }
  }

  /// Values that the features at these places may change to: of withheld slices first, then of small ones.
  private mutating func partners(
    of slice: Int, _ places: [Int], _ mask: Int, _ withholding: Withholding
  ) -> [[Int]] {
    guard !places.isEmpty else { return [[]] }
    let own = tables.coordinates[slice]
    let alike = siblings(of: slice, places, bySize: true)
    var found: [[Int]] = []
    for isHidden in [true, false] {
      for other in alike where withholding.isHidden(mask, other) == isHidden && isApart(own, other, places) {
        guard found.count < Self.mostPartners else { break }
        found.append(tables.projection(other, places))
      }
    }
    // The rows outside the shown groups of a feature, where only some are shown.
    if own.count == 1, places == [0] { found.append([-1]) }
    return found
  }

  /// By mask: its values, those with more bits first.
  private static let choices = (0..<8).map { mask in
    CountTables.values(of: mask).sorted { ($1.nonzeroBitCount, $0) < ($0.nonzeroBitCount, $1) }
  }

  /// With every choice of outcome bits that changes the count.
  private func moves(_ slice: Int, _ places: [Int], _ partner: [Int], _ mask: Int, _ value: Int) -> [Move] {
    let own = tables.coordinates[slice]
    let features = tables.families[tables.family[slice]].features
    var move = Move(features: places.map { features[$0] }, from: places.map { own[$0] }, to: partner)
    for place in own.indices where !places.contains(place) { move.fixed[features[place]] = own[place] }
    var moves: [Move] = []
    for bits in Self.choices[mask] {
      for free in CountTables.values(of: tables.allBits & ~mask) {
        (move.bits, move.base) = (bits, value | free)
        for grows in [false, true] {
          move.grows = grows
          moves.append(move)
        }
      }
    }
    return moves
  }
}
