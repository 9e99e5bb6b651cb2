import Foundation
import TestSupport
import Testing

/// The six rows of `permutation_explain.json`, whose importances come from all 720 permutations.
struct SixRows {
  struct Case {
    let columns: Set<Int>
    let entry: [String: Any]

    /// A number of one metric's entry.
    func number(_ metric: String, _ key: String) throws -> Double {
      let metrics = try #require(entry["metrics"] as? [String: [String: Any]])
      let value = try #require(metrics[metric]?[key])
      return try (value as? Double) ?? #require((value as? String).flatMap(Double.init))
    }

    func number(_ key: String) throws -> Double { try #require(entry[key] as? Double) }
  }

  let x: [[Double]]
  let y: [Double]
  let labels: [UInt8]
  let weights: [Double]
  let groups: [Int32]
  let beta: [Double]
  let intercept: Double
  let cases: [Case]

  init() throws {
    let document = try #require(
      SharedData.json("vectors/permutation_explain.json") as? [String: Any])
    let entries = try #require(document["cases"] as? [[String: Any]])
    let setup = try #require(entries.first { $0["name"] as? String == "setup" })
    let rows = try #require(setup["X"] as? [[Double]])
    x = (0..<3).map { column in rows.map { $0[column] } }
    y = try #require(setup["y"] as? [Double])
    labels = try #require(setup["y_binary"] as? [Int]).map { UInt8($0) }
    weights = try #require(setup["w"] as? [Double])
    groups = try #require(setup["group"] as? [Int]).map { Int32($0) }
    beta = try #require(setup["beta"] as? [Double])
    intercept = try #require(setup["intercept"] as? Double)
    cases = entries.compactMap { entry in
      guard let name = entry["name"] as? String, name.hasPrefix("permute_"),
        let columns = entry["columns"] as? [Int]
      else { return nil }
      return Case(columns: Set(columns), entry: entry)
    }
  }

  /// The linear predictor of a row that takes the values of some columns from another.
  func prediction(_ row: Int, _ columns: Set<Int>, from donor: Int) -> Double {
    (0..<3).reduce(intercept) { $0 + beta[$1] * x[$1][columns.contains($1) ? donor : row] }
  }

  /// The rows with the score σ(f − 4).
  func made(isWeighted: Bool) -> MadeInput {
    let (beta, intercept) = (beta, intercept)
    return MadeInput(
      names: ["x0", "x1", "x2"], values: x, labels: labels, weights: isWeighted ? weights : nil,
      slices: [("group", groups)]
    ) { row in
      // The order of the sums decides which side of the cut some rows are on.
      1 / (1 + exp(-(intercept + zip(beta, row).reduce(0) { $0 + $1.0 * $1.1 } - 4)))
    }
  }
}
