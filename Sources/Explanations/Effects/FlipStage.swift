import Models
import Results
import Statistics

/// Changes attributes and counts who is decided otherwise.
struct FlipStage: Sendable {
  private let input: ExplanationInput
  private let scores: [Double]
  private let decisions: [UInt8]
  private let level: Double

  /// - Parameter scores: of the rows as they are
  init(_ input: ExplanationInput, _ scores: [Double], level: Double) {
    self.input = input
    self.scores = scores
    decisions = input.decisions(scores)
    self.level = level
  }

  /// By value that rows have, then by value that they are given.
  func counts(of attribute: EffectsEngine.Attribute) throws(Failure) -> [FlipCounts] {
    let points = changed(attribute)
    var rows = [[Int]](repeating: [], count: attribute.grid.pointCount)
    for (row, point) in attribute.grid.points.enumerated() where point >= 0 { rows[Int(point)].append(row) }
    var counts: [(from: Int, counts: FlipCounts)] = []
    let step = max(1, EffectsEngine.batchScores / max(1, input.rowCount))
    for start in stride(from: 0, to: points.count, by: step) {
      let batch = points[start..<min(start + step, points.count)]
      let moved = try input.rescorer.scores(
        moving: [attribute.column],
        donors: batch.map { Array(repeating: attribute.grid.donors[$0], count: input.rowCount) })
      for (target, outputs) in zip(batch, moved) {
        let new = outputs[input.output]
        let decided = input.decisions(new)
        for from in points where from != target {
          counts.append((from, count(attribute, from, target, rows[from], new, decided)))
        }
      }
    }
    return points.flatMap { from in counts.filter { $0.from == from }.map(\.counts) }
  }

  /// All values, or the most frequent ones, in the order of the data's.
  private func changed(_ attribute: EffectsEngine.Attribute) -> [Int] {
    let points = attribute.points
    guard points.count > EffectsEngine.flipValueLimit else { return points }
    return attribute.grid.mostFrequent(EffectsEngine.frequentValues, of: points)
  }

  private func count(
    _ attribute: EffectsEngine.Attribute, _ from: Int, _ target: Int, _ rows: [Int], _ new: [Double],
    _ decided: [UInt8]
  ) -> FlipCounts {
    let flips = rows.filter { decided[$0] != decisions[$0] }
    let toPositive = flips.count { decided[$0] == 1 }
    let share = Double(flips.count) / Double(rows.count)
    let trials = effectiveRows(rows, share, decided)
    let interval = ProportionInterval.wilson(successes: share * trials, trials: trials, level: level)
    return FlipCounts(
      feature: attribute.feature, from: attribute.name(from), to: attribute.name(target), rows: rows.count,
      toPositive: toPositive, toNegative: flips.count - toPositive, share: share, lower: interval.lower,
      upper: interval.upper,
      meanChange: rows.reduce(0) { $0 + (new[$1] - scores[$1]) } / Double(rows.count))
  }

  /// Rows over the design effect (at least 1) of the share of flips; the number of units where all rows flip, or none.
  private func effectiveRows(_ rows: [Int], _ share: Double, _ decided: [UInt8]) -> Double {
    let count = Double(rows.count)
    guard let units = input.units else { return count }
    var sums: [Int32: Double] = [:]
    for row in rows { sums[units[row], default: 0] += (decided[row] != decisions[row] ? 1 : 0) - share }
    let unitCount = Double(sums.count)
    guard share > 0, share < 1, unitCount > 1 else { return unitCount }
    let squares = sums.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value * $1.value }
    let effect = squares * unitCount / (unitCount - 1) / (count * share * (1 - share))
    return count / max(1, effect)
  }
}
