import Results
import Tables
import TestSupport
import Testing

@testable import Models

/// Rescoring against scoring a copy of the table in which the columns really are permuted.
@Suite struct RescorerTests {
  static let files = [
    "xgb_missing.json", "xgb_deep.json", "xgb_multi.json", "lgbm_categorical.txt", "lgbm_zero.txt",
    "lgbm_forest.txt",
    "lgbm_dart.txt", "skl_forest.json", "xgb_2_1.json",
  ]

  static func columns(_ scorer: NativeScorer, _ rows: [Int]) throws -> [Column] {
    let table = try LibraryFiles.read("rows.csv")
    return zip(scorer.features, table.columns).map { feature, column in
      let all = LibraryFiles.numbers(table, column.name)
      let values = rows.map { all[$0] }
      return .numbers(
        NumberColumn(name: feature.name, values: values, missingCount: values.count(where: \.isNaN)))
    }
  }

  static func moved(_ columns: [Column], _ features: Set<Int>, _ donors: [Int32]) -> [Column] {
    columns.enumerated().map { index, column in
      guard features.contains(index), case .numbers(let numbers) = column else { return column }
      return .numbers(
        NumberColumn(
          name: numbers.name, values: donors.map { numbers.values[Int($0)] },
          missingCount: numbers.missingCount))
    }
  }

  @Test(arguments: files) func isScoringAPermutedCopy(_ file: String) throws {
    let scorer = try NativeScorer(ModelReader.read(path: LibraryFiles.path(file)))
    var random = SplitMix(seed: 4)
    let rows = (0..<1300).map { _ in Int.random(in: 0..<240, using: &random) }
    let columns = try Self.columns(scorer, rows)
    let rescorer = try Rescorer(scorer, columns)
    #expect(largestDifference(try rescorer.scores(), try scorer.score(columns)) < 1e-6)
    for moved: Set<Int> in [[0], [1], [3], [1, 3], [0, 1, 2, 3, 4], []] {
      let donors = (0..<3).map { _ in (Int32(0)..<1300).shuffled(using: &random) }
      let scores = try rescorer.scores(moving: moved, donors: donors)
      for (donors, scores) in zip(donors, scores) {
        let copied = try scorer.score(Self.moved(columns, moved, donors), .walk)
        #expect(largestDifference(scores, copied) < 1e-6)
        if moved.isEmpty { #expect(try scores == rescorer.scores()) }
      }
    }
  }

  @Test func largeTreesAreWalked() throws {
    // A chain: 300 leaves are too many for masks.
    let count = 299
    let nodes = (0..<count).map { index in
      TreeDraft.Node(
        split: Split(input: index % 2, threshold: Double(index) / 300, missingGoesLeft: index % 3 == 0),
        left: ~index, right: index + 1 < count ? index + 1 : ~count)
    }
    var ensemble = TreeEnsemble(
      inputNames: ["a", "b"], outputNames: ["score"], arithmetic: .double, link: .identity, base: [1])
    let leaves = (0...count).map { Double($0 * $0 % 97) }
    try ensemble.append(TreeDraft(nodes: nodes, root: 0, leafValues: leaves), place: "chain")
    try ensemble.append(
      TreeDraft(
        nodes: Array(
          nodes.prefix(80).map { node in
            var node = node
            if node.right == 80 { node.right = ~80 }
            return node
          }), root: 0, leafValues: leaves), place: "short chain")
    let scorer = try NativeScorer(.trees(ensemble))
    var random = SplitMix(seed: 9)
    let columns = ["a", "b"].map { name in
      Column.numbers(
        NumberColumn(
          name: name, values: (0..<2000).map { _ in Double.random(in: 0...1.1, using: &random) },
          missingCount: 0))
    }
    let walked = try scorer.score(columns, .walk)
    #expect(try scorer.score(columns, .masks) == walked)
    #expect(Set(walked[0]).count > 20)
    let rescorer = try Rescorer(scorer, columns)
    let donors = (Int32(0)..<2000).shuffled(using: &random)
    #expect(
      try rescorer.scores(moving: [1], donors: [donors])[0]
        == scorer.score(Self.moved(columns, [1], donors), .walk))
  }
}
