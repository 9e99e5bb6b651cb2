import Statistics

/// Gaps between scores and labels in cells of group × bin, with the noise of the labels.
package struct CalibrationDistances: Sendable {
  private let cells: [GroupCalibration.Cell]
  private let random: KeyedRandom
  private let draws: DistanceDraws

  package init(_ found: GroupCalibration, key: String, draws: DistanceDraws) {
    cells = found.cells
    (random, self.draws) = (draws.random(key), draws)
  }

  /// The largest gap of the cells with so many rows.
  package func worst(atLeast rows: Int) -> MeasureNumber {
    let own = cells.filter { $0.rows >= rows }
    guard let value = own.map(\.gap).max() else {
      return MeasureNumber(.undefined("no group and bin has \(rows) rows"), reason: "")
    }
    return number(value, own, .largest)
  }

  /// The mean gap over rows.
  package func mean() -> MeasureNumber {
    let weight = cells.reduce(0) { $0 + $1.weight }
    let value = MeasureValue.quotient(
      cells.reduce(0) { $0 + $1.weight * $1.gap }, weight, reason: "no rows")
    guard let number = value.value else { return MeasureNumber(value, reason: "") }
    return self.number(number, cells, .sum)
  }

  private func number(
    _ value: Double, _ cells: [GroupCalibration.Cell], _ norm: PointNoise.Norm
  ) -> MeasureNumber {
    let weight = cells.reduce(0) { $0 + $1.weight }
    let points = noise(cells, widths: cells.map { Float($0.weight / weight) })
    let null = calibrated(cells)
    let alike = PointNoise(
      observed: points.observed.map { _ in 0 }, widths: points.widths, noise: null
    ).distances(norm, share: 0)
    let test = "labels drawn from the scores"
    if norm == .sum {
      let found = points.sparseInterval(level: draws.level, null: alike)
      return DistanceDraws.number(
        value, drawn: points.distance(norm), found?.found, test: test, atMost: 1
      ) { _ in found?.lower ?? 0 }
    }
    let found = points.interval(norm, level: draws.level, null: alike)
    return DistanceDraws.number(
      value, drawn: points.distance(norm), found, test: test, atMost: 1, rule: .band
    ) {
      $0 * value
    }
  }

  /// ȳ − s̄ with draws of ȳ, one row of each cell's mean score added, so that a cell whose labels are all alike still varies.
  private func noise(_ cells: [GroupCalibration.Cell], widths: [Float]) -> PointNoise {
    PointNoise(
      observed: cells.map { Float($0.positiveShare - $0.meanScore) }, widths: widths,
      noise: drawn(cells, lane: 0) { cell, size in
        (cell.positiveShare * size + Self.share(cell.meanScore)) / (size + 1)
      })
  }

  /// Draws of ȳ − s̄ where every score is what it says.
  private func calibrated(_ cells: [GroupCalibration.Cell]) -> [Float] {
    drawn(cells, lane: 1) { cell, _ in Self.share(cell.meanScore) }
  }

  private static func share(_ score: Double) -> Double { max(0, min(1, score)) }

  private func drawn(
    _ cells: [GroupCalibration.Cell], lane: UInt64,
    _ chance: (GroupCalibration.Cell, Double) -> Double
  ) -> [Float] {
    var noise = [Float](repeating: 0, count: draws.replicates * cells.count)
    for (place, cell) in cells.enumerated() {
      let size = max(1, cell.effectiveRows.rounded())
      let chance = chance(cell, size)
      let sampler = BinomialSampler(trials: Int(size), probability: chance)
      // Named by the cell, so that what else is drawn changes nothing.
      var stream = random.stream(lane).stream(UInt64(cell.group) << 32 | UInt64(cell.bin))
      for replicate in 0..<draws.replicates {
        noise[replicate * cells.count + place] = Float(
          Double(sampler.draw(using: &stream)) / size - chance)
      }
    }
    return noise
  }
}
