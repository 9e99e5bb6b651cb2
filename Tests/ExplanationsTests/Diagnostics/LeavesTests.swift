import Explanations
import Results
import Statistics
import Tables
import TestSupport
import Testing

@Suite struct LeavesTests {
  private func made(
    _ columns: [Column], depth: Int, groups: [FeatureGroup]? = nil
  ) throws -> Diagnostics {
    let input = try MadeRows.input(columns, labels: MadeRows.labels(columns[0].rowCount, seed: 1))
    var settings = ExplanationSettings()
    settings.conditioning = .leaves(depth: depth)
    return try Diagnostics(input, settings, groups)
  }

  private func rules(_ diagnostics: Diagnostics, _ group: Int) -> [String]? {
    diagnostics.donors.leaves[group]?.map(\.rule)
  }

  // MARK: What is found

  @Test func categoriesThatShiftANumberPartIt() throws {
    let g = (0..<400).map { String?(["a", "b", "c", "d"][$0 % 4]) }
    let x = zip(g, MadeRows.noise(400, seed: 1)).map { (["b", "c"].contains($0) ? 5 : 0) + $1 }
    let made = try made([MadeRows.numbers("x", x), MadeRows.category("g", g)], depth: 3)
    #expect(rules(made, 0) == ["g in {“a”, “d”}", "g in {“b”, “c”}"])
    #expect(made.donors.leaves[0]?.map(\.rows) == [200, 200])
    let pools = try #require(made.donors.pools.byGroup[0])
    #expect(zip(pools, g).allSatisfy { ($0 == 1) == ["b", "c"].contains($1) })
  }

  @Test func numbersPartEachOther() throws {
    let y = (0..<600).map { Double($0 % 60) }
    let x = zip(y, MadeRows.noise(600, seed: 1)).map { ($0 <= 19 ? 0 : $0 <= 44 ? 6 : 12) + $1 }
    let made = try made([MadeRows.numbers("x", x), MadeRows.numbers("y", y)], depth: 2)
    #expect(rules(made, 0) == ["y ≤ 19", "19 < y ≤ 44", "y > 44"])
    #expect(made.donors.leaves[0]?.map(\.rows) == [200, 250, 150])
  }

