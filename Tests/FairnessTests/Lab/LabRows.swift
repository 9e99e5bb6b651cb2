import Fairness
import Metrics
import Results
import TestSupport

/// Rows with a score, a label, a group and a weight, and what naive counting makes of them.
struct LabRows {
  struct Row {
    var score: Double
    var isPositive: Bool
    var group: Int
    var weight: Double
  }

  var rows: [Row] = []
  var groupCount: Int
  var thresholds: [Double]
  var cut: Double
  var isWeighted = false

  /// Groups differ in size, prevalence and in how their scores lie.
  static func random(seed: UInt64, rows: Int, groups: Int, thresholds: Int, isWeighted: Bool = false)
    -> LabRows
  {
    var random = SplitMix(seed: seed)
    let cuts = (0..<thresholds).map { Double($0) / Double(thresholds - 1) }
    var made = LabRows(
      groupCount: groups, thresholds: cuts, cut: cuts[thresholds / 2], isWeighted: isWeighted)
    for _ in 0..<rows {
      let group = min(Int.random(in: 0..<groups, using: &random), Int.random(in: 0..<groups, using: &random))
      let isPositive = Double.random(in: 0..<1, using: &random) < 0.3 + 0.1 * Double(group)
      let shift = (isPositive ? 0.2 : -0.1) - 0.08 * Double(group)
      let score = min(1, max(0, Double.random(in: 0...0.8, using: &random) + 0.1 + shift))
      let weight = isWeighted ? Double.random(in: 0.1...3, using: &random) : 1
      made.rows.append(Row(score: score, isPositive: isPositive, group: group, weight: weight))
    }
    return made
  }

  func members(_ slice: Int) -> [Row] { slice == 0 ? rows : rows.filter { $0.group == slice - 1 } }

  /// TP, FP, FN, TN of a slice under any decision: rows, weights, squared weights.
  func counts(_ slice: Int, _ isSelected: (Row) -> Bool) -> OutcomeCounts {
    var counts = OutcomeCounts(truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0)
    for row in members(slice) {
      let cell = isSelected(row) ? (row.isPositive ? 0 : 1) : (row.isPositive ? 2 : 3)
      counts.rows[cell] += 1
      counts.weights[cell] += row.weight
      counts.squaredWeights[cell] += row.weight * row.weight
    }
    return counts
  }

  var curves: ThresholdCurves {
    var curves = ThresholdCurves(thresholds: thresholds, offsets: [0], bin: [], positives: [], negatives: [])
    for slice in 0...groupCount {
      for bin in -1..<thresholds.count {
        let inside = members(slice).filter { row in
          (bin < 0 || row.score >= thresholds[bin])
            && (bin + 1 >= thresholds.count || row.score < thresholds[bin + 1])
        }
        guard !inside.isEmpty else { continue }
        curves.bin.append(bin)
        curves.positives.append(inside.filter(\.isPositive).reduce(0) { $0 + $1.weight })
        curves.negatives.append(inside.filter { !$0.isPositive }.reduce(0) { $0 + $1.weight })
      }
      curves.offsets.append(curves.bin.count)
    }
    return curves
  }

  var slices: SliceColumns {
    let all = (0...groupCount).map { counts($0) { $0.score >= cut } }
    return SliceColumns(
      predicate: (0...groupCount).map { $0 == 0 ? "overall" : "g=\($0)" },
      label: (0...groupCount).map { $0 == 0 ? "Overall" : "\($0)" },
      family: (0...groupCount).map { min($0, 1) }, rows: all.map(\.rowCount), weight: all.map(\.weight),
      truePositives: all.map { $0.rows[0] }, falsePositives: all.map { $0.rows[1] },
      falseNegatives: all.map { $0.rows[2] }, trueNegatives: all.map { $0.rows[3] }, baselineCells: [],
      cellWeights: isWeighted ? all.flatMap(\.weights) : [],
      cellSquaredWeights: isWeighted ? all.flatMap(\.squaredWeights) : [], covarianceWithOverall: [:])
  }

  var families: [SliceFamily] {
    [
      SliceFamily(features: [], name: "", first: 0, count: 1, reference: nil),
      SliceFamily(features: ["g"], name: "g", first: 1, count: groupCount, reference: nil),
    ]
  }

  func roles(label: String? = "y", isStrict: Bool = false) -> Roles {
    Roles(
      label: label, positive: "1", score: "s", scoreIsProbability: true, decision: nil, threshold: cut,
      thresholdIsStrict: isStrict, weight: isWeighted ? "w" : nil, unit: nil, baseline: nil)
  }

  func lab(label: String? = "y") -> DecisionLab? {
    ThresholdLab.make(
      curves: curves, slices: slices, families: families, roles: roles(label: label), level: 0.95)
  }

  /// Accuracy, or balanced accuracy, and the gap where each group has its own cut; nil without a gap.
  func outcome(_ gap: String, _ quality: String, _ cuts: [Double]) -> (gap: Double, quality: Double)? {
    func isSelected(_ row: Row) -> Bool { row.score >= cuts[row.group] }
    let groups = (1...groupCount).map { counts($0, isSelected).weights }
    func selection(_ c: [Double]) -> Double? { Self.share(c[0] + c[1], c.reduce(0, +)) }
    func found(_ c: [Double]) -> Double? { Self.share(c[0], c[0] + c[2]) }
    func wrong(_ c: [Double]) -> Double? { Self.share(c[1], c[1] + c[3]) }
    let rates: [([Double]) -> Double?] =
      gap == "demographic_parity" ? [selection] : gap == "equal_opportunity" ? [found] : [found, wrong]
    let usable = groups.filter { group in rates.allSatisfy { $0(group) != nil } }
    guard usable.count > 1 else { return nil }
    let ranges = rates.map { rate -> Double in
      let values = usable.compactMap(rate)
      return (values.max() ?? 0) - (values.min() ?? 0)
    }
    let all = counts(0, isSelected).weights
    let accuracy = (all[0] + all[3]) / all.reduce(0, +)
    let balanced = (all[0] / (all[0] + all[2]) + all[3] / (all[1] + all[3])) / 2
    return (ranges.max() ?? 0, quality == "accuracy" ? accuracy : balanced)
  }

  private static func share(_ a: Double, _ b: Double) -> Double? { b > 0 ? a / b : nil }
}
