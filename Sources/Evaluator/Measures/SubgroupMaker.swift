import Fairness
import Metrics
import Results
import Slicing

/// Fairness against gerrymandering: conjunctions of all features that are sliced by.
struct SubgroupMaker {
  let input: BinaryMeasureInput

  static let rates: [(FairnessMeasure, SubgroupFairness.Rate)] = [
    (.subgroupSelection, .selection), (.subgroupFalsePositive, .falsePositive),
    (.subgroupTruePositive, .truePositive),
  ]

  /// Cells times conjunctions of each that are looked at at most.
  static let limit = 2_000_000

  func add(to sink: inout MeasureSink) {
    guard sink.asks(forAnyOf: Self.rates.map(\.0)), !input.families.isEmpty else { return }
    let features = features()
    let cells = cells(features)
    let base = MeasureSink.Base(GroupCounts.total(cells.map { GroupCounts("", $0.counts) }).counts)
    let isTooMany = cells.count * (1 << min(features.count, 30)) > Self.limit
    for (measure, rate) in Self.rates where sink.asks(for: measure) && (input.hasLabel || rate == .selection)
    {
      guard !isTooMany else {
        sink.add(measure, MeasureSink.Place(), base) {
          MeasureNumber(.undefined("more than \(Self.limit) conjunctions of cells"), reason: "")
        }
        continue
      }
      let worst = SubgroupFairness.deviations(cells, rate).first
      let detail = worst.map { Self.text($0, features.map { input.plan.groupings[$0].feature }) }
      sink.add(measure, MeasureSink.Place(detail: detail), base) {
        guard let worst else { return MeasureNumber(.undefined("no rows in the rate's base"), reason: "") }
        return SubgroupDistances(
          cells, rate, isWeighted: input.observations.weights != nil, key: rate.key,
          draws: DistanceDraws(input.configuration)
        ).number(worst.gamma)
      }
    }
  }

  /// Each feature once, as it was divided first.
  private func features() -> [Int] {
    var seen: Set<String> = []
    let used = Set(input.plan.families.flatMap(\.features))
    return input.plan.groupings.indices.filter {
      used.contains($0) && seen.insert(input.plan.groupings[$0].feature).inserted
    }
  }

  /// The occupied cells of the finest cross, in the order of its groups. Complexity: O(rows · features).
  private func cells(_ features: [Int]) -> [SubgroupFairness.Cell] {
    let groupings = features.map { input.plan.groupings[$0] }
    let (places, keys) = Self.places(groupings, rowCount: input.observations.rowCount)
    var rows = [Int](repeating: 0, count: 4 * keys.count)
    var (weights, squares) = (
      [Double](repeating: 0, count: rows.count), [Double](repeating: 0, count: rows.count)
    )
    let observations = input.observations
    for row in 0..<observations.rowCount {
      let (label, decision) = (observations.labels[row], observations.decisions[row])
      let cell = 4 * Int(places[row]) + (label == 1 ? (decision == 1 ? 0 : 2) : (decision == 1 ? 1 : 3))
      let weight = observations.weights?[row] ?? 1
      rows[cell] += 1
      weights[cell] += weight
      squares[cell] += weight * weight
    }
    let order = keys.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }
    return order.map { place in
      let own = 4 * place..<4 * place + 4
      let counts = OutcomeCounts(
        rows: Array(rows[own]), weights: Array(weights[own]), squaredWeights: Array(squares[own]))
      return SubgroupFairness.Cell(
        zip(groupings, keys[place]).map { $0.groups[Int($1)].label },
        input.oriented(GroupCounts("", counts)).counts)
    }
  }

  /// The cell of each row, and its group of each feature: one feature after the other divides the cells so far.
  private static func places(
    _ groupings: [Grouping], rowCount: Int
  ) -> (places: [UInt32], keys: [[UInt16]]) {
    var places = [UInt32](repeating: 0, count: rowCount)
    var keys: [[UInt16]] = [[]]
    for grouping in groupings {
      let radix = grouping.groups.count
      var known: [UInt64: UInt32] = [:]
      var next: [[UInt16]] = []
      for row in 0..<rowCount {
        let code = UInt64(places[row]) * UInt64(radix) + UInt64(grouping.codes[row])
        if let place = known[code] {
          places[row] = place
        } else {
          known[code] = UInt32(next.count)
          next.append(keys[Int(places[row])] + [grouping.codes[row]])
          places[row] = UInt32(next.count - 1)
        }
      }
      keys = next
    }
    return (places, keys)
  }

  private static func text(_ deviation: SubgroupFairness.Deviation, _ features: [String]) -> String {
    let terms = zip(features, deviation.values).compactMap { feature, value in
      value.map { "\(feature)=\($0)" }
    }
    let sign = deviation.difference < 0 ? "lower" : "higher"
    return "\(terms.isEmpty ? "all rows" : terms.joined(separator: " & ")), \(sign) than overall"
  }
}
