// The columns of the stored form. What may be left out: a column of "none" throughout, and weights that
// equal the rows they stand for. In memory a withheld count is 0, and `Suppression` says that it is.

extension SliceFamily {
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("features") { $0.strings(features) }
      object.member("name") { $0.string(name) }
      object.member("first") { $0.integer(first) }
      object.member("count") { $0.integer(count) }
      object.member("reference") { if let reference { $0.integer(reference) } else { $0.null() } }
    }
  }
}

extension SliceColumns {
  /// What is withheld is `null`.
  func write(to writer: inout JSONWriter, suppression: Suppression?) {
    func hides(_ layer: Suppression.Layer, width: Int = 1) -> (Int) -> Bool {
      guard let suppression else { return { _ in false } }
      return { suppression.hides(layer, $0 / width) }
    }
    writer.object { object in
      object.member("predicate") { $0.strings(predicate) }
      object.member("label") { $0.strings(label) }
      object.member("family") { $0.integers(family) }
      object.member("rows") { $0.integers(rows, isWithheld: hides(.rows)) }
      object.member("weight") { $0.numbers(weight, isWithheld: hides(.rows)) }
      object.member("true_positives") { $0.integers(truePositives, isWithheld: hides(.outcomes)) }
      object.member("false_positives") { $0.integers(falsePositives, isWithheld: hides(.outcomes)) }
      object.member("false_negatives") { $0.integers(falseNegatives, isWithheld: hides(.outcomes)) }
      object.member("true_negatives") { $0.integers(trueNegatives, isWithheld: hides(.outcomes)) }
      object.member("baseline_cells") { $0.integers(baselineCells, isWithheld: hides(.changes, width: 8)) }
      object.member("cell_weights") { $0.numbers(cellWeights, isWithheld: hides(.outcomes, width: 4)) }
      object.member("cell_squared_weights") {
        $0.numbers(cellSquaredWeights, isWithheld: hides(.outcomes, width: 4))
      }
      object.member("covariance_with_overall") {
        $0.object { metrics in
          let ordered = covarianceWithOverall.sorted {
            $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
          }
          for (metric, values) in ordered { metrics.member(metric) { $0.numbers(values) } }
        }
      }
    }
  }
}

extension EstimateColumns {
  func writeMembers(metric: String, to object: inout JSONWriter) {
    object.member("metric") { $0.string(metric) }
    writeColumns(to: &object)
  }

  func writeColumns(to object: inout JSONWriter) {
    object.member("value") { $0.numbers(value) }
    for (name, column) in [("lower", lower), ("upper", upper), ("standard_error", standardError)]
    where !column.allSatisfy(\.isNaN) {
      object.member(name) { $0.numbers(column) }
    }
    let isWithheld: (Int) -> Bool = { status[$0] == .suppressed }
    object.member("denominator") { $0.integers(denominator, isWithheld: isWithheld) }
    for (name, column) in [("weight", weight), ("effective_count", effectiveCount)]
    where !zip(column, denominator).allSatisfy({ $0 == Double($1) }) {
      object.member(name) { $0.numbers(column, isWithheld: isWithheld) }
    }
    object.member("status") {
      Self.writeSparse(status.map { $0 == .ok ? "" : $0.rawValue }, to: &$0)
    }
    object.member("reason") { Self.writeSparse(reason, to: &$0) }
  }

  /// The rows of every text but the empty one.
  private static func writeSparse(_ texts: [String], to writer: inout JSONWriter) {
    var rows: [String: [Int]] = [:]
    for (row, text) in texts.enumerated() where !text.isEmpty { rows[text, default: []].append(row) }
    writer.object { object in
      for (text, rows) in rows.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
        object.member(text) { $0.integers(rows) }
      }
    }
  }
}

extension ThresholdCurves {
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("thresholds") { $0.numbers(thresholds) }
      object.member("offsets") { $0.integers(offsets) }
      object.member("bin") { $0.integers(bin) }
      object.member("positives") { $0.numbers(positives) }
      object.member("negatives") { $0.numbers(negatives) }
    }
  }
}

extension CalibrationColumns {
  /// What is withheld is `null`.
  func write(to writer: inout JSONWriter, isWithheld: (_ place: Int) -> Bool) {
    writer.object { object in
      object.member("bin_count") { $0.integer(binCount) }
      object.member("rows") { $0.integers(rows, isWithheld: isWithheld) }
      object.member("weight") { $0.numbers(weight, isWithheld: isWithheld) }
      object.member("score_sum") { $0.numbers(scoreSum, isWithheld: isWithheld) }
      object.member("positive_sum") { $0.numbers(positiveSum, isWithheld: isWithheld) }
      object.member("expected_ece") { $0.numbers(expectedECE) }
      object.member("expected_ece_95") { $0.numbers(expectedECE95) }
    }
  }
}
