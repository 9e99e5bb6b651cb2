import Metrics
import Models
import Results

/// Expectations over all permutations of one feature group, with no draws: by going through all permutations where they are few,
/// else by scoring every row with every donor of its pool, which suffices for sums over rows and for ROC AUC.
struct ExactImportance {
  private let input: ExplanationInput
  private let scoring: ImportanceScoring
  private let layout: PoolLayout
  private let base: ImportanceReading.Prediction

  /// Permutations that are gone through.
  static let permutationLimit = 40_320
  /// Pairs of row and donor that are scored, and those that are sorted for ROC AUC.
  private static let pairLimit = 1 << 30
  static let rankLimit = 1 << 22
  /// Scores that are held at a time.
  private static let batchLimit = 1 << 20

  init(
    _ input: ExplanationInput, _ scoring: ImportanceScoring, _ layout: PoolLayout,
    base: ImportanceReading.Prediction
  ) {
    self.input = input
    self.base = base
    self.scoring = scoring
    self.layout = layout
  }

  /// - Parameter sums: empty ones
  /// - Throws: `data` where there are too many pairs, and what the rescorer throws
  func findings(_ group: FeatureGroup, _ sums: ImportanceSums) throws(Failure) -> [ImportanceFinding] {
    guard let lists = Permutations.all(layout, limit: Self.permutationLimit) else {
      return try pairFindings(group)
    }
    var sums = sums
    let needsOrder = scoring.readouts.contains(where: \.needsRanks)
    let size = max(1, Self.batchLimit / max(1, input.rowCount))
    for start in stride(from: 0, to: lists.count, by: size) {
      let batch = Array(lists[start..<min(start + size, lists.count)])
      let scores = try input.rescorer.scores(moving: group.members, donors: batch)
      for (donors, scores) in zip(batch, scores) {
        let prediction = input.prediction(scores[input.output], needsOrder: needsOrder)
        sums.add(prediction, Shuffle(donors: donors))
      }
    }
    return sums.findings(isExact: true)
  }

  /// From pairs of row and donor, however few.
  func pairFindings(_ group: FeatureGroup) throws(Failure) -> [ImportanceFinding] {
    let largest = (0..<layout.poolCount).map { layout.size(Int32($0)) }.max() ?? 0
    let needsRanks = scoring.readouts.contains(where: \.needsRanks)
    try checkSize(largest, needsRanks: needsRanks)
    var tracks = scoring.readouts.map { readout in
      readout.tracks.indices.map { index in
        ExactTrack(readout, readout.tracks[index], layout, input.observations, base: base)
      }
    }
    var table = PairScores(layout)
    if needsRanks {
      table.reserveCapacity(
        (0..<layout.poolCount).reduce(0) { $0 + layout.size(Int32($1)) * layout.size(Int32($1)) })
    }
    let size = max(1, Self.batchLimit / max(1, input.rowCount))
    for start in stride(from: 0, to: largest, by: size) {
      let shifts = start..<min(start + size, largest)
      let donors = shifts.map(table.donors)
      let scores = try input.rescorer.scores(moving: group.members, donors: donors)
      for ((shift, donors), scores) in zip(zip(shifts, donors), scores) {
        let own = scores[input.output]
        let prediction = input.prediction(own, needsOrder: false)
        for readout in tracks.indices {
          for index in tracks[readout].indices {
            tracks[readout][index].add(prediction, donors, shift: shift)
          }
        }
        if needsRanks { table.append(own, shift: shift) }
      }
    }
    return findings(tracks, table)
  }

  private func checkSize(_ largest: Int, needsRanks: Bool) throws(Failure) {
    // Ranks keep sums for each row and group beside the pairs.
    let groups = scoring.readouts.filter(\.needsRanks).map(\.groupCount).max() ?? 0
    let (pairs, overflows) = max(largest, groups).multipliedReportingOverflow(by: input.rowCount)
    let limit = needsRanks ? Self.rankLimit : Self.pairLimit
    guard overflows || pairs > limit else { return }
    throw Failure(
      .data,
      "exact importance\(needsRanks ? " by ROC AUC" : "") would score \(input.rowCount) rows with \(largest) donors each\(groups > largest ? " in \(groups) groups" : ""), "
        + "more than \(limit) pairs",
      advice: "ask for a number of repeats, or sample fewer rows")
  }

  private func findings(_ tracks: [[ExactTrack]], _ table: PairScores) -> [ImportanceFinding] {
    var findings: [ImportanceFinding] = []
    for (index, readout) in scoring.readouts.enumerated() {
      for (track, own) in readout.tracks.enumerated() {
        let base = scoring.bases[index].influences[track]
        let quantities = scoring.quantities[index][track]
        var expectation = tracks[index][track].expectation(base: scoring.bases[index].values[track])
        if case .ranks = own.form {
          expectation = ExactRanks(table, readout, own, layout, input.observations).expectation
        }
        guard let expectation else {
          findings += quantities.map {
            ImportanceFinding(permuted: .nan, reason: $0.reason ?? ImportanceReason.noExpectation)
          }
          continue
        }
        let values = own.quantities(expectation.values)
        let variances = scoring.variances(
          readout, own, expectation.contributions(beyond: base, layout), quantities, units: input.units)
        let changes = tracks[index][track].quantityChanges
        for (place, quantity) in quantities.enumerated() {
          let variance =
            own.isAtLeastScatter ? variances[place].atLeast(expectation.shuffleVariance) : variances[place]
          findings.append(finding(quantity, values[place], variance, changes[place]))
        }
      }
    }
    return findings
  }

  private func finding(
    _ quantity: ImportanceQuantity, _ value: Double, _ variance: RowColumnVariance, _ hasChanged: Bool
  ) -> ImportanceFinding {
    if let reason = quantity.reason { return ImportanceFinding(permuted: .nan, reason: reason) }
    if !hasChanged {
      var finding = ImportanceFinding(expectation: quantity.base, variance: variance)
      finding.reason = ImportanceReason.unchanged
      return finding
    }
    var finding = ImportanceFinding(expectation: value, variance: variance)
    if !(variance.variance > 0) { finding.reason = ImportanceReason.noSpread }
    return finding
  }
}

/// A quantity's expectation, and what rows contribute to it as receivers and as donors.
struct ExactExpectation {
  /// By group.
  var values: [Double]
  /// Mean influence of each row over its donors.
  var rows: [Double]
  /// Influences of the rows of the pool when they take this one's values: their sum, divided by the pool's size.
  var columns: [Double]
  /// Variance of a gap's value at a single permutation; of other tracks that of the sum over groups.
  var shuffleVariance: Double

  /// The row + column formula's terms. - Parameter base: influences of the rows as they are
  func contributions(beyond base: [Double], _ layout: PoolLayout) -> [Double] {
    let means = layout.means(base)
    return rows.indices.map { rows[$0] - base[$0] + columns[$0] - means[Int(layout.pools[$0])] }
  }
}

extension PoolLayout {
  /// The mean of a column over each pool.
  func means(_ values: [Double]) -> [Double] {
    (0..<poolCount).map { pool in
      rows[starts[pool]..<starts[pool + 1]].reduce(0) { $0 + values[Int($1)] } / Double(size(Int32(pool)))
    }
  }
}
