import Foundation
import Results
import TestSupport
import Testing

@testable import Metrics

/// TFMA 0.52's own results on Adult, COMPAS and German credit, under TFMA's names.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct BinaryTFMATests {
  /// Columns of a comma-separated file without quoted fields that hold commas.
  struct Columns {
    private let header: [String]
    private let lines: [[Substring]]

    init(_ path: String) throws {
      let text = try String(contentsOf: URL(filePath: SharedData.path(path)), encoding: .utf8)
      let rows = text.split(whereSeparator: \.isNewline).map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
      header = try #require(rows.first).map(String.init)
      lines = Array(rows.dropFirst())
      #expect(lines.allSatisfy { $0.count == rows[0].count })
    }

    func texts(_ name: String) throws -> [String] {
      let index = try #require(header.firstIndex(of: name))
      return lines.map { String($0[index]) }
    }

    func numbers(_ name: String) throws -> [Double] { try texts(name).map { try #require(Double($0)) } }
  }

  /// By its interpolation over 10,000 buckets of the score; exact in ours.
  private static let interpolated: Set = ["auc", "auc_precision_recall"]
  /// With the parameters that the stored run used.
  private static let names = [
    "sensitivity_at_specificity": "sensitivity_at_specificity[0.9]",
    "recall_at_precision": "recall_at_precision[0.7]",
  ]

  @Test(arguments: [("adult", "adult"), ("compas", "compas"), ("german", "german_credit")])
  func results(_ name: String, _ folder: String) throws {
    let columns = try Columns("data/\(folder)/predictions.csv")
    let rows = BinaryRows(
      labels: try columns.numbers("label").map { UInt8($0) }, scores: try columns.numbers("score"))
    let document = try #require(try SharedData.json("data/oracles/tfma_\(name).json") as? [String: Any])
    let slices = try #require(document["metrics"] as? [String: [String: Any]])
    let observations = rows.observations
    var checked = 0
    for (slice, metrics) in slices {
      let mask = try Self.mask(slice, columns, rows)
      for (id, stored) in metrics where !(stored is [String: Any]) {
        let metric = try #require(
          try BinaryRowMetrics.metric(named: Self.names[id] ?? id, observations), "\(id)")
        let found = metric.value(mask)
        let expected = VectorTests.Case.number(stored) ?? .nan
        #expect(
          Self.isSame(id, found, expected) || Self.isKnownDefect(id, found, expected),
          "\(slice) \(id): \(found ?? .nan), not \(expected)")
        checked += 1
      }
      try Self.checkMatrices(metrics, observations, mask, slice)
    }
    #expect(checked >= 9 * 34)
  }

  private static func mask(_ slice: String, _ columns: Columns, _ rows: BinaryRows) throws -> [UInt32] {
    guard slice != "overall" else { return rows.slice }
    let parts = slice.components(separatedBy: " & ").map { part -> (String, String) in
      let sign = part.firstIndex(of: "=") ?? part.startIndex
      return (String(part[..<sign]), String(part[part.index(after: sign)...]))
    }
    let texts = try parts.map { (try columns.texts($0.0), $0.1) }
    return rows.slice.filter { row in texts.allSatisfy { $0.0[Int(row)] == $0.1 } }
  }

  private static func isSame(_ id: String, _ found: Double?, _ expected: Double) -> Bool {
    // Buckets of 1/9,999 blur the order of scores within them: a share of pairs, more where rows are few.
    isClose(found ?? .nan, expected, within: interpolated.contains(id) ? 2e-3 : 1e-6)
  }

  /// What TFMA tells without being right: an area, or a recall at an unreachable precision, of 0 where there is
  /// none; and the best over its grid of thresholds, which misses cuts between them.
  private static func isKnownDefect(_ id: String, _ found: Double?, _ expected: Double) -> Bool {
    guard let found else {
      return expected == 0 && (interpolated.contains(id) || id == "recall_at_precision")
    }
    return names[id] != nil && found > expected && found - expected < 1e-3
  }

  /// Counts and rates at 0.1, 0.25, 0.5, 0.75, 0.9.
  private static func checkMatrices(
    _ metrics: [String: Any], _ observations: BinaryRowObservations, _ mask: [UInt32], _ slice: String
  ) throws {
    func value(_ name: String) throws -> Double? {
      try BinaryRowMetrics.metric(named: name, observations)?.value(mask)
    }
    let outer = try #require(metrics["confusion_matrix_at_thresholds"] as? [String: Any])
    let inner = try #require(outer["confusionMatrixAtThresholds"] as? [String: Any])
    let matrices = try #require(inner["matrices"] as? [[String: Any]]).map(VectorTests.Case.init)
    #expect(matrices.count == 5)
    for matrix in matrices {
      let cut = try #require(matrix.number("threshold"))
      for (key, id) in [
        ("truePositives", "true_positives"), ("falsePositives", "false_positives"),
        ("falseNegatives", "false_negatives"), ("trueNegatives", "true_negatives"),
      ] {
        // Zeros are left out of its messages.
        #expect(try value("\(id)@\(cut)") == matrix.number(key) ?? 0, "\(slice) \(id)@\(cut)")
      }
      for (key, id) in [
        ("precision", "precision"), ("recall", "recall"), ("falsePositiveRate", "fpr"), ("f1", "f1"),
        ("accuracy", "accuracy"), ("falseOmissionRate", "for"),
      ] {
        // Its precision of nobody is 1 and its recall of nobody 0: undefined in ours.
        guard let found = try value("\(id)@\(cut)") else { continue }
        #expect(isClose(found, matrix.number(key) ?? 0, within: 1e-6), "\(slice) \(id)@\(cut)")
      }
    }
  }
}
