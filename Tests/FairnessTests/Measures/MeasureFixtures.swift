import Foundation
import Metrics
import TestSupport

@testable import Fairness

/// The tables of CONFORMANCE.md and the shared data sets that the tests of measures read.
enum Compas {
  static func group(_ name: String, _ tp: Int, _ fp: Int, _ fn: Int, _ tn: Int) -> GroupCounts {
    GroupCounts(name, truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn)
  }

  /// CONFORMANCE.md A2 and C-verbatim conf1: 7,214 rows of dssg/aequitas compas_for_aequitas.csv.
  static let races = [
    group("African-American", 1369, 805, 532, 990), group("Asian", 6, 2, 3, 21),
    group("Caucasian", 505, 349, 461, 1139), group("Hispanic", 103, 87, 129, 318),
    group("Native American", 9, 3, 1, 5), group("Other", 43, 36, 90, 208),
  ]
  static let sexes = [group("Female", 303, 288, 195, 609), group("Male", 1732, 994, 1021, 2072)]
  static let ages = [
    group("25 - 45", 1183, 741, 706, 1479), group("Greater than 45", 213, 181, 285, 897),
    group("Less than 25", 639, 360, 225, 305),
  ]

  /// Race × sex, CONFORMANCE.md C-verbatim conf1.
  static let racesBySex: [(race: String, sex: String, group: GroupCounts)] = [
    ("African-American", "Female", [173, 164, 74, 241]), ("African-American", "Male", [1196, 641, 458, 749]),
    ("Asian", "Female", [0, 0, 1, 1]), ("Asian", "Male", [6, 2, 2, 20]),
    ("Caucasian", "Female", [113, 111, 86, 257]), ("Caucasian", "Male", [392, 238, 375, 882]),
    ("Hispanic", "Female", [9, 7, 24, 63]), ("Hispanic", "Male", [94, 80, 105, 255]),
    ("Native American", "Female", [3, 0, 0, 1]), ("Native American", "Male", [6, 3, 1, 4]),
    ("Other", "Female", [5, 6, 10, 46]), ("Other", "Male", [38, 30, 80, 162]),
  ].map { ($0.0, $0.1, group($0.0 + "|" + $0.1, $0.2[0], $0.2[1], $0.2[2], $0.2[3])) }

  static var black: GroupCounts { races[0] }
  static var white: GroupCounts { races[2] }
}

/// The rows of a shared CSV file, which has no quoted fields, by column.
struct SharedRows {
  private let columns: [String: [String]]

  init(_ path: String) throws {
    let text = try String(contentsOf: URL(filePath: SharedData.path(path)), encoding: .utf8)
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    var columns: [String: [String]] = [:]
    for (place, name) in (lines.first ?? []).enumerated() {
      columns[name] = lines.dropFirst().map { $0[place] }
    }
    self.columns = columns
  }

  func texts(_ name: String) -> [String] { columns[name] ?? [] }
  func numbers(_ name: String) -> [Double] { texts(name).map { Double($0) ?? .nan } }

  /// Confusion counts of the rows that `isIn` chooses; `weights` multiply rows.
  static func counts(
    _ name: String, labels: [Bool], decisions: [Bool], weights: [Double]? = nil, isIn: (Int) -> Bool
  ) -> GroupCounts {
    var rows = [0, 0, 0, 0]
    var (sums, squares) = ([0.0, 0, 0, 0], [0.0, 0, 0, 0])
    for row in labels.indices where isIn(row) {
      let cell = labels[row] ? (decisions[row] ? 0 : 2) : (decisions[row] ? 1 : 3)
      let weight = weights?[row] ?? 1
      rows[cell] += 1
      sums[cell] += weight
      squares[cell] += weight * weight
    }
    return GroupCounts(name, OutcomeCounts(rows: rows, weights: sums, squaredWeights: squares))
  }
}

/// Whether a measure has the value, to a tolerance.
func isMeasured(_ measured: MeasureValue, _ expected: Double, within tolerance: Double = 1e-12) -> Bool {
  measured.value.map { isClose($0, expected, within: tolerance) } ?? false
}
