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
    let rates = Self.rates.filter { sink.asks(for: $0.0) && (input.hasLabel || $0.1 == .selection) }
    guard let cells = cells(features) else {
      let base = MeasureSink.Base(input.counts(input.overall).counts)
      for (measure, _) in rates {
        sink.add(measure, MeasureSink.Place(), base) {
          MeasureNumber(.undefined("more than \(Self.limit) conjunctions of cells"), reason: "")
        }
      }
      return
    }
    let base = MeasureSink.Base(GroupCounts.total(cells.map { GroupCounts("", $0.counts) }).counts)
    for (measure, rate) in rates {
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

  /// The occupied cells of the finest cross, in the order of its groups; nil where they are too many to look at every
  /// conjunction. Complexity: O(rows · features).
  private func cells(_ features: [Int]) -> [SubgroupFairness.Cell]? {
    let groupings = features.map { input.plan.groupings[$0] }
    let most = Self.limit >> min(features.count, 30)
    guard let (places, keys) = Self.places(groupings, rowCount: input.observations.rowCount, atMost: most)
    else { return nil }
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

  /// The cell of each row, and its group of each feature: one feature after the other divides the cells so far. nil as soon
  /// as there are more than so many, which more features do not change.
  private static func places(
    _ groupings: [Grouping], rowCount: Int, atMost most: Int
  ) -> (places: [UInt32], keys: [[UInt16]])? {
    var places = [UInt32](repeating: 0, count: rowCount)
    var keys: [[UInt16]] = [[]]
    for grouping in groupings {
      let radix = grouping.groups.count
      var known = PlaceTable(codes: keys.count * radix)
      var next: [[UInt16]] = []
      for row in 0..<rowCount {
        let code = Int(places[row]) * radix + Int(grouping.codes[row])
        let place = known.place(of: code, orNew: next.count)
        if place == next.count {
          guard next.count < most else { return nil }
          next.append(keys[Int(places[row])] + [grouping.codes[row]])
        }
        places[row] = UInt32(place)
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

/// Places of codes in the order in which they were met.
private struct PlaceTable {
  private var few: [UInt32]
  private var many: [Int: UInt32] = [:]

  /// Up to so many codes each has an entry.
  private static let limit = 1 << 22

  init(codes: Int) { few = [UInt32](repeating: .max, count: codes <= Self.limit ? codes : 0) }

  /// The place of a code, which is `new` for one that was not met before.
  mutating func place(of code: Int, orNew new: Int) -> Int {
    guard few.isEmpty else {
      if few[code] == .max { few[code] = UInt32(new) }
      return Int(few[code])
    }
    if let place = many[code] { return Int(place) }
    many[code] = UInt32(new)
    return new
  }
}
