import Statistics

/// Where the data have rows, in the table of two features' bins, and how much a permutation leaves it.
struct JointSupport {
  /// A cell counts as empty only where chance would not leave it so: independence promises it this many rows
  /// (Cochran's rule of five; it is then empty by chance in 0.7 % of samples).
  static let leastExpected = 5.0
  /// Numbers are cut into at most so many bins.
  static let mostBins = 10

  /// A feature's bins: numbers by quantiles, categories as they are, missing on its own.
  struct Bins {
    let codes: [Int32]
    let counts: [Int]

    init(_ feature: FeatureValues) {
      switch feature.kind {
      case .category(let codes, let count, _):
        self.init(codes: codes, count: count)
      case .numbers(let values, let order, _):
        // Two such features have few enough cells that most expect enough rows.
        let fitting = Int((Double(values.count) / JointSupport.leastExpected).squareRoot())
        self.init(values, order, bins: min(JointSupport.mostBins, max(2, fitting)))
      }
    }

    private init(codes: [Int32], count: Int) {
      self.codes = codes
      var counts = [Int](repeating: 0, count: count)
      for code in codes { counts[Int(code)] += 1 }
      self.counts = counts
    }

    /// Bins of about equal size that never split ties; the last code is for missing values.
    private init(_ values: [Double], _ order: [Int32], bins: Int) {
      var codes = [Int32](repeating: Int32(bins), count: values.count)
      var bin: Int32 = 0
      var last = Double.nan
      for (position, row) in order.enumerated() {
        let value = values[Int(row)]
        if value != last { bin = Int32(position * bins / order.count) }
        last = value
        codes[Int(row)] = bin
      }
      self.init(codes: codes, count: bins + 1)
    }
  }

  private let first: Bins
  private let second: Bins
  private let filled: Set<Int>

  init(_ first: Bins, _ second: Bins) {
    (self.first, self.second) = (first, second)
    var filled: Set<Int> = []
    let width = second.counts.count
    for (a, b) in zip(first.codes, second.codes) { filled.insert(Int(a) * width + Int(b)) }
    self.filled = filled
  }

  /// The expected share of rows that land in an empty cell when the first feature is permuted: Σ p(a)·p(b) over the
  /// empty cells, the exact mean over all permutations; within pools, each pool's own shares.
  ///
  /// - Parameter pools: the pool of each row; nil where all rows are one
  func expectedShareOutside(pools: [Int32]? = nil) -> Double {
    let rowCount = first.codes.count
    guard rowCount > 0 else { return 0 }
    guard let pools else {
      return pairs(first.counts, second.counts, members: rowCount) / Double(rowCount)
    }
    var rows: [Int32: [Int]] = [:]
    for (row, pool) in pools.enumerated() { rows[pool, default: []].append(row) }
    var sum = 0.0
    for pool in rows.keys.sorted() {
      guard let rows = rows[pool], rows.count > 1 else { continue }
      sum += pairs(Self.tally(rows, first), Self.tally(rows, second), members: rows.count)
    }
    return sum / Double(rowCount)
  }

  private typealias Tally = [(code: Int, rows: Int, overall: Int)]

  private static func tally(_ rows: [Int], _ bins: Bins) -> Tally {
    var counts: [Int32: Int] = [:]
    for row in rows { counts[bins.codes[row], default: 0] += 1 }
    return sorted(counts.map { (Int($0.key), $0.value, bins.counts[Int($0.key)]) })
  }

  private static func sorted(_ tally: Tally) -> Tally {
    tally.sorted { ($1.overall, $0.code) < ($0.overall, $1.code) }
  }

  private func pairs(_ a: [Int], _ b: [Int], members: Int) -> Double {
    pairs(
      Self.sorted(a.enumerated().map { ($0.offset, $0.element, $0.element) }),
      Self.sorted(b.enumerated().map { ($0.offset, $0.element, $0.element) }), members: members)
  }

  /// Rows expected in empty cells. Frequent bins come first, so that a cell that expects too few ends its line.
  private func pairs(_ a: Tally, _ b: Tally, members: Int) -> Double {
    let least = Self.leastExpected * Double(first.codes.count)
    let width = second.counts.count
    var sum = 0.0
    for a in a where a.rows > 0 {
      for b in b {
        if Double(a.overall) * Double(b.overall) < least { break }
        if filled.contains(a.code * width + b.code) { continue }
        sum += Double(a.rows) * Double(b.rows) / Double(members)
      }
    }
    return sum
  }
}