  @Test func missingValuesAreASideOrGoWithOne() throws {
    let alone = (0..<400).map { $0 % 4 == 0 ? Double.nan : Double($0 % 50) }
    let noise = MadeRows.noise(400, seed: 1)
    let jump = zip(alone, noise).map { ($0.isNaN ? 5 : 0) + $1 }
    #expect(
      rules(try made([MadeRows.numbers("x", jump), MadeRows.numbers("y", alone)], depth: 1), 0)
        == ["y missing", "y present"])
    let above = zip(alone, noise).map { ($0.isNaN || $0 > 24 ? 5 : 0) + $1 }
    #expect(
      rules(try made([MadeRows.numbers("x", above), MadeRows.numbers("y", alone)], depth: 1), 0)
        == ["y ≤ 24", "y > 24 or missing"])
    let gone = alone.map { $0.isNaN ? 0.0 : .nan }
    #expect(
      rules(try made([MadeRows.numbers("x", gone), MadeRows.numbers("y", alone)], depth: 1), 0)
        == ["y missing", "y present"])
  }

  @Test func aCategoryIsPredictedToo() throws {
    let y = (0..<400).map { Double($0 % 40) }
    let g = y.enumerated().map { String?($1 < 10 ? "low" : $0 % 3 == 0 ? "mid" : "high") }
    let made = try made([MadeRows.category("g", g), MadeRows.numbers("y", y)], depth: 3)
    #expect(rules(made, 0) == ["y ≤ 9", "y > 9"])
  }

  /// The group's columns follow different features; both part it, and neither is parted by its own members.
  @Test func aGroupIsPredictedAsAWhole() throws {
    let (y, z) = ((0..<800).map { Double($0 % 2) }, (0..<800).map { Double($0 / 2 % 2) })
    let columns = [
      MadeRows.numbers("a", zip(y, MadeRows.noise(800, seed: 1)).map { 6 * $0 + $1 }),
      MadeRows.category("b", z.map { $0 == 0 ? "u" : "v" }), MadeRows.numbers("y", y),
      MadeRows.numbers("z", z),
    ]
    let groups = [
      FeatureGroup(name: "ab", members: [0, 1]), FeatureGroup(name: "y", members: [2]),
      FeatureGroup(name: "z", members: [3]),
    ]
    let made = try made(columns, depth: 2, groups: groups)
    #expect(
      Set(rules(made, 0) ?? []) == ["y ≤ 0 & z ≤ 0", "y ≤ 0 & z > 0", "y > 0 & z ≤ 0", "y > 0 & z > 0"])
    #expect(made.donors.leaves[0]?.map(\.rows) == [200, 200, 200, 200])
  }

  @Test func leavesBringRowsBackIntoTheData() throws {
    let x = MadeRows.noise(4000, seed: 1)
    let columns = [
      MadeRows.numbers("x", x),
      MadeRows.numbers("y", zip(x, MadeRows.noise(4000, seed: 2)).map { $0 + 0.2 * $1 }),
    ]
    let marginal = try Diagnostics(
      MadeRows.input(columns, labels: MadeRows.labels(4000, seed: 1)), ExplanationSettings())
    let free = try #require(marginal.features[0].extrapolationShare)
    let held = try #require(try made(columns, depth: 4).features[0].extrapolationShare)
    #expect(free > 0.4)
    #expect(held < 0.05)
  }

  // MARK: What is not

  /// Noise of all kinds parts nothing in 95 % of data sets, less 3 Monte Carlo errors, whatever the number of its
  /// categories.
  @Test func noiseMakesNoLeaves() throws {
    let runs = 200
    var parted = 0
    for seed in 0..<UInt64(runs) {
      var random = KeyedRandom(seed: seed, key: "columns")
      let columns = [
        seed % 2 == 0
          ? MadeRows.numbers("x", MadeRows.noise(300, seed: seed))
          : MadeRows.category("x", (0..<300).map { _ in "k\(random.integer(below: 4))" }),
        MadeRows.category("many", (0..<300).map { _ in "c\(random.integer(below: 50))" }),
        MadeRows.numbers("y", (0..<300).map { _ in random.uniform() < 0.2 ? .nan : random.uniform() }),
        MadeRows.numbers("few", (0..<300).map { _ in Double(random.integer(below: 3)) }),
      ]
      let groups = [FeatureGroup(name: "x", members: [0]), FeatureGroup(name: "rest", members: [1, 2, 3])]
      if try made(columns, depth: 2, groups: groups).donors.pools.byGroup[0] != nil { parted += 1 }
    }
    #expect(Double(parted) / Double(runs) <= 0.05 + 3 * (0.05 * 0.95 / Double(runs)).squareRoot())
  }

  @Test func aConstantAndALoneFeatureHaveNoLeaves() throws {
    let same = MadeRows.numbers("same", Array(repeating: 1, count: 100))
    #expect(
      try made([same, MadeRows.numbers("y", MadeRows.noise(100, seed: 1))], depth: 3).donors.leaves[0] == nil)
    #expect(try made([same], depth: 3).donors.pools.byGroup == [nil])
    #expect(try made([MadeRows.numbers("x", [])], depth: 3).donors.pools.byGroup == [nil])
  }

  @Test(arguments: [2, 5, 9])
  func leavesAreLargeAndFew(depth: Int) throws {
    let x = MadeRows.noise(5000, seed: 1)
    let made = try made([MadeRows.numbers("x", x), MadeRows.numbers("y", x)], depth: depth)
    let leaves = try #require(made.donors.leaves[0])
    #expect(leaves.count <= 1 << depth)
    #expect(leaves.allSatisfy { $0.rows >= 50 })
    #expect(leaves.reduce(0) { $0 + $1.rows } == 5000)
    let pools = try #require(made.donors.pools.byGroup[0])
    #expect(leaves.indices.allSatisfy { leaf in pools.count { $0 == leaf } == leaves[leaf].rows })
  }

  @Test(arguments: [0, -1, 11])
  func aDepthMustMakeSense(depth: Int) {
    #expect(throws: Failure.self) { try made([MadeRows.numbers("x", [1, 2])], depth: depth) }
  }

  // MARK: Against all splits there are

  /// Every threshold, and every subset of the categories, tried slowly: none leaves less Gini impurity or variance.
  @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6])
  func oneSplitIsTheBestThereIs(seed: UInt64) throws {
    var random = KeyedRandom(seed: seed, key: "columns")
    let g = (0..<300).map { _ in random.integer(below: 6) }
    let y = (0..<300).map { _ in Double(random.integer(below: 15)) }
    let shift = (0..<6).map { _ in random.uniform() }
    let x = (0..<300).map { row in shift[g[row]] + (y[row] > 4 ? 0.5 : 0) + 0.4 * random.normal() }
    let columns = [
      MadeRows.numbers("x", x), MadeRows.category("g", g.map { "\($0)" }), MadeRows.numbers("y", y),
    ]
    let pools = try #require(try made(columns, depth: 1).donors.pools.byGroup[0])
    let ranks = Midranks.ranks(x)
    var sides = (0..<15).map { cut in y.map { $0 <= Double(cut) } }
    sides += (1..<63).map { subset in g.map { subset >> $0 & 1 == 1 } }
    let least = sides.filter { side in
      let left = side.count { $0 }
      return left >= 30 && left <= 270
    }.map { impurity(ranks, $0) }.min()
    #expect(isClose(impurity(ranks, pools.map { $0 == 0 }), try #require(least), within: 1e-9))
  }

  private func impurity(_ values: [Double], _ left: [Bool]) -> Double {
    [true, false].reduce(0.0) { sum, side in
      let own = zip(values, left).filter { $0.1 == side }.map(\.0)
      let mean = own.reduce(0, +) / Double(own.count)
      return sum + own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
  }

  // MARK: Threads and many rows

  @Test func threadsChangeNothing() throws {
    let x = MadeRows.noise(2000, seed: 1)
    let columns = (0..<6).map { index -> Column in
      let noise = MadeRows.noise(2000, seed: UInt64(index + 2))
      let values: [Double] = zip(x, noise).map { $0 + Double(index) * $1 }
      return MadeRows.numbers("x\(index)", values)
    }
    let input = try MadeRows.input(columns, labels: MadeRows.labels(2000, seed: 1))
    var settings = ExplanationSettings()
    settings.conditioning = .leaves(depth: 3)
    let one = try Diagnostics(input, settings)
    settings.threads = 3
    let three = try Diagnostics(input, settings)
    #expect(one.donors.pools == three.donors.pools)
    #expect(one.features == three.features)
    #expect(one.donors.pools.byGroup.contains { $0 != nil })
  }

  /// Trees are grown on a sample, and every row has its leaf.
  @Test func rowsBeyondTheSampleHaveLeavesToo() throws {
    let count = FeatureAssociations.rowLimit + 2000
    let texts = (0..<count).map { String?($0 % 2 == 0 ? "a" : "b") }
    let x = (0..<count).map { Double($0 % 2 * 10 + $0 % 7) }
    let made = try made([MadeRows.numbers("x", x), MadeRows.category("g", texts)], depth: 1)
    #expect(made.donors.leaves[0]?.map(\.rows) == [count / 2, count / 2])
    let pools = try #require(made.donors.pools.byGroup[0])
    #expect(pools.indices.allSatisfy { Int(pools[$0]) == $0 % 2 })
    #expect(made.notes.count == 1)
    #expect(made.notes[0].contains("100000 of the 102000 rows"))
  }
}
