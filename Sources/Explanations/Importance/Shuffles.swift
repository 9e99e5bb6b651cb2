import Statistics

/// Rows by the pool that their donors come from.
struct PoolLayout: Sendable {
  /// All rows, those of a pool next to each other and ascending.
  let rows: [Int32]
  /// Where the pools begin in `rows`, and the end of the last.
  let starts: [Int]
  /// The pool of each row.
  let pools: [Int32]

  /// - Parameter keys: rows with equal keys share a pool; a row with a negative key has one of its own
  ///
  /// Complexity: O(rows).
  init(_ keys: [Int64]) {
    var numbers: [Int64: Int32] = [:]
    var count: Int32 = 0
    pools = keys.map { key in
      if key >= 0, let number = numbers[key] { return number }
      if key >= 0 { numbers[key] = count }
      count += 1
      return count - 1
    }
    var starts = [Int](repeating: 0, count: Int(count) + 1)
    for pool in pools { starts[Int(pool) + 1] += 1 }
    for pool in 0..<Int(count) { starts[pool + 1] += starts[pool] }
    var next = starts
    var rows = [Int32](repeating: 0, count: pools.count)
    for (row, pool) in pools.enumerated() {
      rows[next[Int(pool)]] = Int32(row)
      next[Int(pool)] += 1
    }
    (self.rows, self.starts) = (rows, starts)
  }

  /// One pool of all rows.
  init(rowCount: Int) {
    rows = (0..<rowCount).map(Int32.init)
    starts = [0, rowCount]
    pools = [Int32](repeating: 0, count: rowCount)
  }

  var poolCount: Int { starts.count - 1 }

  func size(_ pool: Int32) -> Int { starts[Int(pool) + 1] - starts[Int(pool)] }
}

/// One permutation: who gives to whom.
struct Shuffle: Sendable {
  /// The row that gives each row its values.
  let donors: [Int32]
  /// The row that each row gives its values to.
  let receivers: [Int32]

  init(donors: [Int32]) {
    self.donors = donors
    var receivers = donors
    for (row, donor) in donors.enumerated() { receivers[Int(donor)] = Int32(row) }
    self.receivers = receivers
  }
}

/// Uniform permutations of the rows, one a repeat. They depend on the seed, the repeat and the number of rows only, so that all
/// features are compared under the same ones; permutations within pools come from the same draws.
struct Shuffles: Sendable {
  private let random: KeyedRandom
  private let rowCount: Int
  /// Permutations that are kept, for as many repeats as `limit` numbers hold.
  private let kept: [Shuffle]

  /// Numbers that kept permutations may take.
  private static let limit = 1 << 25

  init(seed: UInt64, rowCount: Int, repeats: Int) {
    random = KeyedRandom(seed: seed, key: "permutation importance")
    self.rowCount = rowCount
    let random = random
    kept = (0..<min(repeats, Self.limit / max(1, 2 * rowCount))).map {
      Shuffle(donors: Self.draw($0, random, rowCount))
    }
  }

  private static func draw(_ repetition: Int, _ random: KeyedRandom, _ rowCount: Int) -> [Int32] {
    var own = random.stream(UInt64(repetition))
    return own.permutation(of: rowCount)
  }

  /// A permutation within pools: the rows of a pool take values in the order in which the whole permutation lists the pool's.
  ///
  /// - Parameter layout: nil for one pool of all rows
  /// Complexity: O(rows).
  func shuffle(_ repetition: Int, within layout: PoolLayout?) -> Shuffle {
    let whole =
      repetition < kept.count
      ? kept[repetition] : Shuffle(donors: Self.draw(repetition, random, rowCount))
    guard let layout else { return whole }
    var next = layout.starts
    var donors = whole.donors
    for donor in whole.donors {
      let pool = Int(layout.pools[Int(donor)])
      donors[Int(layout.rows[next[pool]])] = donor
      next[pool] += 1
    }
    return Shuffle(donors: donors)
  }
}
