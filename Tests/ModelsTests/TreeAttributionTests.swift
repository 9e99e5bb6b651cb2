import Results
import Tables
import TestSupport
import Testing

@testable import Models

/// Attributions on the margin against their definition: the sum over all sets of players.
@Suite struct TreeAttributionTests {
  /// Margins of rows that are put together as a mixture of `row` and each background row.
  private static func value(
    _ rescorer: Rescorer, output: Int, moved: Set<Int>, row: Int32, _ background: [Int32],
    _ weights: [Double]
  ) -> Double {
    let features = rescorer.encoded.enumerated().map { index, feature in
      feature.gathering(background.map { moved.contains(index) ? row : $0 })
    }
    let margins =
      rescorer.trees?.ensemble.margins(features, .walk) ?? rescorer.scorer.margins(features, .walk)
    let own = margins[output * background.count..<(output + 1) * background.count]
    return zip(own, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
  }

  static func enumerated(
    _ rescorer: Rescorer, output: Int, _ players: [Set<Int>], row: Int32, _ background: [Int32],
    _ weights: [Double]
  ) -> [Double] {
    let values = (0..<1 << players.count).map { mask in
      let moved = players.indices.filter { mask >> $0 & 1 == 1 }.reduce(into: Set<Int>()) {
        $0.formUnion(players[$1])
      }
      return value(rescorer, output: output, moved: moved, row: row, background, weights)
    }
    return players.indices.map { player in
      var sum = 0.0
      for mask in values.indices where mask >> player & 1 == 0 {
        var weight = 1 / Double(players.count)
        for other in 0..<mask.nonzeroBitCount {
          weight *= Double(other + 1) / Double(players.count - 1 - other)
        }
        sum += weight * (values[mask | 1 << player] - values[mask])
      }
      return sum
    }
  }

  private static func check(
    _ rescorer: Rescorer, _ players: [Set<Int>], rows: [Int32], _ background: [Int32], _ weights: [Double]
  ) throws {
    for output in rescorer.outputs.indices {
      let attribution = try MarginAttribution(
        rescorer, output: output, players: players, background: background, weights: weights)
      let values = attribution.values(rows)
      for (place, row) in rows.enumerated() {
        let own = Array(values[place * players.count..<(place + 1) * players.count])
        let expected = enumerated(rescorer, output: output, players, row: row, background, weights)
        for (a, b) in zip(own, expected) { #expect(isClose(a, b, within: 1e-9), "\(own) \(expected)") }
        let margin = attribution.margins[Int(row)] - attribution.baseValue
        #expect(isClose(own.reduce(0, +), margin, within: 1e-9))
        #expect(attribution.values([row]) == own)
      }
    }
  }

  static let files = [
    "xgb_missing.json", "xgb_categorical.json", "xgb_deep.json", "xgb_multi.json", "xgb_dart.ubj",
    "xgb_forest.json", "xgb_2_1.json", "xgb_poisson.json", "lgbm_categorical.txt", "lgbm_zero.txt",
    "lgbm_forest.txt", "lgbm_multi.txt", "lgbm_none.txt", "skl_forest.json", "skl_forest_multi.json",
    "skl_tree.json", "skl_boosting_multi.json", "skl_logistic.json", "skl_logistic_multi.json",
    "skl_ridge.json",
  ]

  static func rescorer(_ file: String) throws -> Rescorer {
    let scorer = try NativeScorer(ModelReader.read(path: LibraryFiles.path(file)))
    let isFilled = file.hasPrefix("skl")
    let columns = try RescorerTests.columns(scorer, Array(0..<240)).map { column -> Column in
      guard isFilled, case .numbers(let numbers) = column else { return column }
      return .numbers(
        NumberColumn(
          name: numbers.name, values: numbers.values.map { $0.isNaN ? 0 : $0 }, missingCount: 0))
    }
    return try Rescorer(scorer, columns)
  }

  @Test(arguments: files) func isTheSumOverSetsOfPlayers(_ file: String) throws {
    let rescorer = try Self.rescorer(file)
    let alone = rescorer.encoded.indices.map { Set([$0]) }
    var random = SplitMix(seed: 3)
    let background = (0..<9).map { _ in Int32.random(in: 0..<240, using: &random) }
    let weights = background.map { _ in Double.random(in: 0...2, using: &random) }
    let rows = (0..<6).map { _ in Int32.random(in: 0..<240, using: &random) }
    try Self.check(rescorer, alone, rows: rows, background, weights)
    if alone.count > 3 {
      try Self.check(
        rescorer, [[0, 3], [1]] + alone.dropFirst(4) + [[2]], rows: rows, background, weights)
    }
  }

  @Test(arguments: files.filter { !$0.contains("logistic") && !$0.contains("ridge") })
  func pairsAreWalkedToTheSameValues(_ file: String) throws {
    let rescorer = try Self.rescorer(file)
    let prepared = try #require(rescorer.trees)
    let players = prepared.binned.owners.map(\.feature)
    let inputs = { (rows: Range<Int32>) in
      RowInputs(prepared.inputs, rowCount: rescorer.rowCount, rows: rows)
    }
    let weights = (0..<30).map { Double($0 % 5) / 60 }
    let values = [256, 0].map { limit in
      TreeAttribution(
        prepared.ensemble, output: rescorer.outputs.count - 1, players: players,
        playerCount: rescorer.encoded.count, background: inputs(0..<30), weights: weights,
        leafLimit: limit
      ).values(inputs(30..<90))
    }
    #expect(values[0].count == 60 * rescorer.encoded.count && values[0].contains { $0 != 0 })
    for (a, b) in zip(values[0], values[1]) { #expect(isClose(a, b, within: 1e-9)) }
  }

  @Test func wrongPlayersAreADefect() throws {
    let rescorer = try Self.rescorer("xgb_missing.json")
    for players: [Set<Int>] in [[[0]], [[0, 1], [1, 2, 3, 4]], [[0, 1, 2, 3, 4, 5]]] {
      #expect(throws: Failure.self) {
        try MarginAttribution(rescorer, output: 0, players: players, background: [0], weights: [1])
      }
    }
    #expect(throws: Failure.self) {
      try MarginAttribution(
        rescorer, output: 0, players: [[0, 1, 2, 3, 4]], background: [0], weights: [0])
    }
  }

  /// Raw columns of real data: the codes of a column are one player.
  @Test(
    .enabled(if: SharedData.isPresent, "needs the shared data folder"),
    arguments: StoredModel.all.filter { ["compas", "contraceptive", "law_school"].contains($0.folder) })
  func codesOfAColumnAreOnePlayer(_ model: StoredModel) throws {
    let scorer = try model.scorer()
    let table = try model.table(scorer)
    let rescorer = try Rescorer(scorer, scorer.columns(of: table))
    var players = rescorer.encoded.indices.map { Set([$0]) }
    if players.count > 8 { players = [Set(0...players.count - 8)] + players.suffix(7) }
    var random = SplitMix(seed: 5)
    let pick = { (count: Int) in
      (0..<count).map { _ in Int32.random(in: 0..<Int32(table.rowCount), using: &random) }
    }
    try Self.check(
      rescorer, players, rows: pick(3), pick(7), [1, 1, 1, 2, 0, 1, 0.5])
  }

  /// `shap.TreeExplainer(booster, X[:20], feature_perturbation="interventional", model_output="raw")` of shap 0.51.0 with
  /// XGBoost 3.2.0, on the stored matrix of the Adult model: rows 100, 2 and 5000 from 0.
  @Test(.enabled(if: SharedData.isPresent, "needs the shared data folder")) func valuesAreThoseOfShap() throws
  {
    let model = StoredModel(folder: "adult", file: "xgb.json", scores: [], tolerance: 0)
    let scorer = try model.scorer()
    let rescorer = try Rescorer(scorer, scorer.columns(of: model.table(scorer)))
    let attribution = try MarginAttribution(
      rescorer, output: 0, players: rescorer.encoded.indices.map { [$0] }, background: Array(0..<20),
      weights: Array(repeating: 1, count: 20))
    let expected = [
      -0.2031159952399321, 0.8389307186589576, -0.2630865926563274, 0.0, -0.12424636436044238,
      0.05285370607743971, -0.007913821039255708, 0.5354945266852156, 0.2290221635310445, 0.6025507556041703,
      0.04224009349709377, 0.09438598614360671, 0.02022978134918958,
      0.013759052392560988, 0.9273452515655662, 6.714950303200749, 0.0, 0.5301094431139063,
      0.04279319262423087, -0.026484026398975402, -0.30662681882968174, 0.10414324534358457,
      -0.08036778316600249, 0.044626548152882604, -0.29776826303859705, 0.019128925042241462,
      -0.2648853442049585, -0.056288455129833895, -0.31239718266297134, 0.0, -0.2478614720486803,
      0.026507826961460524, 0.06292886668816208, -0.877759668440558, 0.24148645192035473, -0.8010798458009958,
      -0.20376714959274977, -0.40639316037413664, 0.007101640244945884,
    ]
    let own = attribution.values([100, 2, 5000])
    print("largest difference from shap", largestDifference([own], [expected]))
    #expect(largestDifference([own], [expected]) < 1e-7)
    #expect(abs(attribution.baseValue - -1.5097421913703903) < 1e-7)
  }
}
