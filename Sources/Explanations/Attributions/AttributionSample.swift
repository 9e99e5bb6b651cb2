import Metrics
import Slicing
import Statistics

/// Which rows are explained, for all rows and for each group.
///
/// Every row that weighs something has a random rank; a sample is the lowest ranks of its own rows. So each is a simple random
/// sample of its slice, small groups are filled up for their own means only, and the mean over all rows is not bent by it.
struct AttributionSample: Sendable {
  /// A single-feature family, or all rows.
  struct Family: Sendable {
    /// The evaluation's index of each explained group.
    var slices: [Int]
    /// Rows of each explained group, ascending.
    var groups: [[Int32]]
    /// The groups whose mean predictions are farthest apart, or the farthest from the reference, where one is named and can be
    /// compared, and that; nil where no two groups can be compared.
    var pair: (group: Int, reference: Int)?
  }

  let families: [Family]

  /// The lowest ranks of rows that weigh something, ascending by row. Complexity: O(rows · log rows).
  static func background(_ input: ExplanationInput, _ settings: ExplanationSettings) -> [Int32] {
    let ranked = ranked(input, seed: settings.seed, key: "background of attributions")
    return ranked.prefix(max(1, settings.backgroundRows)).sorted()
  }

  private static func ranked(_ input: ExplanationInput, seed: UInt64, key: String) -> [Int32] {
    let random = KeyedRandom(seed: seed, key: key)
    var ranks: [(rank: UInt64, row: Int32)] = []
    for row in 0..<input.rowCount where input.observations.weights.map({ $0[row] > 0 }) ?? true {
      var stream = random.stream(UInt64(row))
      ranks.append((stream.next(), Int32(row)))
    }
    return ranks.sorted { ($0.rank, $0.row) < ($1.rank, $1.row) }.map(\.row)
  }

  /// - Parameter predictions: of all rows, by which extreme groups are found
  ///
  /// Complexity: O(rows · log rows + families · rows).
  init(_ input: ExplanationInput, _ settings: ExplanationSettings, predictions: [Double]) {
    let ranked = Self.ranked(input, seed: settings.seed, key: "rows of attributions")
    let limit = max(1, settings.attributionRows)
    families = input.plan.families.indices.filter { input.plan.families[$0].features.count < 2 }.map {
      index in
      let explained = input.explainedGroups(index)
      let codes = explained.codes
      var rows = [[Int32]](repeating: [], count: explained.count)
      var common = [Int](repeating: 0, count: explained.count)
      for (rank, row) in ranked.enumerated() where codes[Int(row)] >= 0 {
        rows[Int(codes[Int(row)])].append(row)
        if rank < limit { common[Int(codes[Int(row)])] += 1 }
      }
      guard index > 0 else {
        return Family(slices: explained.slices, groups: [ranked.prefix(limit).sorted()])
      }
      let pair = Self.pair(rows, input, predictions, reference: explained.reference)
      let fewest = max(2, min(limit / 10, limit / max(1, explained.count)))
      let groups = rows.indices.map { group in
        let isCompared = group == pair?.group || group == pair?.reference
        return rows[group].prefix(max(common[group], isCompared ? max(2, limit / 2) : fewest)).sorted()
      }
      return Family(slices: explained.slices, groups: groups, pair: pair)
    }
  }

  /// Groups of one unit cannot be compared: their means have no known error.
  private static func pair(
    _ rows: [[Int32]], _ input: ExplanationInput, _ predictions: [Double], reference: Int?
  ) -> (group: Int, reference: Int)? {
    let means: [(group: Int, mean: Double)] = rows.indices.compactMap { group in
      guard let first = rows[group].first,
        rows[group].contains(where: { input.unit($0) != input.unit(first) })
      else { return nil }
      let weights = rows[group].map { input.weight($0) }
      let sum = zip(rows[group], weights).reduce(0) { $0 + predictions[Int($1.0)] * $1.1 }
      return (group, sum / weights.reduce(0, +))
    }
    if let reference = means.first(where: { $0.group == reference }) {
      let others = means.filter { $0.group != reference.group }
      return others.max { abs($0.mean - reference.mean) < abs($1.mean - reference.mean) }.map {
        ($0.group, reference.group)
      }
    }
    guard means.count > 1, let highest = means.max(by: { $0.mean < $1.mean }),
      let lowest = means.filter({ $0.group != highest.group }).min(by: { $0.mean < $1.mean })
    else { return nil }
    return (highest.group, lowest.group)
  }

  /// All rows that are in some sample, ascending.
  var rows: [Int32] { Set(families.flatMap { $0.groups.joined() }).sorted() }
}

extension ExplanationInput {
  func weight(_ row: Int32) -> Double { observations.weights?[Int(row)] ?? 1 }

  func unit(_ row: Int32) -> Int32 { units?[Int(row)] ?? row }
}
