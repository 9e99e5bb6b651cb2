/// Groups' shares of several classes with replicates of their noise: what distances between the shares are drawn from.
package struct ShareNoise: Sendable {
  package let groups: Int
  package let classes: Int
  /// Group after group.
  package let shares: [Double]
  private let pooled: [Double]
  private let distinct: [Double]
  /// Replicate after replicate.
  private let noise: [Double]
  /// The same with the rows' groups exchanged: shares, replicate after replicate; nil with weights, and where that is too much.
  private let exchanged: [Double]?

  /// Whether alike groups are drawn by exchanging rows.
  package var isExchanged: Bool { exchanged != nil }

  /// Groups times classes that are exchanged at most.
  private static let limit = 400

  /// - Parameters:
  ///   - counts: rows, or weight, of each group by class; each group has some
  ///   - sizes: each group's effective rows where weights were counted; else nil
  package init(counts: [[Double]], sizes: [Double]?, replicates: Int, random: KeyedRandom) {
    let classes = counts.first?.count ?? 0
    let totals = counts.map { $0.reduce(0, +) }
    let all = totals.reduce(0, +)
    let pooled = (0..<classes).map { place in counts.reduce(0) { $0 + $1[place] } / all }
    let shares = zip(counts, totals).flatMap { own, total in own.map { $0 / total } }
    var noise = [Double](repeating: 0, count: replicates * classes * counts.count)
    for (group, own) in counts.enumerated() {
      let size = sizes?[group] ?? totals[group]
      let rows = own.map { $0 / totals[group] * size }
      let drawn = CellNoise(
        weights: rows, squares: rows, rows: max(1, Int(size.rounded())), shape: pooled,
        replicates: replicates,
        random: random.stream(UInt64(group)))
      Self.add(drawn, size, to: &noise, group * classes, counts.count * classes)
    }
    (groups, self.classes, self.shares) = (counts.count, classes, shares)
    (self.pooled, self.noise) = (pooled, noise)
    distinct = Self.distinct(shares, pooled, noise)
    exchanged =
      sizes == nil && counts.count * classes <= Self.limit
      ? Self.exchanged(counts, replicates, random.stream(UInt64(counts.count))) : nil
  }

  private static func add(
    _ drawn: CellNoise, _ size: Double, to noise: inout [Double], _ place: Int, _ length: Int
  ) {
    let classes = drawn.means.count
    for replicate in 0..<drawn.replicates {
      let own = drawn.draws[replicate * classes..<(replicate + 1) * classes]
      let total = own.reduce(0) { $0 + Double($1) }
      guard total > 0 else { continue }
      for (index, value) in own.enumerated() {
        noise[replicate * length + place + index] = Double(value) / total - drawn.means[index] / size
      }
    }
  }

  /// Class after class dealt over the groups' places that are left.
  private static func exchanged(_ counts: [[Double]], _ replicates: Int, _ random: KeyedRandom) -> [Double] {
    let classes = counts[0].count
    let sizes = counts.map { Int($0.reduce(0, +)) }
    let totals = (0..<classes).map { place in counts.reduce(0) { $0 + Int($1[place]) } }
    var shares: [Double] = []
    shares.reserveCapacity(replicates * classes * counts.count)
    var dealt: [Int] = []
    for replicate in 0..<replicates {
      var stream = random.stream(UInt64(replicate))
      var left = totals
      for size in sizes {
        multivariateHypergeometric(draws: size, sizes: left, into: &dealt, using: &stream)
        for place in 0..<classes {
          left[place] -= dealt[place]
          shares.append(Double(dealt[place]) / Double(size))
        }
      }
    }
    return shares
  }

  /// The groups' shares a part of the way from the pooled ones. Those within twice their standard error stay pooled: each adds its noise
  /// to a distance, which a lower limit has to give back (Fang & Santos 2019).
  package func shares(at share: Double) -> [Double] {
    var moved = shares.indices.map { place in
      let middle = pooled[place % classes]
      return max(0, middle + share * distinct[place])
    }
    for group in 0..<groups {
      let own = group * classes..<(group + 1) * classes
      let total = moved[own].reduce(0, +)
      for place in own { moved[place] /= total }
    }
    return moved
  }

  /// Shares less the pooled ones; 0 where that is within twice the standard error.
  private static func distinct(_ shares: [Double], _ pooled: [Double], _ noise: [Double]) -> [Double] {
    let replicates = Double(noise.count / max(1, shares.count))
    return shares.indices.map { place in
      var squares = 0.0
      for at in stride(from: place, to: noise.count, by: shares.count) { squares += noise[at] * noise[at] }
      let gap = shares[place] - pooled[place % pooled.count]
      return gap * gap > 4 * squares / replicates ? gap : 0
    }
  }

  /// What the limits of a distance are.
  ///
  /// - Parameter distance: of shares, group after group. Complexity: O(replicates) of its calls, some ten times
  package func interval(level: Double, _ distance: ([Double]) -> Double) -> DistanceInterval? {
    let length = shares.count
    guard length > 0 else { return nil }
    let null = exchanged.map { all in
      stride(from: 0, to: all.count, by: length).map { distance(Array(all[$0..<$0 + length])) }
    }
    return DistanceInterval(
      distance(shares), level: level, null: null, upper: draws(shares, distance)
    ) { draws(shares(at: $0), distance) }
  }

  private func draws(_ centre: [Double], _ distance: ([Double]) -> Double) -> [Double] {
    var buffer = centre
    return stride(from: 0, to: noise.count, by: centre.count).map { start in
      for group in 0..<groups {
        let own = group * classes..<(group + 1) * classes
        var total = 0.0
        for place in own {
          buffer[place] = max(0, centre[place] + noise[start + place])
          total += buffer[place]
        }
        for place in own { buffer[place] /= total }
      }
      return distance(buffer)
    }
  }
}
