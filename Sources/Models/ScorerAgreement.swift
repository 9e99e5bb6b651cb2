import Results

/// What is known of a scorer before its scores are used.
package struct ScorerAgreement: Sendable, Equatable {
  /// Two sets of scores of the same rows.
  package struct Comparison: Sendable, Equatable {
    package private(set) var rowCount = 0
    /// The largest |a − b|.
    package private(set) var largestDifference = 0.0
    /// Rows with |a − b| > tolerance · max(1, |b|), or where one of them is no number.
    package private(set) var differingRows = 0
    package private(set) var first: Row?

    /// The first of the differing rows, and what both say.
    package struct Row: Sendable, Equatable {
      /// From 0.
      package let row: Int
      package let scorer: Double
      package let other: Double
    }

    package init() {}

    /// - Parameter rows: which rows they are; nil for all from 0
    package init(_ scores: [Double], with others: [Double], rows: [Int]? = nil, tolerance: Double) {
      for (place, (score, other)) in zip(scores, others).enumerated() {
        add(score, other, row: rows?[place] ?? place, tolerance)
      }
    }

    /// Rows of several outputs, one after the other: a row differs where one of its outputs does.
    package init(_ scores: [[Double]], with others: [[Double]], rows: [Int], tolerance: Double) {
      for (place, row) in rows.enumerated() {
        let pairs = scores.indices.map { (scores[$0][place], others[$0][place]) }
        let worst =
          pairs.first { Self.differs($0.0, $0.1, tolerance) } ?? pairs.max { Self.gap($0) < Self.gap($1) }
        if let worst { add(worst.0, worst.1, row: row, tolerance) }
      }
    }

    private static func gap(_ pair: (Double, Double)) -> Double { abs(pair.0 - pair.1) }

    private static func differs(_ score: Double, _ other: Double, _ tolerance: Double) -> Bool {
      score != other && !(abs(score - other) <= tolerance * max(1, abs(other)))
    }

    private mutating func add(_ score: Double, _ other: Double, row: Int, _ tolerance: Double) {
      rowCount += 1
      let difference = abs(score - other)
      if score != other, !difference.isNaN { largestDifference = max(largestDifference, difference) }
      guard Self.differs(score, other, tolerance) else { return }
      differingRows += 1
      // The earliest of the table, in whatever order the rows came.
      if first.map({ row < $0.row }) ?? true { first = Row(row: row, scorer: score, other: other) }
    }
  }

  /// With a column of predictions on the rows as they are; nil where there is none.
  package var predictions: Comparison?
  /// A sample scored in another order and in other company.
  package var order = Comparison()
  /// The same sample scored once more.
  package var repetition = Comparison()
  /// How far scores may be apart, relative to max(1, |score|).
  package var tolerance: Double

  package init(tolerance: Double) { self.tolerance = tolerance }
}

extension ScorerAgreement {
  /// “model ≠ predictions”, where the model does not reproduce the column; nil where it does.
  ///
  /// - Parameter place: of a row, such as `data.csv:18`
  package func mismatch(model: String, column: String, place: (Int) -> String) -> Failure? {
    guard let predictions, let first = predictions.first else { return nil }
    return Failure(
      .data,
      "\(place(first.row)): model ≠ predictions: \(model) gives \(NumberText.text(first.scorer)), column “\(column)” "
        + "holds \(NumberText.text(first.other)); \(extent(predictions))",
      advice:
        "Check the model's version, the encoding (columns and order of categories), how many rounds count, and which "
        + "output is the positive class.")
  }

  /// What is doubtful of the scorer itself, in whole sentences.
  package func doubts(model: String) -> [String] {
    var doubts: [String] = []
    if let first = repetition.first {
      doubts.append(
        "\(model) gives other scores when it is asked again: row \(first.row + 1) scored \(NumberText.text(first.other)), "
          + "then \(NumberText.text(first.scorer)); \(extent(repetition))")
    } else if let first = order.first {
      doubts.append(
        "scores of \(model) depend on the order of the rows or on other rows: row \(first.row + 1) scored "
          + "\(NumberText.text(first.other)), in another order \(NumberText.text(first.scorer)); \(extent(order))"
      )
    }
    return doubts
  }

  private func extent(_ comparison: Comparison) -> String {
    "\(comparison.differingRows) of \(comparison.rowCount) rows differ, by \(NumberText.text(comparison.largestDifference)) at most"
  }
}
