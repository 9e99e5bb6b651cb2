import Explanations
import Models
import Statistics
import Tables
import TestSupport
import Testing

@Suite struct FeatureAssociationsTests {
  private func matrix(_ columns: [Column]) -> [[Double]] {
    FeatureAssociations(columns, MadeRows.features(columns), seed: 1).matrix
  }

  /// scipy.stats.spearmanr 1.17.1 on the rows where both are present.
  @Test func rowsWithAMissingNumberAreLeftOut() {
    let matrix = matrix([
      MadeRows.numbers("x", [3, .nan, 4, 1, 5, 9, 2, 6, 5, 3]),
      MadeRows.numbers("y", [2, 7, 1, 8, 2, .nan, 1, 8, 2, 8]),
    ])
    #expect(isClose(matrix[0][1], 0.05100613704506706))
    #expect(matrix[1][0] == matrix[0][1])
    #expect(matrix[0][0] == 1)
  }

  /// Everything again from the definitions: counts of smaller and equal values, and the whole table.
  @Test(arguments: [UInt64(1), 2, 3, 4, 5])
  func equalsTheDefinitions(seed: UInt64) {
    var random = KeyedRandom(seed: seed, key: "columns")
    let count = 60
    let numbers = (0..<2).map { _ in
      (0..<count).map { _ in random.integer(below: 7) == 0 ? Double.nan : Double(random.integer(below: 12)) }
    }
    let texts: [[String?]] = (0..<2).map { _ in
      (0..<count).map { _ in
        random.integer(below: 8) == 0 ? nil : ["a", "b", "c", "d"][random.integer(below: 4)]
      }
    }
    let matrix = matrix([
      MadeRows.numbers("x", numbers[0]), MadeRows.numbers("y", numbers[1]),
      MadeRows.category("g", texts[0]), MadeRows.category("h", texts[1]),
    ])
    #expect(isClose(matrix[0][1], Naive.spearman(numbers[0], numbers[1])))
    #expect(isClose(matrix[0][2], Naive.ratio(numbers[0], texts[0])))
    #expect(isClose(matrix[3][1], Naive.ratio(numbers[1], texts[1])))
    #expect(isClose(matrix[2][3], Naive.cramersV(texts[0], texts[1])))
  }

  @Test func manyNoisyCategoriesAreNotAssociated() {
    var random = KeyedRandom(seed: 3, key: "many")
    let texts = (0..<2).map { _ in (0..<500).map { _ in String?("c\(random.integer(below: 60))") } }
    let matrix = matrix([
      MadeRows.category("g", texts[0]), MadeRows.category("h", texts[1]),
      MadeRows.numbers("x", MadeRows.noise(500, seed: 3)),
      MadeRows.category("id", (0..<500).map { "\($0)" }),
    ])
    #expect(matrix[0][1] < 0.12)
    #expect(matrix[0][2] < 0.25)
    #expect(matrix[3][0] == 0)
    #expect(matrix[3][2] == 0)
  }

  @Test func aMissingValueIsACategory() {
    let texts: [String?] = (0..<100).map { $0 < 50 ? nil : "known" }
    let matrix = matrix([
      MadeRows.category("g", texts), MadeRows.category("h", (0..<100).map { $0 < 50 ? "u" : "v" }),
    ])
    #expect(isClose(matrix[0][1], 1))
  }

  @Test func aConstantIsAssociatedWithNothing() {
    let columns = [
      MadeRows.numbers("one", Array(repeating: 1, count: 30)),
      MadeRows.numbers("x", (0..<30).map(Double.init)),
      MadeRows.category("same", Array(repeating: "a", count: 30)),
    ]
    let associations = FeatureAssociations(columns, MadeRows.features(columns), seed: 1)
    #expect(associations.matrix[0][1].isNaN)
    #expect(associations.matrix[2][1].isNaN)
    #expect(associations.matrix[0][2].isNaN)
    #expect(associations.strongest(of: 0) == nil)
  }

  @Test func strongestPartnerAndItsMeasure() {
    let x = MadeRows.noise(400, seed: 1)
    let z = MadeRows.noise(400, seed: 2)
    let columns = [
      MadeRows.numbers("x", x), MadeRows.category("sign", x.map { $0 > 0 ? "+" : "-" }),
      MadeRows.numbers("near", zip(x, z).map { -$0 + 0.1 * $1 }), MadeRows.numbers("z", z),
    ]
    let associations = FeatureAssociations(columns, MadeRows.features(columns), seed: 1)
    #expect(associations.strongest(of: 0)?.feature == 2)
    #expect(associations.strongest(of: 0)?.measure == .spearman)
    #expect(associations.strongest(of: 0, outside: [2])?.feature == 1)
    #expect(associations.measure(0, 1) == .correlationRatio)
    #expect(associations.measure(1, 1) == .cramersV)
  }

