import FairSlice
import Foundation
import TestSupport
import Testing

/// A logistic model of known coefficients is asked: 2·a − 0.8·[sex = F]; it does not read `noise`.
@Suite struct ExplanationTests {
  private static let model = """
    {"format": "fairslice-model", "version": 1, "model": "linear", "inputs": ["a", "sex=F", "sex=M", "noise"],
     "outputs": ["score"], "link": "logistic", "coefficients": [[2, -0.8, 0, 0]], "intercepts": [0]}
    """
  private static let encoding = """
    {"version": 1, "features": ["a", {"column": "sex", "one_hot": ["F", "M"]}, "noise"]}
    """

  private static func table() throws -> InputTable {
    var random = SplitMix(seed: 11)
    var (a, noise): ([Double], [Double]) = ([], [])
    var (sexes, labels, scores): ([String], [Int], [Double]) = ([], [], [])
    for row in 0..<400 {
      a.append(Double.random(in: -1...1, using: &random))
      noise.append(Double.random(in: 0...1, using: &random))
      sexes.append(row % 2 == 0 ? "F" : "M")
      let score = 1 / (1 + exp(-(2 * a[row] + (row % 2 == 0 ? -0.8 : 0))))
      labels.append(Double.random(in: 0...1, using: &random) < score ? 1 : 0)
      scores.append(score)
    }
    return try .columns([
      InputColumn("a", numbers: a), InputColumn("noise", numbers: noise), InputColumn("sex", texts: sexes),
      InputColumn("label", integers: labels), InputColumn("score", numbers: scores),
    ])
  }

  private static func findings() throws -> Findings {
    let shop = try Workshop()
    try model.write(toFile: shop.path("m.json"), atomically: true, encoding: .utf8)
    try encoding.write(toFile: shop.path("e.json"), atomically: true, encoding: .utf8)
    var request = EvaluateRequest()
    (request.label, request.score, request.slices) = ("label", "score", ["sex"])
    request.references = ["sex=M"]
    request.model.model = shop.path("m.json")
    request.model.encoding = shop.path("e.json")
    request.model.repeats = "5"
    request.model.effects = ["a"]
    request.model.flips = ["sex"]
    request.model.interactions = ["a*sex"]
    request.model.listedRows = [3]
    return try evaluate(table(), request)
  }

  @Test func importancesAreTyped() throws {
    let findings = try Self.findings()
    let why = try #require(findings.explanation)
    #expect(why.model.kind == "linear" && why.model.differingRowCount == 0)
    #expect(why.model.comparedRowCount == 400 && why.sampledRowCount == 400 && why.level == 0.95)
    #expect(Set(why.features.map(\.name)) == ["a", "sex", "noise"])
    let all = why.importances(of: "roc_auc", in: "overall")
    #expect(all.map(\.feature) == why.features.map(\.name))
    let a = try #require(all.first { $0.feature == "a" })
    #expect(a.meaning == .qualityLost && a.reference == nil && a.repeatCount == 5)
    let (value, lower, upper) = (try #require(a.value), try #require(a.lower), try #require(a.upper))
    #expect(0 < lower && lower < value && value < upper && (a.pValue ?? 1) < 0.01)
    // Each number is what the others say.
    let (base, permuted) = (try #require(a.base), try #require(a.permuted))
    #expect(isClose(value, base - permuted, within: 1e-12))
    #expect(isClose(base, try findings.estimate("roc_auc").value ?? .nan, within: 1e-12))
    let noise = try #require(all.first { $0.feature == "noise" })
    #expect(noise.value == nil || noise.value == 0)
    #expect(noise.lower == nil && noise.reason != nil)
    let gaps = why.importances(against: "sex=M", feature: "sex")
    #expect(!gaps.isEmpty && gaps.allSatisfy { $0.meaning == .gapClosed && $0.slice.name == "sex=F" })
  }

  @Test func theRestIsTyped() throws {
    let why = try #require(try Self.findings().explanation)
    let effect = try #require(why.effects.first { $0.feature == "a" })
    let curve = try #require(effect.curves.first)
    #expect(curve.slice.name == "overall" && curve.partialDependence.count == effect.grid.count)
    let dependence = curve.partialDependence.compactMap { $0 }
    #expect(dependence.count == effect.grid.count && dependence == dependence.sorted())
    let flip = try #require(why.flips.first { $0.from == "F" && $0.to == "M" })
    #expect(flip.rowCount == 200 && flip.toNegative == 0 && flip.toPositive > 0)
    #expect(isClose(flip.share ?? .nan, Double(flip.toPositive) / 200) && (flip.meanChange ?? 0) > 0)
    #expect(why.interactions.contains { Set($0.features) == ["a", "sex"] && ($0.hSquared ?? -1) >= 0 })
    let attributions = try #require(why.attributions)
    #expect(attributions.groups.first?.slice.name == "overall")
    let row = try #require(attributions.rows.first)
    let parts = row.parts.compactMap(\.value).reduce(attributions.baseValue, +)
    // The margin of a logistic model is its sum of terms.
    #expect(attributions.scale == .margin && row.row == 3 && isClose(parts, row.prediction, within: 1e-9))
    let decomposition = try #require(why.decompositions.first { $0.reference.name == "sex=M" })
    let sum = decomposition.parts.compactMap(\.value).reduce(0, +)
    #expect(decomposition.group.name == "sex=F" && isClose(sum, decomposition.difference, within: 1e-9))
    #expect(
      decomposition.lower.count == why.features.count && decomposition.upper.count == why.features.count)
  }

  /// What was stored tells the same, and without a model there is none.
  @Test func storedAndAbsent() throws {
    let findings = try Self.findings()
    let again = try Findings(json: findings.json())
    #expect(again.explanation == findings.explanation && again.explanation != nil)
    #expect(try SmallTable.findings().explanation == nil)
  }
}
