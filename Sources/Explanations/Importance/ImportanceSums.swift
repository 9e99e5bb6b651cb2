/// What permutations of one feature add up to, for all quantities of a scoring.
struct ImportanceSums {
  /// By readout, by track, by quantity: its value at each permutation.
  private(set) var raw: [[[[Double]]]]
  /// By readout, by track, by row: sums of what the row's influence changed by, as receiver and as donor.
  private var changes: [[[Double]]]
  private(set) var repeats = 0
  private let scoring: ImportanceScoring
  private let units: [Int32]?
  private var reader: ImportanceReader
  private var readings: [ImportanceReading]

  init(_ scoring: ImportanceScoring, labels: [UInt8], weights: [Double]?, units: [Int32]?) {
    self.scoring = scoring
    self.units = units
    reader = ImportanceReader(labels: labels, weights: weights)
    readings = scoring.readouts.map(ImportanceReading.init)
    raw = scoring.quantities.map { $0.map { $0.map { _ in [] } } }
    changes = scoring.readouts.map { readout in
      readout.tracks.map { _ in [Double](repeating: 0, count: labels.count) }
    }
  }

  mutating func add(_ prediction: ImportanceReading.Prediction, _ shuffle: Shuffle) {
    repeats += 1
    for index in scoring.readouts.indices {
      let readout = scoring.readouts[index]
      reader.read(prediction, readout, into: &readings[index])
      for (track, own) in readout.tracks.enumerated() {
        let values = own.quantities(readings[index].values[track])
        for (place, value) in values.enumerated() { raw[index][track][place].append(value) }
        ImportanceKernels.accumulate(
          &readings[index].influences[track], scoring.bases[index].influences[track],
          receivers: shuffle.receivers, into: &changes[index][track])
      }
    }
  }

  /// Findings of all quantities, in the order of the scoring.
  ///
  /// - Parameter isExact: whether these were all permutations that there are
  func findings(isExact: Bool) -> [ImportanceFinding] {
    var findings: [ImportanceFinding] = []
    for (index, readout) in scoring.readouts.enumerated() {
      for (track, own) in readout.tracks.enumerated() {
        let scale = 1 / Double(repeats)
        let variances = scoring.variances(
          readout, own, changes[index][track].map { $0 * scale },
          scoring.quantities[index][track], units: units)
        for (place, quantity) in scoring.quantities[index][track].enumerated() {
          findings.append(
            finding(
              quantity, raw[index][track][place],
              own.isAtLeastScatter
                ? variances[place].atLeast(scatter(raw[index][track][place], isExact)) : variances[place],
              isExact, own.gap != nil))
        }
      }
    }
    return findings
  }

  /// Variance of a permutation's value about the mean of all.
  private func scatter(_ raw: [Double], _ isExact: Bool) -> Double {
    let count = Double(raw.count)
    guard count > 1 else { return 0 }
    let mean = raw.reduce(0, +) / count
    let squares = raw.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return isExact ? squares / count : squares / (count - 1) * (1 + 1 / count)
  }

  private func finding(
    _ quantity: ImportanceQuantity, _ raw: [Double], _ variance: RowColumnVariance, _ isExact: Bool,
    _ isGap: Bool
  ) -> ImportanceFinding {
    if let reason = quantity.reason { return ImportanceFinding(permuted: .nan, reason: reason) }
    var finding = ImportanceFinding(raw: raw, variance: variance, isExact: isExact, isGap: isGap)
    if raw.allSatisfy({ $0 == quantity.base }), variance.variance == 0 {
      (finding.permuted, finding.reason) = (quantity.base, ImportanceReason.unchanged)
    } else if !(variance.variance > 0) {
      finding.reason = ImportanceReason.noSpread
    }
    if !finding.permuted.isFinite { finding.reason = ImportanceReason.undefinedWhenPermuted }
    return finding
  }
}

extension ImportanceScoring {
  /// By quantity of a track. - Parameter contributions: the row + column formula's terms
  func variances(
    _ readout: ImportanceReadout, _ track: ImportanceTrack, _ contributions: [Double],
    _ quantities: [ImportanceQuantity], units: [Int32]?
  ) -> [RowColumnVariance] {
    if track.gap != nil || slices == nil {
      return quantities.map { RowColumnVariance(contributions, units: units, size: $0.effectiveUnits) }
    }
    var rows = [[Int]](repeating: [], count: readout.groupCount + 1)
    for (row, group) in readout.groups.enumerated() { rows[Int(group)].append(row) }
    return zip(rows, quantities).map { rows, quantity in
      RowColumnVariance(
        rows.map { contributions[$0] }, units: units.map { units in rows.map { units[$0] } },
        size: quantity.effectiveUnits)
    }
  }
}

/// Why a feature has no interval.
enum ImportanceReason {
  static let unused = "not used by the model"
  static let unchanged = "no prediction changed"
  /// All rows bear the same part of a change, so that nothing tells how much other rows would.
  static let noSpread = "too few rows for a standard error"
  static let undefinedWhenPermuted = "undefined in some permutations"
  static let noExpectation = "no exact expectation for so many permutations"

  /// Whether the feature could have been tested, and nothing speaks for it.
  static func isNothingFound(_ reason: String) -> Bool { reason == unchanged || reason == noSpread }
}
