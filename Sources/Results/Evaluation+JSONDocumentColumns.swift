// The columns of the stored form as they are decoded; each is checked as it is turned into its real type.

struct SlicesDocument: Decodable {
  var predicate: [String]
  var label: [String]
  var family: [Int]
  var rows: [Int?]
  var weight: Numbers
  var truePositives: [Int?]
  var falsePositives: [Int?]
  var falseNegatives: [Int?]
  var trueNegatives: [Int?]
  var baselineCells: [Int?]
  var cellWeights: Numbers
  var cellSquaredWeights: Numbers
  var covarianceWithOverall: [String: Numbers]

  /// - Parameter isBinary: rows are counted by outcome in a binary task alone.
  func columns(
    _ check: DocumentCheck, _ suppression: Suppression?, isBinary: Bool
  ) throws(Failure) -> SliceColumns {
    let count = check.sliceCount
    for (name, length) in [
      ("label", label.count), ("family", family.count), ("rows", rows.count),
      ("weight", weight.values.count),
    ] {
      try check.length(length, count, "slices.\(name)")
    }
    for (name, length, width) in [
      ("true_positives", truePositives.count, isBinary ? 1 : 0),
      ("false_positives", falsePositives.count, isBinary ? 1 : 0),
      ("false_negatives", falseNegatives.count, isBinary ? 1 : 0),
      ("true_negatives", trueNegatives.count, isBinary ? 1 : 0),
    ] {
      try check.length(length, count * width, "slices.\(name)")
    }
    for (name, length, width) in [
      ("baseline_cells", baselineCells.count, 8), ("cell_weights", cellWeights.values.count, 4),
      ("cell_squared_weights", cellSquaredWeights.values.count, 4),
    ] where length != 0 {
      try check.length(length, count * width, "slices.\(name)")
    }
    for (metric, numbers) in covarianceWithOverall {
      try check.length(numbers.values.count, count, "slices.covariance_with_overall.\(metric)")
    }
    try check.range(family, 0..<check.familyCount, "slices.family")
    let shown = ShownCounts(suppression: suppression)
    return SliceColumns(
      predicate: predicate, label: label, family: family, rows: try shown.whole(rows, .rows, "rows"),
      weight: shown.real(weight.values, .rows),
      truePositives: try shown.whole(truePositives, .outcomes, "true_positives"),
      falsePositives: try shown.whole(falsePositives, .outcomes, "false_positives"),
      falseNegatives: try shown.whole(falseNegatives, .outcomes, "false_negatives"),
      trueNegatives: try shown.whole(trueNegatives, .outcomes, "true_negatives"),
      baselineCells: try shown.whole(baselineCells, .changes, "baseline_cells", width: 8),
      cellWeights: shown.real(cellWeights.values, .outcomes, width: 4),
      cellSquaredWeights: shown.real(cellSquaredWeights.values, .outcomes, width: 4),
      covarianceWithOverall: covarianceWithOverall.mapValues(\.values))
  }
}

/// Counts of a document, of which those that are withheld are `null` there and 0 in memory.
struct ShownCounts {
  let suppression: Suppression?

  /// - Throws: a `data` failure where a count is missing that was not withheld.
  func whole(
    _ values: [Int?], _ layer: Suppression.Layer, _ name: String, width: Int = 1
  ) throws(Failure) -> [Int] {
    var counts: [Int] = []
    counts.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      guard value != nil || suppression?.hides(layer, index / width) == true else {
        throw DocumentCheck.contradiction(
          "“slices.\(name)” has no count at \(index), and none is withheld there")
      }
      counts.append(value ?? 0)
    }
    return counts
  }

  func real(_ values: [Double], _ layer: Suppression.Layer, width: Int = 1) -> [Double] {
    guard let suppression else { return values }
    return values.enumerated().map { suppression.hides(layer, $0.offset / width) ? 0 : $0.element }
  }
}

struct EstimatesDocument: Decodable {
  var metric: String
  var columns: EstimateColumnsDocument

  private enum Key: String, CodingKey { case metric }

  init(from decoder: any Decoder) throws {
    metric = try decoder.container(keyedBy: Key.self).decode(String.self, forKey: .metric)
    columns = try EstimateColumnsDocument(from: decoder)
  }
}

struct EstimateColumnsDocument: Decodable {
  var value: Numbers
  var lower: Numbers?
  var upper: Numbers?
  var standardError: Numbers?
  var denominator: [Int?]
  var weight: Numbers?
  var effectiveCount: Numbers?
  var status: [String: [Int]]
  var reason: [String: [Int]]

