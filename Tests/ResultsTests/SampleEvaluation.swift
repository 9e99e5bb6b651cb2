import Results

/// Made-up evaluations that exercise every corner of the stored form.
enum SampleEvaluation {
  static let texts = ["sex=Female", "naïve “ß” 漢字 🙂", "a\"b\\c\u{1}\u{7F}\n\t", "rtl \u{202E}x", ""]

  /// `families` families of `width` slices each, after `overall`; every metric of `metricCount`.
  static func make(families: Int = 2, width: Int = 3, metricCount: Int = 2, weighted: Bool = true)
    -> Evaluation
  {
    let count = 1 + families * width
    let ids = (0..<metricCount).map { $0 == 0 ? "count" : "metric_\($0)" }
    return Evaluation(
      producer: Producer(name: "fairslice", version: "0.1.0"), title: texts[1], task: .binary, level: 0.95,
      seed: .max, bootstrapReplicates: 1000, roles: roles,
      inputs: [
        InputRecord(name: "-", format: "CSV, gzip", sha256: "00ff", bytes: 1, rowsRead: 9, rowsRejected: 1)
      ],
      rejections: Rejections(
        count: 7, listed: [.init(line: 3, column: "é", text: texts[2], reason: "is not a number")]),
      configuration: #"{"bad_rows":"stop","level":0.95,"seed":18446744073709551615,"slices":["sex"]}"#,
      notes: [texts[3], ""], metrics: ids.map(entry),
      families: [SliceFamily(features: [], name: "", first: 0, count: 1, reference: nil)]
        + (0..<families).map { family in
          SliceFamily(
            features: ["f\(family)", texts[1]], name: "f\(family)*x", first: 1 + family * width, count: width,
            reference: family == 0 ? 2 : nil)
        },
      slices: slices(count: count, width: width, weighted: weighted),
      estimates: ids.map { estimates(count: count, isCount: $0 == "count", weighted: weighted) },
      gaps: gaps(families: families, width: width), curves: curves(count: count),
      calibration: calibration(count: count))
  }

  static let roles = Roles(
    label: "y", positive: ">50K", score: "p", scoreIsProbability: true, decision: nil, threshold: 0.1,
    thresholdIsStrict: true, weight: "w", unit: nil, baseline: "b")

  static func entry(_ id: String) -> MetricEntry {
    MetricEntry(
      id: id, name: "Name", symbol: "N", formula: "a / b", kind: .rate, direction: .neutral,
      denominator: "rows", interval: id == "count" ? nil : "Wilson score", classLabel: nil, k: nil)
  }

  static func slices(count: Int, width: Int, weighted: Bool) -> SliceColumns {
    let integers = Array(0..<count)
    return SliceColumns(
      predicate: integers.map { $0 == 0 ? "overall" : "f=\($0)" },
      label: integers.map { texts[$0 % texts.count] },
      family: integers.map { $0 == 0 ? 0 : 1 + ($0 - 1) / width }, rows: integers,
      weight: integers.map { Double($0) / 3 }, truePositives: integers, falsePositives: integers,
      falseNegatives: integers, trueNegatives: integers, baselineCells: [],
      cellWeights: weighted ? (0..<4 * count).map { Double($0) * 0.1 } : [],
      cellSquaredWeights: weighted ? (0..<4 * count).map { Double($0) * 1e-300 } : [],
      covarianceWithOverall: ["roc_auc": integers.map { $0 == 0 ? .nan : 1 / Double($0) }])
  }

  static func estimate(_ slice: Int, isCount: Bool, weighted: Bool) -> Estimate {
    let x = Double(slice) / 7
    switch slice % 5 {
    case 3:
      return Estimate(
        value: nil, denominator: 0, weight: 0, effectiveCount: 0, status: .undefined, reason: "no positives")
    case 4:
      return Estimate(
        value: .infinity, lower: -x, upper: .infinity, denominator: slice, weight: x,
        effectiveCount: x, status: .notEstimable, reason: texts[2])
    default:
      return Estimate(
        value: x, lower: isCount ? nil : x - 0.1, upper: isCount ? nil : x + .leastNonzeroMagnitude,
        standardError: isCount ? nil : 1 / 3.0, denominator: slice, weight: weighted ? x : Double(slice),
        effectiveCount: Double(slice), status: .ok)
    }
  }

  static func estimates(count: Int, isCount: Bool, weighted: Bool) -> EstimateColumns {
    EstimateColumns((0..<count).map { estimate($0, isCount: isCount, weighted: weighted) })
  }

  static func gaps(families: Int, width: Int) -> [Gap] {
    let excluded = [Gap.Exclusion(group: "f=9", reason: "no rows")]
    return (0..<families * width).map { index in
      let slice = index + 1
      let comparison = Gap.Comparison.allCases[index % Gap.Comparison.allCases.count]
      return Gap(
        family: 1 + index / width, metric: index % 2 == 0 ? "equalized_odds" : "accuracy",
        component: "false_positive_rate", kind: index % 3 == 0 ? .ratio : .difference,
        comparison: comparison, group: index % 4 == 3 ? nil : slice,
        reference: comparison == .toComplement ? nil : 0,
        estimate: estimate(slice, isCount: false, weighted: true), pValue: index % 2 == 0 ? 1e-17 : nil,
        test: index % 2 == 0 ? "score test" : nil, interval: index % 3 == 0 ? "Newcombe" : nil,
        excluded: index % 3 == 1 ? excluded : index % 3 == 2 ? excluded + excluded : [])
    }
  }

  static func curves(count: Int) -> ThresholdCurves {
    ThresholdCurves(
      thresholds: [0, 0.25, 0.5, .infinity], offsets: Array(0...count), bin: (0..<count).map { $0 % 4 - 1 },
      positives: (0..<count).map(Double.init), negatives: (0..<count).map { Double($0) / 3 })
  }

  static func calibration(count: Int) -> CalibrationColumns {
    CalibrationColumns(
      binCount: 2, rows: Array(0..<2 * count), weight: (0..<2 * count).map { Double($0) / 3 },
      scoreSum: (0..<2 * count).map { Double($0) / 9 }, positiveSum: (0..<2 * count).map(Double.init),
      expectedECE: (0..<count).map { $0 == 1 ? .nan : 0.01 }, expectedECE95: (0..<count).map { _ in 0.02 })
  }
}

extension EstimateColumns {
  /// Equal, with NaN equal to NaN.
  func matches(_ other: EstimateColumns) -> Bool {
    status == other.status && reason == other.reason && denominator == other.denominator
      && [value, lower, upper, standardError, weight, effectiveCount].map(bits)
        == [other.value, other.lower, other.upper, other.standardError, other.weight, other.effectiveCount]
        .map(bits)
  }
}

/// The bit patterns of numbers, NaN being one number.
func bits(_ numbers: [Double]) -> [UInt64] {
  numbers.map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern }
}
