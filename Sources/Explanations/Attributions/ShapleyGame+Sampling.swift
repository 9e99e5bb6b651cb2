import Results
import Statistics

extension ShapleyGame {
  /// How long to sample.
  package struct Effort: Sendable {
    package enum Goal: Sendable {
      /// A row is done when each of its standard errors is at most this share of the predictions' spread.
      case eachRow(share: Double)
      /// All are done when, for each player, the rows' mean squared error is at most the square of this share of its values'
      /// variance over the rows: then it adds little to the error of their mean.
      case allRows(share: Double)
    }

    package var goal: Goal
    /// Pairs of orders, so many at least and at most. Few pairs may agree by chance (where three features interact, a third of
    /// the pairs differs from the others), and tell of no error then.
    package var pairs: ClosedRange<Int>
    /// Rows that may be scored altogether, beyond the fewest pairs.
    package var scoringLimit = 50_000_000

    /// For rows that are looked at one by one.
    package static let single = Effort(goal: .eachRow(share: 0.01), pairs: 32...256)
    /// For means over rows.
    package static let sample = Effort(goal: .allRows(share: 0.2), pairs: 4...64)
  }

  /// What the pairs of a row have shown so far.
  private struct Running {
    var row: Int32
    var varying: [Int]
    var count = 0.0
    var mean: [Double]
    /// Σ of squared deviations from the mean (Welford 1962).
    var squares: [Double]

    init(row: Int32, varying: [Int]) {
      (self.row, self.varying) = (row, varying)
      mean = Array(repeating: 0, count: varying.count)
      squares = mean
    }

    mutating func add(_ values: [Double]) {
      count += 1
      for (place, value) in values.enumerated() {
        let deviation = value - mean[place]
        mean[place] += deviation / count
        squares[place] += deviation * (value - mean[place])
      }
    }

    /// Standard errors from the spread of pairs; both orders of a pair are one observation.
    var errors: [Double] { squares.map { ($0 / (count * (count - 1))).squareRoot() } }
  }

  /// Values by antithetic permutations: features enter in a random order, then in its reverse. One pair is exact where no
  /// more than two features interact; the standard error comes from the means of pairs (Mitchell et al. 2022,
  /// arXiv:2104.12199). Orders are keyed by seed, row and pair.
  ///
  /// Complexity: O(rows · pairs · players · background rows) scorings.
  ///
  /// - Parameter progress: told a share of the work, which is less than 1 as long as more pairs may be needed
  func sampledValues(
    _ rows: [Int32], seed: UInt64, _ effort: Effort, progress: (Double) -> Void = { _ in }
  ) throws(Failure) -> ShapleyValues {
    var running = rows.map { Running(row: $0, varying: varying($0)) }
    let random = KeyedRandom(seed: seed, key: "orders of attributions")
    var open = Array(running.indices)
    var scored = 0
    var pair = 0
    let step = max(2, effort.pairs.lowerBound)
    while !open.isEmpty, pair < effort.pairs.upperBound, pair == 0 || scored < effort.scoringLimit {
      for drawn in pair..<pair + step {
        scored += try addPair(drawn, random, open, &running)
        // How many it takes is not known; half is done with the fewest.
        progress(Double(drawn + 1) / Double(drawn + 1 + step))
      }
      pair += step
      open = unfinished(running, effort.goal)
    }
    if !rows.isEmpty { progress(1) }
    return ShapleyValues(
      values: running.flatMap { self.spread($0.mean, over: $0.varying) },
      errors: running.flatMap { self.spread($0.errors, over: $0.varying) }, isExact: false)
  }

  /// The rows that need more pairs.
  private func unfinished(_ running: [Running], _ goal: Effort.Goal) -> [Int] {
    switch goal {
    case .eachRow(let share):
      let limit = share * Self.variance(predictions).squareRoot()
      return running.indices.filter { running[$0].errors.contains { $0 > limit } }
    case .allRows(let share):
      let values = running.map { spread($0.mean, over: $0.varying) }
      let errors = running.map { spread($0.errors, over: $0.varying) }
      let isDone = players.indices.allSatisfy { player in
        let squares = errors.reduce(0) { $0 + $1[player] * $1[player] } / Double(errors.count)
        return squares <= share * share * Self.variance(values.map { $0[player] })
      }
      return isDone ? [] : Array(running.indices)
    }
  }

  private static func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
  }

  /// Adds one pair to each open row, and returns how many rows were scored.
  private func addPair(
    _ pair: Int, _ random: KeyedRandom, _ open: [Int], _ running: inout [Running]
  ) throws(Failure) -> Int {
    var scored = 0
    let step = max(1, Self.coalitionLimit / max(1, 2 * players.count))
    for first in stride(from: 0, to: open.count, by: step) {
      let part = open[first..<min(open.count, first + step)]
      let orders = part.map { place in
        var stream = random.stream(UInt64(running[place].row)).stream(UInt64(pair))
        let varying = running[place].varying
        return stream.permutation(of: varying.count).map { varying[Int($0)] }
      }
      let coalitions = zip(part, orders).flatMap { place, order in
        prefixes(running[place].row, order) + prefixes(running[place].row, order.reversed())
      }
      let worth = try values(coalitions)
      scored += coalitions.count * background.count
      var next = 0
      for (place, order) in zip(part, orders) {
        let count = max(0, order.count - 1)
        let pairValue = pairValue(
          running[place].row, order, worth[next..<next + count], worth[next + count..<next + 2 * count])
        running[place].add(running[place].varying.map { pairValue[$0] })
        next += 2 * count
      }
    }
    return scored
  }

  private func prefixes(_ row: Int32, _ order: [Int]) -> [Coalition] {
    (1..<max(1, order.count)).map { coalition(row, Array(order[..<$0])) }
  }

  /// The mean of what players add in an order and in its reverse, by player.
  ///
  /// - Parameter forward: what the order's first, first two, … are worth, without the empty and the full coalition
  private func pairValue(
    _ row: Int32, _ order: [Int], _ forward: ArraySlice<Double>, _ backward: ArraySlice<Double>
  ) -> [Double] {
    var values = [Double](repeating: 0, count: players.count)
    for (order, worth) in [(order, forward), (order.reversed(), backward)] {
      var last = baseValue
      for (player, next) in zip(order, Array(worth) + [predictions[Int(row)]]) {
        values[player] += (next - last) / 2
        last = next
      }
    }
    return values
  }

  /// What one pair of orders gives, by player.
  func pairValue(_ row: Int32, order: [Int]) throws(Failure) -> [Double] {
    let forward = try values(prefixes(row, order))
    let backward = try values(prefixes(row, order.reversed()))
    return pairValue(row, order, forward[...], backward[...])
  }
}
