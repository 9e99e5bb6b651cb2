import Results
import TestSupport
import Testing

@testable import Metrics

/// What each row adds to the error is how the value changes with the row's weight, and adds up to nothing.
struct ClassInfluenceTests {
  private static let step = 1e-5

  /// Compares with central differences over the weight of some rows of a slice.
  private func check(
    _ count: Int, weights: [Double], rows: [UInt32], makes: ([Double]?) -> [any RowMetric], isWeighted: Bool
  ) {
    let found = MeasuredMetrics(makes(isWeighted ? weights : nil), rows: rows)
    let base = isWeighted ? weights : [Double](repeating: 1, count: count)
    let places = Array(stride(from: 0, to: rows.count, by: 3))
    let shifted = places.map { place in
      [-Self.step, Self.step].map { step in
        var moved = base
        moved[Int(rows[place])] *= 1 + step
        return MeasuredMetrics(makes(moved), rows: rows)
      }
    }
    var checked = 0
    for (id, measured) in found.byID where measured.value != nil && measured.hasInfluence {
      let influence = found.influences[id] ?? []
      #expect(abs(influence.reduce(0, +)) < 1e-12, "\(id): Σψ")
      for (index, place) in places.enumerated() {
        let slope = (shifted[index][1][id] - shifted[index][0][id]) / (2 * Self.step)
        #expect(abs(influence[place] - slope) < 1e-8, "\(id): \(influence[place]) for \(slope)")
      }
      checked += 1
    }
    #expect(checked >= 50)
  }

  @Test(arguments: [false, true])
  func classes(isWeighted: Bool) {
    let made = ClassSample.observations(rows: 90, classes: 4, seed: 3, isWeighted: true)
    // Of class 3 no row is left: averages have to do without.
    for rows in [ClassSample.all(90), ClassSample.all(90).filter { $0 % 2 == 0 && made.labels[Int($0)] < 3 }]
    {
      check(
        90, weights: made.weights ?? [], rows: rows,
        makes: { weights in
          ClassMetrics.all(
            ClassObservations(
              names: made.names, labels: made.labels, decisions: made.decisions, scores: made.scores,
              weights: weights), topK: [1, 2], classWeights: [1, 0, 2, 0.5])
        }, isWeighted: isWeighted)
    }
  }

  @Test(arguments: [false, true])
  func labelSets(isWeighted: Bool) {
    let made = ClassSample.labelSets(rows: 60, labels: 4, seed: 5, isWeighted: true)
    for rows in [ClassSample.all(60), ClassSample.all(60).filter { $0 % 3 != 1 }] {
      check(
        60, weights: made.weights ?? [], rows: rows,
        makes: { weights in
          LabelSetMetrics.all(
            LabelSetObservations(
              names: made.names, labels: made.labels, decisions: made.decisions, scores: made.scores,
              weights: weights), topK: [1, 2], classWeights: [1, 0, 2, 0.5])
        }, isWeighted: isWeighted)
    }
  }

  /// Σψ² of the AUC is DeLong's variance but for n − 1 in place of n.
  @Test func aucIsDeLong() throws {
    let made = ClassSample.observations(rows: 120, classes: 3, seed: 8, isWeighted: false)
    let found = MeasuredMetrics(ClassMetrics.all(made, topK: []), rows: ClassSample.all(120))
    let influence = try #require(found.influences["roc_auc[c1]"])
    let scores = made.scores[1]
    let (positives, negatives) = (
      scores.indices.filter { made.labels[$0] == 1 }, scores.indices.filter { made.labels[$0] != 1 }
    )
    func wins(_ a: Int, _ b: Int) -> Double { scores[a] > scores[b] ? 1 : scores[a] == scores[b] ? 0.5 : 0 }
    func spread(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / Double(values.count)
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count * values.count)
    }
    let v10 = positives.map { i in negatives.reduce(0) { $0 + wins(i, $1) } / Double(negatives.count) }
    let v01 = negatives.map { j in positives.reduce(0) { $0 + wins($1, j) } / Double(positives.count) }
    #expect(isClose(influence.reduce(0) { $0 + $1 * $1 }, spread(v10) + spread(v01)))
  }
}
