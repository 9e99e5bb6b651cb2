import Metrics
import Results
import Slicing

/// Makes readouts and scorings for the rows of an explanation.
struct ImportancePlanBuilder {
  let input: ExplanationInput
  let base: ImportanceReading.Prediction

  func readout(_ family: Int, _ tracks: [ImportanceTrack]) -> ImportanceReadout {
    readout(input.explainedGroups(family), tracks)
  }

  func readout(_ groups: ExplainedGroups, _ tracks: [ImportanceTrack]) -> ImportanceReadout {
    ImportanceReadout(
      groups, labels: input.observations.labels, weights: input.observations.weights, tracks: tracks)
  }

  func reading(_ readout: ImportanceReadout) -> ImportanceReading {
    var reader = ImportanceReader(labels: input.observations.labels, weights: input.observations.weights)
    var reading = ImportanceReading(readout)
    reader.read(base, readout, into: &reading)
    return reading
  }

  /// For each metric the gap of a family, among the groups with enough rows: of the group that is farthest from the reference, or,
  /// where none is named or it has too few rows, between those with the largest and the smallest value. The pair stays the
  /// same through all permutations.
  func pairs(_ explained: ExplainedGroups, _ metrics: [BinaryMetric]) -> [ImportanceTrack] {
    let readout = readout(explained, metrics.compactMap { ImportanceTrack($0) })
    let reading = reading(readout)
    return readout.tracks.indices.compactMap { index in
      let metric = readout.tracks[index].metric
      let values = reading.values[index]
      let rows = Denominators(input, base, readout, metric).rows
      let groups = values.indices.filter {
        values[$0].isFinite && rows[$0] >= ImportancePlan.gapRows
      }
      guard groups.count > 1 else { return nil }
      if let reference = explained.reference, groups.contains(reference) {
        return ImportanceTrack(
          metric, gap: (Self.farthest(from: reference, groups, values), reference),
          comparisons: groups.count - 1)
      }
      return ImportanceTrack(
        metric, gap: Self.widest(groups, values), comparisons: groups.count * (groups.count - 1) / 2)
    }
  }

  /// The earlier one of as far groups. - Parameter groups: two or more, ascending
  private static func farthest(from reference: Int, _ groups: [Int], _ values: [Double]) -> Int {
    var others = groups.filter { $0 != reference }[...]
    var farthest = others.removeFirst()
    for group in others
    where abs(values[group] - values[reference]) > abs(values[farthest] - values[reference]) {
      farthest = group
    }
    return farthest
  }

  /// Largest and smallest, the earlier one of equal groups; where all are equal, the first against the second.
  ///
  /// - Parameter groups: two or more, ascending
  private static func widest(_ groups: [Int], _ values: [Double]) -> (group: Int, reference: Int) {
    var (most, least) = (groups[0], groups[0])
    for group in groups.dropFirst() {
      if values[group] > values[most] { most = group }
      if values[group] < values[least] { least = group }
    }
    return (most, most == least ? groups[1] : least)
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
    return values.indices.map { index in
      let group = own.gap?.group ?? index
      return ImportanceQuantity(
        metric: own.metric, slice: readout.slices[group],
        reference: own.gap.map { readout.slices[$0.reference] },
        donors: slices == nil ? .allRows : .sameSlice,
        rows: sizes[group] + (own.gap.map { sizes[$0.reference] } ?? 0), base: values[index],
        comparisons: own.comparisons,
        effectiveUnits: min(
          denominators.units[group], own.gap.map { denominators.units[$0.reference] } ?? .infinity),
        reason: values[index].isFinite ? (sizes[group] < 2 ? "fewer than two rows" : nil) : "undefined")
    }
  }
}