  @Test func numbersThatTheModelTakesForCategoriesAreCategories() {
    let columns = [
      MadeRows.numbers("code", (0..<90).map { Double($0 % 3) }),
      MadeRows.numbers("x", (0..<90).map { [0.0, 5, 0][$0 % 3] + Double($0) / 1000 }),
    ]
    let kinds: [ScorerFeature.Kind] = [.category, .number]
    let features = zip(columns, kinds).map { ScorerFeature(name: $0.name, kind: $1) }
    let associations = FeatureAssociations(columns, features, seed: 1)
    #expect(associations.measure(0, 1) == .correlationRatio)
    #expect(associations.matrix[0][1] > 0.8)
  }

  @Test func manyRowsAreSampledAndThatIsSaid() throws {
    let x = MadeRows.noise(5000, seed: 1)
    let columns = [
      MadeRows.numbers("x", x),
      MadeRows.numbers("y", zip(x, MadeRows.noise(5000, seed: 2)).map { $0 + $1 }),
    ]
    let features = MadeRows.features(columns)
    let whole = FeatureAssociations(columns, features, seed: 7)
    let some = FeatureAssociations(columns, features, seed: 7, rowLimit: 2000)
    #expect(whole.note == nil)
    #expect(try #require(some.note).contains("2000 of the 5000 rows"))
    #expect(some.matrix == FeatureAssociations(columns, features, seed: 7, rowLimit: 2000).matrix)
    #expect(some.matrix != FeatureAssociations(columns, features, seed: 8, rowLimit: 2000).matrix)
    // Four standard errors of a correlation on 2000 rows.
    #expect(abs(some.matrix[0][1] - whole.matrix[0][1]) < 4 / 2000.0.squareRoot())
  }
}

/// The measures from their definitions, slowly.
private enum Naive {
  static func ranks(_ values: [Double]) -> [Double] {
    values.map { value in
      Double(values.count { $0 < value }) + (Double(values.count { $0 == value }) + 1) / 2
    }
  }

  static func spearman(_ x: [Double], _ y: [Double]) -> Double {
    let pairs = zip(x, y).filter { !$0.isNaN && !$1.isNaN }
    let (a, b) = (ranks(pairs.map(\.0)), ranks(pairs.map(\.1)))
    let n = Double(pairs.count)
    let (ma, mb) = (a.reduce(0, +) / n, b.reduce(0, +) / n)
    let xy = zip(a, b).map { ($0 - ma) * ($1 - mb) }.reduce(0, +)
    let xx = a.map { ($0 - ma) * ($0 - ma) }.reduce(0, +)
    let yy = b.map { ($0 - mb) * ($0 - mb) }.reduce(0, +)
    return abs(xy / (xx * yy).squareRoot())
  }

  static func ratio(_ x: [Double], _ g: [String?]) -> Double {
    let pairs = zip(x, g).filter { !$0.0.isNaN }
    let ranks = ranks(pairs.map(\.0))
    let groups = Dictionary(grouping: zip(ranks, pairs.map(\.1)), by: \.1)
    let n = Double(pairs.count)
    let k = Double(groups.count)
    let h =
      12 / (n * (n + 1))
      * groups.values.map { members in
        let sum = members.map(\.0).reduce(0, +)
        return sum * sum / Double(members.count)
      }.reduce(0, +) - 3 * (n + 1)
    let ties = Dictionary(grouping: pairs.map(\.0), by: { $0 }).values.map { Double($0.count) }
    let corrected = h / (1 - ties.map { $0 * $0 * $0 - $0 }.reduce(0, +) / (n * n * n - n))
    return max(0, (corrected - k + 1) / (n - k)).squareRoot()
  }

  static func cramersV(_ g: [String?], _ h: [String?]) -> Double {
    let (rows, columns) = (Array(Set(g)), Array(Set(h)))
    let n = Double(g.count)
    var chi = 0.0
    for row in rows {
      for column in columns {
        let both = Double(zip(g, h).count { $0 == row && $1 == column })
        let expected = Double(g.count { $0 == row }) * Double(h.count { $0 == column }) / n
        chi += (both - expected) * (both - expected) / expected
      }
    }
    let (r, c) = (Double(rows.count), Double(columns.count))
    let phi = max(0, chi / n - (r - 1) * (c - 1) / (n - 1))
    let least = min(r - (r - 1) * (r - 1) / (n - 1), c - (c - 1) * (c - 1) / (n - 1)) - 1
    return (phi / least).squareRoot()
  }
}
