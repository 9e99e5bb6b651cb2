import Results
import TestSupport
import Testing

@testable import Metrics

/// scikit-learn 1.9.1's results on 24 rows of five labels, among them a row without labels, one with all, one without
/// a prediction, a label that is never predicted and one that a single row has.
struct LabelSetTests {
  /// A word for each row, a digit for each label.
  private static let labels = """
    11000 10110 00011 00000 00100 01110 10000 11110 10010 10010 00010 00010 00000 11110 10110 11100
    01000 10000 01100 10000 01000 10000 11000 11000
    """

  private static let decisions = """
    11100 10100 00001 11101 00100 00000 10001 00000 01101 10101 01000 01001 11100 00000 10100 11100
    01101 11000 01000 10000 11001 01101 11000 11001
    """

  /// Hundredths, row by row.
  private static let scores = """
    63 90 78 23 30 87 1 82 80 47 30 28 25 45 50 55 100 79 62 99 22 16 61 4 4 51 47 92 63 51 50 25 1
    19 69 20 37 0 83 15 27 88 51 85 64 74 9 54 51 87 36 60 6 39 32 15 82 38 98 59 61 64 68 15 44 24
    40 10 97 22 67 30 87 66 13 85 94 90 57 15 19 93 55 18 88 64 57 38 41 24 4 88 47 55 32 75 3 37 3
    12 97 66 43 52 87 34 59 68 36 52 77 91 15 93 1 75 81 14 42 82
    """

  private static let weights = """
    1.65 0.51 2.92 1.87 3.75 0.23 0.3 1.03 4.15 0.66 3.69 1.83 1.82 2.59 0.75 1.03 0.61 1.76 5.12
    1.24 2.3 2.11 1.88 1.44
    """

  private static func columns(_ text: String) -> [[UInt8]] {
    let rows = text.split(whereSeparator: \.isWhitespace).map { $0.utf8.map { $0 - 48 } }
    return (0..<5).map { index in rows.map { $0[index] } }
  }

  private static func numbers(_ text: String) -> [Double] {
    text.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
  }

  private static func observations(isWeighted: Bool) -> LabelSetObservations {
    let scores = numbers(scores)
    return LabelSetObservations(
      names: ["a", "b", "c", "d", "e"], labels: columns(labels), decisions: columns(decisions),
      scores: (0..<5).map { index in (0..<24).map { scores[5 * $0 + index] / 100 } },
      weights: isWeighted ? numbers(weights) : nil)
  }

  @Test func againstScikitLearn() throws {
    let rules: [(String, ZeroDivision)] = [("_zero", .zero), ("_one", .one), ("_undefined", .undefined)]
    var found: [String: MeasuredMetrics] = [:]
    for isWeighted in [false, true] {
      for (name, rule) in rules {
        let metrics = LabelSetMetrics.all(
          Self.observations(isWeighted: isWeighted), topK: [], zeroDivision: rule)
        found[name + (isWeighted ? "_w" : "")] = MeasuredMetrics(metrics, rows: ClassSample.all(24))
      }
    }
    let words = LabelSetResults.text.split(whereSeparator: \.isWhitespace)
    #expect(words.count == 2 * 150)
    for index in stride(from: 0, to: words.count, by: 2) {
      var id = String(words[index])
      let suffix = id.hasSuffix("_w") ? "_w" : ""
      id = String(id.dropLast(suffix.count))
      let rule = rules.map(\.0).first { id.hasSuffix($0) } ?? ""
      id = String(id.dropLast(rule.count))
      let key = (rule.isEmpty ? "_undefined" : rule) + suffix
      let value = try #require(found[key])[id]
      let expected = try #require(Double(words[index + 1]))
      #expect(isClose(value, expected), "\(words[index]): \(value) for \(expected)")
    }
  }

  /// The first two labels of each row by score against those that it has, counted by hand.
  @Test func firstLabels() {
    let seen = LabelSetObservations(
      names: ["a", "b", "c"], labels: [[1, 0, 1], [1, 0, 0], [0, 0, 1]],
      decisions: [[1, 0, 1], [0, 0, 0], [0, 0, 0]],
      scores: [[0.9, 0.2, 0.5], [0.1, 0.3, 0.5], [0.4, 0.3, 0.5]], weights: nil)
    let found = MeasuredMetrics(LabelSetMetrics.all(seen, topK: [1, 2, 3]), rows: [0, 1, 2])
    // Row 0 takes a, c and has a, b; row 1 takes b, c and has none; row 2 takes a, b (ties) and has a, c.
    #expect(found["top_2_precision"] == 2.0 / 6)
    #expect(found["top_2_recall"] == 2.0 / 4)
    #expect(found["top_1_precision"] == 2.0 / 3)
    #expect(found.byID["top_3_recall"] == nil)
    #expect(found["exact_match"] == 1.0 / 3)
    #expect(found.byID["label_ranking_average_precision"]?.denominator == 2)
    #expect(found.byID["precision[b]"]?.reason == "the class is never predicted")
  }

  /// Curves over every pair of a row and a label, by counting pairs of pairs; and averages by given weights of labels.
  @Test func pooledAndWeightedAverages() {
    let made = ClassSample.labelSets(rows: 70, labels: 3, seed: 31, isWeighted: true)
    let rows = ClassSample.all(70).filter { $0 % 5 != 2 }
    let found = MeasuredMetrics(LabelSetMetrics.all(made, topK: [], classWeights: [2, 0, 1]), rows: rows)
    let pairs = (0..<3).flatMap { label in
      rows.map { row in
        (
          score: made.scores[label][Int(row)], isThere: made.labels[label][Int(row)] == 1,
          weight: made.weights?[Int(row)] ?? 1
        )
      }
    }
    var (above, all) = (0.0, 0.0)
    for a in pairs where a.isThere {
      for b in pairs where !b.isThere {
        all += a.weight * b.weight
        above += a.weight * b.weight * (a.score > b.score ? 1 : a.score == b.score ? 0.5 : 0)
      }
    }
    #expect(isClose(found["roc_auc_ovr_micro"], above / all))
    for (average, single) in [("recall", "recall"), ("f1", "f1"), ("roc_auc_ovr", "roc_auc")] {
      let (a, c) = (found["\(single)[\(made.names[0])]"], found["\(single)[\(made.names[2])]"])
      #expect(isClose(found["\(average)_class_weighted"], (2 * a + c) / 3), "\(average)")
    }
  }
}
