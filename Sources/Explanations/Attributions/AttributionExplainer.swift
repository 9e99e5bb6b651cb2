import Results
import Slicing
import Statistics
import Tables

/// Attributions averaged over slices, of listed rows, and of the gaps between groups' mean predictions.
///
/// All of it is told against one set of background rows: errors are those of the explained rows, not of the background's.
package struct AttributionExplainer: Sendable {
  private let input: ExplanationInput
  private let groups: [FeatureGroup]
  private let settings: ExplanationSettings

  /// - Parameter groups: every column of the model in exactly one
  /// - Throws: `data` where a column is in two groups or in none, or no row weighs anything.
  package init(
    _ input: ExplanationInput, _ groups: [FeatureGroup], _ settings: ExplanationSettings
  ) throws(Failure) {
    (self.input, self.groups, self.settings) = (input, groups, settings)
    for (index, column) in input.columns.enumerated() {
      let owners = groups.filter { $0.members.contains(index) }
      guard owners.count != 1 else { continue }
      let names = owners.map { "“\($0.name)”" }.joined(separator: " and ")
      throw Failure(
        .data, "column “\(column.name)” is in \(owners.isEmpty ? "no group" : names) of the features",
        advice: "What a column adds can be attributed to one group only: name it in one.")
    }
    guard (0..<Int32(input.rowCount)).contains(where: { input.weight($0) > 0 }) else {
      throw Failure(.data, "there is no row that weighs anything to attribute predictions of")
    }
  }

  /// Attributions, and a decomposition for each single-feature family with two groups that can be compared: of the group with
  /// the largest mean prediction against that with the smallest, or of the farthest one against the reference.
  ///
  /// - Parameter progress: told the share of the work that is done, never two at a time
  /// - Throws: `data` where a listed row does not exist; what the scorer throws.
  package func run(
    progress: @Sendable (Double) -> Void = { _ in }
  ) throws(Failure) -> (attributions: Attributions, decompositions: [GapDecomposition]) {
    let listed = try listedRows()
    let background = AttributionSample.background(input, settings)
    let source = try AttributionSource(input, groups, settings, background: background)
    let sample = AttributionSample(input, settings, predictions: source.predictions)
    let rows = sample.rows
    let share = Double(rows.count) / Double(max(1, rows.count + listed.count))
    let found = try source.values(rows, isListed: false) { progress($0 * share) }
    let single = try source.values(listed, isListed: true) { progress(share + $0 * (1 - share)) }
    let means = sample.families.map { family in
      family.groups.map { self.means($0, of: found.values, at: rows) }
    }
    let attributions = Attributions(
      method: source.method(isExact: found.isExact && single.isExact), scale: source.scale,
      backgroundRows: background.count, baseValue: source.baseValue,
      groups: zip(sample.families, means).flatMap { family, means in self.groups(family, means) },
      rows: listed.enumerated().map { row($1, at: $0, single, source) })
    let decompositions = zip(sample.families, means).compactMap { family, means in
      decomposition(family, means, source)
    }
    return (attributions, decompositions)
  }

  private func listedRows() throws(Failure) -> [Int32] {
    for row in settings.listedRows where !(1...max(1, input.rowCount)).contains(row) {
      throw Failure(
        .data, "there is no row \(row) to list: rows are numbered from 1 to \(input.rowCount)")
    }
    return settings.listedRows.map { Int32($0 - 1) }
  }

  private func means(_ rows: [Int32], of values: [Double], at places: [Int32]) -> AttributionMeans {
    let width = groups.count
    return AttributionMeans(rows, featureCount: width, input) { row in
      let place = Self.place(of: row, in: places)
      return values[place * width..<(place + 1) * width]
    }
  }

  /// Where a row stands in an ascending list that holds it.
  private static func place(of row: Int32, in rows: [Int32]) -> Int {
    var low = 0
    var high = rows.count - 1
    while low < high {
      let middle = (low + high) / 2
      if rows[middle] < row { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Groups without rows have no mean and are left out.
  private func groups(_ family: AttributionSample.Family, _ means: [AttributionMeans]) -> [Attributions.Group]
  {
    zip(family.groups, means).enumerated().compactMap { position, group in
      let (rows, means) = group
      guard !rows.isEmpty else { return nil }
      return Attributions.Group(
        slice: family.slices[position], rows: rows.count, mean: means.mean,
        standardError: means.variance.map { $0.squareRoot() }, meanAbsolute: means.meanAbsolute)
    }
  }

  private func decomposition(
    _ family: AttributionSample.Family, _ means: [AttributionMeans], _ source: AttributionSource
  ) -> GapDecomposition? {
    guard let (group, reference) = family.pair else { return nil }
    let parts = means[group].minus(means[reference])
    let margins = parts.map { part in
      part.freedom < .infinity
        ? part.error * StudentT.criticalValue(level: settings.level, degreesOfFreedom: part.freedom)
        : part.error * Normal.criticalValue(level: settings.level)
    }
    return GapDecomposition(
      slice: family.slices[group], reference: family.slices[reference], scale: source.scale,
      difference: meanPrediction(family.groups[group], source)
        - meanPrediction(family.groups[reference], source),
      parts: parts.map(\.difference), standardError: parts.map(\.error),
      lower: zip(parts, margins).map { $0.difference - $1 },
      upper: zip(parts, margins).map { $0.difference + $1 })
  }

  private func meanPrediction(_ rows: [Int32], _ source: AttributionSource) -> Double {
    rows.reduce(0) { $0 + input.weight($1) * source.predictions[Int($1)] }
      / rows.reduce(0) { $0 + input.weight($1) }
  }

  private func row(
    _ row: Int32, at place: Int, _ found: ShapleyValues, _ source: AttributionSource
  ) -> Attributions.Row {
    let own = place * groups.count..<(place + 1) * groups.count
    return Attributions.Row(
      row: Int(row) + 1, prediction: source.predictions[Int(row)], values: Array(found.values[own]),
      errors: Array(found.errors[own]),
      texts: groups.map { group in
        let members = group.members.sorted().map { input.columns[$0] }
        guard members.count != 1 else { return members[0].text(Int(row)) }
        return members.map { "\($0.name)=\($0.text(Int(row)))" }.joined(separator: ", ")
      })
  }
}

extension Column {
  /// A row's value for a reader.
  fileprivate func text(_ row: Int) -> String {
    switch self {
    case .numbers(let column):
      column.values[row].isNaN ? SliceName.missing : NumberText.text(column.values[row])
    case .category(let column):
      column.codes[row] == CategoryColumn.missing
        ? SliceName.missing : column.categories[Int(column.codes[row])]
    }
  }
}
