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

  struct Corner: Hashable {
    var slice: Int
    var mask: Int
  }

  /// What a move needs.
  struct Plan {
    var cost = 0.0
    /// What must be withheld besides.
    var toHide: Set<Corner> = []
    /// Counts that it makes uncertain.
    var covered: Set<Count> = []
  }

  struct Count: Hashable {
    var slice: Int
    var mask: Int
    var value: Int
  }

  static let mostPartners = 400
  static let fewPartners = 24

  let tables: CountTables
  private var protected: Set<Count> = []
  var children = ChildIndex()

  init(_ tables: CountTables) { self.tables = tables }

  /// Protects every withheld count that is not yet. May withhold more; then it is to be called again.
  mutating func protect(_ withholding: inout Withholding) {
    for mask in tables.masks {
      for slice in 0..<tables.sliceCount where withholding.isHidden(mask, slice) {
        for value in CountTables.values(of: mask) { protect(slice, mask, value, &withholding) }
      }
    }
  }

  private mutating func protect(_ slice: Int, _ mask: Int, _ value: Int, _ withholding: inout Withholding) {
    let count = Count(slice: slice, mask: mask, value: value)
    guard !protected.contains(count), !withholding.isKnownZero(slice, mask, value) else { return }
    if let plan = cheapest(slice, mask, value, withholding) {
      protected.formUnion(plan.covered)
      for corner in plan.toHide { withholding.hide(corner.mask, corner.slice) }
    } else {
      // Nothing can change places: the whole family goes.
      protected.insert(count)
      for other in tables.families[tables.family[slice]].slices { withholding.hide(0, other) }
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
  private func hiddenPartners(
    of slice: Int, _ places: [Int], _ mask: Int, _ withholding: Withholding
  ) -> [[Int]] {
    guard !places.isEmpty else { return [] }
    let family = tables.families[tables.family[slice]].slices
    let own = tables.coordinates[slice]
    var found: [[Int]] = []
    let start = (family.firstIndex(of: slice) ?? 0) + 1
    for step in 0..<family.count {
      let other = family[(start + step) % family.count]
      guard withholding.isHidden(mask, other) else { continue }
      let values = tables.coordinates[other]
      guard own.indices.allSatisfy({ (values[$0] != own[$0]) == places.contains($0) }) else { continue }
      found.append(tables.projection(other, places))
      if found.count == Self.fewPartners { break }
    }
    return found
  }

  /// Values that the features at these places may change to: of withheld slices first, then of small ones.
  private func partners(
    of slice: Int, _ places: [Int], _ mask: Int, _ withholding: Withholding
  ) -> [[Int]] {
    guard !places.isEmpty else { return [[]] }
    let own = tables.coordinates[slice]
    let rest = own.indices.filter { !places.contains($0) }
    let candidates = tables.families[tables.family[slice]].slices.filter { other in
      let values = tables.coordinates[other]
      return places.allSatisfy { values[$0] != own[$0] } && rest.allSatisfy { values[$0] == own[$0] }
    }
    let ordered = candidates.sorted { a, b in
      let (x, y) = (withholding.isHidden(mask, a), withholding.isHidden(mask, b))
      return x != y ? x : (tables.rows(a), a) < (tables.rows(b), b)
    }
    var found = ordered.prefix(Self.mostPartners).map { tables.projection($0, places) }
    // The rows outside the shown groups of a feature, where only some are shown.
    if own.count == 1, places == [0] { found.append([-1]) }
    return found
  }

  /// With every choice of outcome bits that changes the count.
  private func moves(_ slice: Int, _ places: [Int], _ partner: [Int], _ mask: Int, _ value: Int) -> [Move] {
    let own = tables.coordinates[slice]
    let features = tables.families[tables.family[slice]].features
    var move = Move(features: places.map { features[$0] }, from: places.map { own[$0] }, to: partner)
    for place in own.indices where !places.contains(place) { move.fixed[features[place]] = own[place] }
    var moves: [Move] = []
    for bits in CountTables.values(of: mask).sorted(by: { $0.nonzeroBitCount > $1.nonzeroBitCount }) {
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
