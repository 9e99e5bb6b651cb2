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
        MeasureNumber(
          worst.map { .value($0.gamma) } ?? .undefined("no rows in the rate's base"),
          reason: "a largest deviation lies above 0 by chance alone")
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

  /// The occupied cells of the finest cross.
  private func cells(_ features: [Int]) -> [SubgroupFairness.Cell] {
    let groupings = features.map { input.plan.groupings[$0] }
    var places: [[UInt16]: Int] = [:]
    var keys: [[UInt16]] = []
    var sums: [(rows: [Int], weights: [Double], squares: [Double])] = []
    let observations = input.observations
    var last: (key: [UInt16], place: Int) = ([], -1)
    for row in 0..<observations.rowCount {
      let key = groupings.map { $0.codes[row] }
      if key != last.key || last.place < 0 {
        let place = places[key] ?? keys.count
        if place == keys.count {
          places[key] = place
          keys.append(key)
          sums.append(([0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]))
        }
        last = (key, place)
      }
      let (label, decision) = (observations.labels[row], observations.decisions[row])
      let cell = label == 1 ? (decision == 1 ? 0 : 2) : (decision == 1 ? 1 : 3)
      let weight = observations.weights?[row] ?? 1
      sums[last.place].rows[cell] += 1
      sums[last.place].weights[cell] += weight
      sums[last.place].squares[cell] += weight * weight
    }
    let order = keys.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }
    return order.map { place in
      let values = zip(groupings, keys[place]).map { $0.groups[Int($1)].label }
      let counts = OutcomeCounts(
        rows: sums[place].rows, weights: sums[place].weights, squaredWeights: sums[place].squares)
      return SubgroupFairness.Cell(values, input.oriented(GroupCounts("", counts)).counts)
    }
  }

  private static func text(_ deviation: SubgroupFairness.Deviation, _ features: [String]) -> String {
    let terms = zip(features, deviation.values).compactMap { feature, value in
      value.map { "\(feature)=\($0)" }
    }
    let sign = deviation.difference < 0 ? "lower" : "higher"
    return "\(terms.isEmpty ? "all rows" : terms.joined(separator: " & ")), \(sign) than overall"
  }
}
