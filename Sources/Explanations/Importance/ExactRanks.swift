import Metrics

/// Scores of every row with every donor of its pool.
struct PairScores {
  private let layout: PoolLayout
  /// Place of each row in its pool.
  private let places: [Int]
  private(set) var scores: [Double] = []
  private(set) var rows: [Int32] = []
  private(set) var donors: [Int32] = []

  init(_ layout: PoolLayout) {
    self.layout = layout
    var places = [Int](repeating: 0, count: layout.pools.count)
    for pool in 0..<layout.poolCount {
      for place in layout.starts[pool]..<layout.starts[pool + 1] {
        places[Int(layout.rows[place])] = place - layout.starts[pool]
      }
    }
    self.places = places
  }

  /// Makes room for so many pairs.
  mutating func reserveCapacity(_ count: Int) {
    scores.reserveCapacity(count)
    rows.reserveCapacity(count)
    donors.reserveCapacity(count)
  }

  /// Every row's donor that stands so many places after it in its pool, around the end.
  func donors(shift: Int) -> [Int32] { places.indices.map { donor($0, shift) } }

  private func donor(_ row: Int, _ shift: Int) -> Int32 {
    let pool = layout.pools[row]
    return layout.rows[layout.starts[Int(pool)] + (places[row] + shift) % layout.size(pool)]
  }

  /// - Parameter shift: ascending from 0
  mutating func append(_ scores: [Double], shift: Int) {
    for row in scores.indices where shift < layout.size(layout.pools[row]) {
      self.scores.append(scores[row])
      rows.append(Int32(row))
      donors.append(donor(row, shift))
    }
  }
}

/// The expectation of ROC AUC over uniform permutations: a positive and a negative of the same pool get an ordered pair of
/// different donors, of different pools any donor each.
///
/// All pairs of scores are counted by one walk in ascending order, each row's scores with its weight divided by their number;
/// pairs of the same pool are counted beside that to be weighted anew, and pairs of the same donor to be taken away.
///
/// Complexity: O(rows · donors) after sorting.
struct ExactRanks {
  let expectation: ExactExpectation

  init(
    _ table: PairScores, _ readout: ImportanceReadout, _ track: ImportanceTrack, _ layout: PoolLayout,
    _ observations: Observations
  ) {
    let order = ScoreSort.order(table.scores)
    var walk = ExactRankWalk(table, readout, track, layout, observations)
    var start = 0
    while start < order.count {
      let score = table.scores[Int(order[start])]
      var end = start + 1
      while end < order.count, table.scores[Int(order[end])] == score { end += 1 }
      walk.enter(order[start..<end])
      start = end
    }
    expectation = walk.expectation
  }
}

/// The state of that walk.
private struct ExactRankWalk {
  private let table: PairScores
  private let readout: ImportanceReadout
  private let layout: PoolLayout
  private let labels: [UInt8]
  private let weights: [Double]
  private let totals: [SIMD2<Double>]
  /// Weight of negatives and positives that were passed, by group; of negatives by group and pool, and by donor.
  private var passed: [SIMD2<Double>]
  private var pooled: [Double]
  private var given: [Double]
  /// Weight of concordant pairs, by group: of all, and by how much the rules for pools change it.
  private var concordant: [Double]
  private var corrections: [Double]
  /// Sums over donors of each row's component, and over rows of those of each donor, the latter with the rows' weights.
  private var rowSums: [Double]
  private var columnSums: [SIMD2<Double>]
  /// Components with the weights of rows, and by group the sign over the weight of all pairs.
  private var pairs: PairLosses
  private let scales: [Double]

  init(
    _ table: PairScores, _ readout: ImportanceReadout, _ track: ImportanceTrack, _ layout: PoolLayout,
    _ observations: Observations
  ) {
    self.table = table
    self.readout = readout
    self.layout = layout
    labels = observations.labels
    let count = observations.rowCount
    weights = observations.weights ?? [Double](repeating: 1, count: count)
    let groups = readout.groupCount
    totals = readout.classes
    passed = [SIMD2<Double>](repeating: .zero, count: groups + 1)
    pooled = [Double](repeating: 0, count: (groups + 1) * layout.poolCount)
    given = [Double](repeating: 0, count: (groups + 1) * count)
    (concordant, corrections) = ([Double](repeating: 0, count: groups + 1), [])
    corrections = concordant
    rowSums = [Double](repeating: 0, count: count)
    columnSums = [SIMD2<Double>](repeating: .zero, count: (groups + 1) * count)
    pairs = PairLosses(layout)
    scales = readout.classes.enumerated().map { group, totals in
      let weight = totals[0] * totals[1]
      return group < groups && weight > 0 ? track.sign(group) / weight : 0
    }
  }
}

extension ExactRankWalk {
  /// A run of equal scores: half of what is tied counts.
  mutating func enter(_ run: ArraySlice<UInt32>) {
    pass(run)
    for item in run { settle(Int(item)) }
    pass(run)
  }

  /// Passes half of the weight of a run, before it is looked at and after.
  private mutating func pass(_ run: ArraySlice<UInt32>) {
    for item in run {
      let row = Int(table.rows[Int(item)])
      let group = Int(readout.groups[row])
      let half = weights[row] / 2
      let label = Int(labels[row])
      let size = Double(layout.size(layout.pools[row]))
      passed[group][label] += half / size
      guard label == 0 else { continue }
      pooled[group * layout.poolCount + Int(layout.pools[row])] += half
      given[group * labels.count + Int(table.donors[Int(item)])] += half
    }
  }

  private mutating func settle(_ item: Int) {
    let row = Int(table.rows[item])
    let group = Int(readout.groups[row])
    let weight = weights[row]
    let pool = Int(layout.pools[row])
    let size = Double(layout.size(layout.pools[row]))
    let isPositive = labels[row] == 1
    let component = isPositive ? passed[group][0] : totals[group][1] - passed[group][1]
    rowSums[row] += component
    pairs.add(scales[group] * weight * component, row: row, donor: Int(table.donors[item]))
    let column = group * labels.count + Int(table.donors[item])
    columnSums[column][0] += weight * component
    columnSums[column][1] += weight * totals[group][isPositive ? 0 : 1]
    guard isPositive else { return }
    concordant[group] += weight / size * component
    guard size > 1 else { return }
    let same = pooled[group * layout.poolCount + pool]
    corrections[group] +=
      weight * ((same - given[column]) / (size * (size - 1)) - same / (size * size))
  }

  /// AUC is no sum over rows: the variance of a permutation's is that of the sum of components, to first order (Hájek's
  /// projection).
  var expectation: ExactExpectation {
    let values = (0..<readout.groupCount).map { group in
      let weight = totals[group][0] * totals[group][1]
      return weight > 0 ? (concordant[group] + corrections[group]) / weight : .nan
    }
    let means = values.indices.map { concordant[$0] / (totals[$0][0] * totals[$0][1]) }
    var rows = [Double](repeating: 0, count: labels.count)
    var columns = rows
    for row in labels.indices {
      let size = Double(layout.size(layout.pools[row]))
      for group in values.indices where values[group].isFinite {
        let column = columnSums[group * labels.count + row]
        columns[row] += scales[group] * (column[0] - means[group] * column[1]) / size
        guard Int(readout.groups[row]) == group else { continue }
        let other = totals[group][labels[row] == 1 ? 0 : 1]
        rows[row] = scales[group] * weights[row] * (rowSums[row] / size - means[group] * other)
      }
    }
    return ExactExpectation(
      values: values, rows: rows, columns: columns, shuffleVariance: pairs.shuffleVariance)
  }
}