  func columns(count: Int, place: String) throws(Failure) -> EstimateColumns {
    let check = DocumentCheck(sliceCount: count, familyCount: 0)
    let none = [Double](repeating: .nan, count: count)
    let rows = denominator.map { Double($0 ?? 0) }
    var columns = EstimateColumns([])
    columns.value = value.values
    columns.lower = lower?.values ?? none
    columns.upper = upper?.values ?? none
    columns.standardError = standardError?.values ?? none
    columns.denominator = denominator.map { $0 ?? 0 }
    columns.weight = weight?.values ?? rows
    columns.effectiveCount = effectiveCount?.values ?? rows
    for (name, length) in [
      ("value", columns.value.count), ("lower", columns.lower.count), ("upper", columns.upper.count),
      ("standard_error", columns.standardError.count), ("denominator", rows.count),
      ("weight", columns.weight.count), ("effective_count", columns.effectiveCount.count),
    ] {
      try check.length(length, count, "\(place): \(name)")
    }
    columns.status = [EstimateStatus](repeating: .ok, count: count)
    columns.reason = [String](repeating: "", count: count)
    for (text, rows) in status {
      guard let status = EstimateStatus(rawValue: text) else {
        throw DocumentCheck.contradiction("“\(text)” in \(place) is no status")
      }
      try check.range(rows, 0..<count, "\(place): status")
      for row in rows { columns.status[row] = status }
    }
    for row in 0..<count {
      if columns.status[row] == .suppressed {
        (columns.weight[row], columns.effectiveCount[row]) = (0, 0)
      } else if denominator[row] == nil {
        throw DocumentCheck.contradiction("\(place): no denominator at \(row), and none is withheld there")
      }
    }
    for (text, rows) in reason {
      try check.range(rows, 0..<count, "\(place): reason")
      for row in rows { columns.reason[row] = text }
    }
    return columns
  }
}

struct CurvesDocument: Decodable {
  var thresholds: Numbers
  var offsets: [Int]
  var bin: [Int]
  var positives: Numbers
  var negatives: Numbers

  func curves(_ check: DocumentCheck) throws(Failure) -> ThresholdCurves {
    try check.length(offsets.count, check.sliceCount + 1, "curves.offsets")
    guard offsets.first == 0, zip(offsets, offsets.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      throw DocumentCheck.contradiction("“curves.offsets” does not ascend from 0")
    }
    try check.length(bin.count, offsets.last ?? 0, "curves.bin")
    try check.length(positives.values.count, bin.count, "curves.positives")
    try check.length(negatives.values.count, bin.count, "curves.negatives")
    try check.range(bin, -1..<thresholds.values.count, "curves.bin")
    return ThresholdCurves(
      thresholds: thresholds.values, offsets: offsets, bin: bin, positives: positives.values,
      negatives: negatives.values)
  }
}

struct CalibrationDocument: Decodable {
  var binCount: Int
  var rows: [Int?]
  var weight: Numbers
  var scoreSum: Numbers
  var positiveSum: Numbers
  var expectedEce: Numbers
  var expectedEce95: Numbers

  func columns(_ check: DocumentCheck, isSuppressed: Bool) throws(Failure) -> CalibrationColumns {
    guard (1...1_000_000).contains(binCount) else {
      throw DocumentCheck.contradiction("“calibration.bin_count” is \(binCount)")
    }
    let cells = check.sliceCount * binCount
    for (name, length, expected) in [
      ("rows", rows.count, cells), ("weight", weight.values.count, cells),
      ("score_sum", scoreSum.values.count, cells), ("positive_sum", positiveSum.values.count, cells),
      ("expected_ece", expectedEce.values.count, check.sliceCount),
      ("expected_ece_95", expectedEce95.values.count, check.sliceCount),
    ] {
      try check.length(length, expected, "calibration.\(name)")
    }
    if !isSuppressed, let place = rows.firstIndex(of: nil) {
      throw DocumentCheck.contradiction("“calibration.rows” has no count at \(place), and none is withheld")
    }
    func shown(_ numbers: Numbers) -> [Double] {
      isSuppressed ? numbers.values.map { $0.isNaN ? 0 : $0 } : numbers.values
    }
    return CalibrationColumns(
      binCount: binCount, rows: rows.map { $0 ?? 0 }, weight: shown(weight), scoreSum: shown(scoreSum),
      positiveSum: shown(positiveSum), expectedECE: expectedEce.values,
      expectedECE95: expectedEce95.values)
  }
}
