import Statistics

/// The noise of two groups' numbers: of their distribution functions, and of their ROC curves.
struct PairNoise: Sendable {
  let cells: PairCells
  /// By group, then label; nil where the group has no rows of it.
  private let drawn: [[CellNoise?]]
  private let replicates: Int
  private let random: KeyedRandom

  init(_ cells: PairCells, replicates: Int, random: KeyedRandom) {
    self.cells = cells
    self.replicates = replicates
    self.random = random
    let shapes = (0..<2).map { cells.shape($0) }
    drawn = (0..<2).map { group in
      (0..<2).map { label in
        let part = cells.parts[group][label]
        guard part.total > 0 else { return nil }
        return CellNoise(
          weights: part.weights, squares: part.squares, rows: part.rows, shape: shapes[label],
          replicates: replicates, random: random.stream(UInt64(2 * group + label)))
      }
    }
  }

  // MARK: Distribution functions

  /// F_f − F_r at the end of each cell but the last.
  ///
  /// - Parameter steps: how wide each of these points is
  func distributions(_ steps: [Double]) -> PointNoise {
    let points = cells.count - 1
    var (observed, noise) = (
      [Float](repeating: 0, count: points), [Float](repeating: 0, count: points * replicates)
    )
    for group in 0..<2 {
      let sign: Float = group == 0 ? 1 : -1
      let labels = drawn[group].compactMap { $0 }
      let raw = (0..<2).map { cells.parts[group][$0].weights }
      add(cumulative(cells.count) { Float(raw[0][$0] + raw[1][$0]) }, sign, to: &observed, 0)
      let centre = cumulative(cells.count) { cell in Float(labels.reduce(0) { $0 + $1.means[cell] }) }
      for replicate in 0..<replicates {
        let start = replicate * cells.count
        let own = cumulative(cells.count) { cell in labels.reduce(0) { $0 + $1.draws[start + cell] } }
        guard own.last ?? 0 > 0 else { continue }
        add(own, sign, to: &noise, replicate * points)
        add(centre, -sign, to: &noise, replicate * points)
      }
    }
    return PointNoise(observed: observed, widths: steps.map { Float($0) }, noise: noise)
  }

  private func cumulative(_ count: Int, _ value: (Int) -> Float) -> [Float] {
    var sum: Float = 0
    return (0..<count).map { cell in
      sum += value(cell)
      return sum
    }
  }

  private func add(_ sums: [Float], _ sign: Float, to target: inout [Float], _ start: Int) {
    guard let total = sums.last, total > 0 else { return }
    for point in 0..<(sums.count - 1) { target[start + point] += sign * sums[point] / total }
  }

  /// Rows of the smaller group up to which groups are exchanged row by row; above it noise is as good.
  private static let exchanged = 500

  /// Distances of both groups' rows dealt out anew; nil with weights, and where there are many.
  func exchanges(_ steps: [Double]) -> (area: [Double], largest: [Double])? {
    let rows = cells.parts.map { parts in
      (0..<cells.count).map { Int(parts[0].weights[$0] + parts[1].weights[$0]) }
    }
    let sizes = rows.map { $0.reduce(0, +) }
    guard !cells.isWeighted, let small = sizes.min(), small <= Self.exchanged else { return nil }
    let all = zip(rows[0], rows[1]).map(+)
    var deck = all.enumerated().flatMap { cell, count in [UInt16](repeating: UInt16(cell), count: count) }
    var stream = random.stream(4)
    var (areas, largest): ([Double], [Double]) = ([], [])
    for _ in 0..<replicates {
      var own = [Int](repeating: 0, count: cells.count)
      for place in 0..<small {
        deck.swapAt(place, place + stream.integer(below: deck.count - place))
        own[Int(deck[place])] += 1
      }
      let (area, most) = distances(own, all, small, deck.count - small, steps)
      areas.append(area)
      largest.append(most)
    }
    return (areas, largest)
  }

  private func distances(
    _ own: [Int], _ all: [Int], _ size: Int, _ rest: Int, _ steps: [Double]
  ) -> (Double, Double) {
    var (first, both, area, largest) = (0, 0, 0.0, 0.0)
    for cell in 0..<(cells.count - 1) {
      first += own[cell]
      both += all[cell]
      let gap = abs(Double(first) / Double(size) - Double(both - first) / Double(rest))
      area += gap * steps[cell]
      largest = max(largest, gap)
    }
    return (area, largest)
  }

  // MARK: ROC curves

  private static let grid = 128

  /// ROC_f − ROC_r at the middles of equal steps of the false positive rate; nil where a group lacks a label.
  func curves() -> PointNoise? {
    var (observed, noise) = (
      [Float](repeating: 0, count: Self.grid), [Float](repeating: 0, count: Self.grid * replicates)
    )
    var curve = [Float](repeating: 0, count: Self.grid)
    for group in 0..<2 {
      guard let negatives = drawn[group][0], let positives = drawn[group][1] else { return nil }
      let sign: Float = group == 0 ? 1 : -1
      func add(_ start: Int, _ sign: Float, _ target: inout [Float]) {
        for point in 0..<Self.grid { target[start + point] += sign * curve[point] }
      }
      let raw = cells.parts[group].map { $0.weights.map { Float($0) } }
      guard Self.trace(raw[0][...], raw[1][...], &curve) else { return nil }
      add(0, sign, &observed)
      let centre = (negatives.means.map { Float($0) }, positives.means.map { Float($0) })
      guard Self.trace(centre.0[...], centre.1[...], &curve) else { return nil }
      let middle = curve
      for replicate in 0..<replicates {
        let own = replicate * cells.count..<(replicate + 1) * cells.count
        guard Self.trace(negatives.draws[own], positives.draws[own], &curve) else { continue }
        for point in 0..<Self.grid { curve[point] -= middle[point] }
        add(replicate * Self.grid, sign, &noise)
      }
    }
    let width = 1 / Float(Self.grid)
    return PointNoise(
      observed: observed, widths: [Float](repeating: width, count: Self.grid), noise: noise)
  }

  /// The curve from the highest cell down; false without positives or negatives.
  private static func trace(
    _ negatives: ArraySlice<Float>, _ positives: ArraySlice<Float>, _ curve: inout [Float]
  ) -> Bool {
    var (all, hits): (Float, Float) = (0, 0)
    for value in negatives { all += value }
    for value in positives { hits += value }
    guard all > 0, hits > 0 else { return false }
    var (x, y): (Float, Float) = (0, 0)
    var offset = negatives.count - 1
    let (first, second) = (negatives.startIndex, positives.startIndex)
    for point in 0..<grid {
      let target = (Float(point) + 0.5) / Float(grid) * all
      while offset > 0, x + negatives[first + offset] < target {
        x += negatives[first + offset]
        y += positives[second + offset]
        offset -= 1
      }
      let step = negatives[first + offset]
      let part = step > 0 ? min(1, (target - x) / step) : 1
      curve[point] = (y + part * positives[second + offset]) / hits
    }
    return true
  }
}
