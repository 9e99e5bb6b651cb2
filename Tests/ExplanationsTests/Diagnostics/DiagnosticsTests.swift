import Explanations
import Results
import Statistics
import Tables
import TestSupport
import Testing

@Suite struct DiagnosticsTests {
  private func features(
    _ columns: [Column], labels: [UInt8]? = nil, hasLabel: Bool = true, weights: [Double]? = nil,
    groups: [FeatureGroup]? = nil, used: Set<Int>? = nil
  ) throws -> [ExplainedFeature] {
    let labels = labels ?? MadeRows.labels(columns[0].rowCount, seed: 9)
    let input = try MadeRows.input(
      columns, labels: labels, hasLabel: hasLabel, weights: weights, used: used)
    return try Diagnostics(input, ExplanationSettings(), groups).features
  }

  // MARK: What a feature is described by

  @Test func groupsAreDescribedByTheirMembersAgainstTheOthers() throws {
    let x = MadeRows.noise(1000, seed: 1)
    let z = MadeRows.noise(1000, seed: 2)
    let labels: [UInt8] = z.map { $0 > 0 ? 1 : 0 }
    let columns = [
      MadeRows.numbers("x", x), MadeRows.numbers("x2", x), MadeRows.numbers("z", z),
      MadeRows.numbers("mix", zip(x, z).map { $0 + 3 * $1 }),
    ]
    let groups = [
      FeatureGroup(name: "both", members: [1, 0]), FeatureGroup(name: "z", members: [2]),
      FeatureGroup(name: "mix", members: [3]),
    ]
    let described = try features(columns, labels: labels, groups: groups, used: [0])
    #expect(described.map(\.name) == ["both", "z", "mix"])
    #expect(described.map(\.columns) == [["x", "x2"], ["z"], ["mix"]])
    #expect(described.map(\.isUsed) == [true, false, false])
    #expect(described.map(\.associatedWith) == [2, 2, 1])
    #expect(described[0].associationMeasure == "|Spearman|")
    #expect(try #require(described[0].association) < 0.5)
    #expect(try #require(described[1].association) > 0.9)
    #expect(described[1].loneAUC == 1)
    #expect(try #require(described[0].loneAUC) < 0.6)
  }

  @Test func whatIsNotKnownIsNone() throws {
    let alone = try features([MadeRows.numbers("x", [1, 2, 3])], labels: [0, 1, 0], hasLabel: false)
    #expect(alone == [ExplainedFeature(name: "x", columns: ["x"])])
    let oneClass = try features([MadeRows.category("g", ["a", "b", "b"])], labels: [1, 1, 1])
    #expect(oneClass[0].loneAUC == nil)
  }

  @Test func noRowsAtAll() throws {
    let empty = try features(
      [MadeRows.numbers("x", []), MadeRows.numbers("y", []), MadeRows.category("g", [])], labels: [])
    #expect(empty.map(\.association) == [nil, nil, nil])
    #expect(empty.map(\.loneAUC) == [nil, nil, nil])
  }

  // MARK: Extrapolation

  /// With the same deciles of both, nine tenths of the cells are empty.
  @Test func aCopyIsPutOutsideTheDataNineTimesInTen() throws {
    let x = MadeRows.noise(1000, seed: 1)
    let described = try features([MadeRows.numbers("x", x), MadeRows.numbers("copy", x)])
    #expect(isClose(try #require(described[0].extrapolationShare), 0.9))
    #expect(isClose(try #require(described[1].extrapolationShare), 0.9))
  }

