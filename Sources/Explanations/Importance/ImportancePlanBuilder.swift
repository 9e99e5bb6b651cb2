import Metrics
import Results
import Slicing

/// Makes readouts and scorings for the rows of an explanation.
struct ImportancePlanBuilder {
  let input: ExplanationInput
  let base: ImportanceReading.Prediction

  func readout(_ family: Int, _ tracks: [ImportanceTrack]) -> ImportanceReadout {
    let own = input.plan.families[family]
    return ImportanceReadout(
      family: family, positions: input.positions(own), groupCount: own.shown.count,
      labels: input.observations.labels, weights: input.observations.weights, tracks: tracks)
  }

  func reading(_ readout: ImportanceReadout) -> ImportanceReading {
    var reader = ImportanceReader(labels: input.observations.labels, weights: input.observations.weights)
    var reading = ImportanceReading(readout)
    reader.read(base, readout, into: &reading)
    return reading
  }

  /// For each metric the gap between the groups with its largest and its smallest value, among those with enough rows; the pair
  /// stays the same through all permutations.
  func pairs(_ readout: ImportanceReadout) -> [ImportanceTrack] {
    let reading = reading(readout)
    return readout.tracks.indices.compactMap { index in
      let values = reading.values[index]
      let rows = Denominators(input, base, readout, readout.tracks[index].metric).rows
      let groups = values.indices.filter {
        values[$0].isFinite && rows[$0] >= ImportancePlan.gapRows
      }
      guard let most = groups.max(by: { (values[$0], $1) < (values[$1], $0) }),
        let least = groups.min(by: { (values[$0], $0) < (values[$1], $1) }), groups.count > 1
      else { return nil }
      // Where all values are equal, the first group against the second.
      let other = most == least ? groups[groups[0] == most ? 1 : 0] : least
      return ImportanceTrack(
        readout.tracks[index].metric, gap: (most, other),
        comparisons: groups.count * (groups.count - 1) / 2)
    }
  }

  func scoring(_ readouts: [ImportanceReadout], slices: [Int32]?) -> ImportanceScoring {
    let bases = readouts.map(reading)
    return ImportanceScoring(
      slices: slices, readouts: readouts, bases: bases,
      quantities: zip(readouts, bases).map { readout, base in
        readout.tracks.indices.map { quantities(readout, $0, base, slices) }
      })
  }

  private func quantities(
    _ readout: ImportanceReadout, _ track: Int, _ base: ImportanceReading, _ slices: [Int32]?
  ) -> [ImportanceQuantity] {
    let own = readout.tracks[track]
    var sizes = [Int](repeating: 0, count: readout.groupCount + 1)
    for group in readout.groups { sizes[Int(group)] += 1 }
    let values = own.quantities(base.values[track])
    let denominators = Denominators(input, self.base, readout, own.metric)
    let first = input.firstSlice[readout.family]
    return values.indices.map { index in
      let group = own.gap?.group ?? index
      return ImportanceQuantity(
        metric: own.metric, slice: first + group, reference: own.gap.map { first + $0.reference },
        donors: slices == nil ? .allRows : .sameSlice,
        rows: sizes[group] + (own.gap.map { sizes[$0.reference] } ?? 0), base: values[index],
        comparisons: own.comparisons,
        effectiveUnits: min(
          denominators.units[group], own.gap.map { denominators.units[$0.reference] } ?? .infinity),
        reason: values[index].isFinite ? (sizes[group] < 2 ? "fewer than two rows" : nil) : "undefined")
    }
  }
}