  @Test(arguments: [60, 200, 1000, 4000])
  func independentFeaturesStayInTheData(count: Int) throws {
    let described = try features([
      MadeRows.numbers("x", MadeRows.noise(count, seed: 1)),
      MadeRows.numbers("y", MadeRows.noise(count, seed: 2)),
      MadeRows.category("id", (0..<count).map { "\($0)" }),
    ])
    for feature in described { #expect(try #require(feature.extrapolationShare) < 0.02) }
  }

  /// The mean over real permutations is what the expectation says, to within 4 standard errors.
  @Test func theExpectationIsTheMeanOverPermutations() throws {
    let g = (0..<200).map { ["a", "b", "c", nil][$0 * $0 % 7 % 4] as String? }
    let h = (0..<200).map { row in row % 5 == 0 ? "x" : g[row].map { $0 + "!" } }
    let share = try #require(
      try features([MadeRows.category("g", g), MadeRows.category("h", h)])[0].extrapolationShare)
    let seen = Set(zip(g, h).map { "\($0 ?? "-") \($1 ?? "-")" })
    let counts = { (texts: [String?], text: String?) in Double(texts.count { $0 == text }) }
    var random = SplitMix(seed: 4)
    let draws = (0..<1000).map { _ -> Double in
      let outside = zip(g.shuffled(using: &random), h).count { pair in
        !seen.contains("\(pair.0 ?? "-") \(pair.1 ?? "-")")
          && counts(g, pair.0) * counts(h, pair.1) / 200 >= 5
      }
      return Double(outside) / 200
    }
    let mean = draws.reduce(0, +) / 1000
    let deviation = (draws.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 999).squareRoot()
    #expect(share > 0.1)
    #expect(abs(share - mean) < 4 * deviation / 1000.0.squareRoot())
  }

  @Test func strataKeepRowsInTheData() throws {
    let g = (0..<400).map { String?(["a", "b", "c", "d"][$0 % 4]) }
    let x = zip(g, MadeRows.noise(400, seed: 1)).map { Double(($0 ?? "").utf8.first ?? 0) * 10 + $1 }
    let input = try MadeRows.input(
      [MadeRows.numbers("x", x), MadeRows.category("g", g)], labels: MadeRows.labels(400, seed: 1))
    var settings = ExplanationSettings()
    #expect(try #require(try Diagnostics(input, settings).features[0].extrapolationShare) > 0.5)
    settings.conditioning = .strata(["g"])
    #expect(try Diagnostics(input, settings).features[0].extrapolationShare == 0)
  }

  // MARK: Lone AUC

  /// Missing is lowest: of the pairs of {−∞, 1} and {1, 3}, three are in order and one is tied.
  @Test func loneAUCOfNumbersByHand() throws {
    let column = MadeRows.numbers("x", [.nan, 1, 1, 3])
    #expect(try features([column], labels: [0, 0, 1, 1])[0].loneAUC == 0.875)
    #expect(try features([column], labels: [1, 1, 0, 0])[0].loneAUC == 0.875)
    #expect(try features([column], labels: [0, 0, 1, 1], weights: [1, 3, 1, 1])[0].loneAUC == 0.8125)
  }

  @Test func aCategoryThatIsTheLabelTellsIt() throws {
    let labels = MadeRows.labels(400, rate: 0.3, seed: 1)
    let texts = labels.enumerated().map { String?(($1 == 1 ? "yes" : "no") + "\($0 % 5)") }
    #expect(try features([MadeRows.category("g", texts)], labels: labels)[0].loneAUC == 1)
  }

  /// Fifty data sets in which category and label are independent: the mean is that of max(½, AUC) by chance, and in
  /// none do the many categories look predictive. In-sample means would give about 0.85.
  @Test func manyNoisyCategoriesTellNothing() throws {
    var sum = 0.0
    for seed in UInt64(1)...50 {
      var random = KeyedRandom(seed: seed, key: "many")
      let column = MadeRows.category("g", (0..<600).map { _ in "c\(random.integer(below: 300))" })
      let area = try #require(try features([column], labels: MadeRows.labels(600, seed: seed))[0].loneAUC)
      #expect(area < 0.6)
      sum += area
    }
    #expect(sum / 50 < 0.52)
  }

  @Test func theSameSeedGivesTheSame() throws {
    let columns = [
      MadeRows.numbers("x", MadeRows.noise(300, seed: 1)),
      MadeRows.category("g", (0..<300).map { "c\($0 % 40)" }),
    ]
    #expect(try features(columns) == features(columns))
  }
}
