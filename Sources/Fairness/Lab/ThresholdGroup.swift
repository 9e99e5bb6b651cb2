import Metrics
import Results

/// One slice at every stored threshold: how much of it would be selected, by label.
package struct ThresholdGroup: Sendable {
  /// Selected positives and negatives: rows, or weight where weights are in force.
  package struct Selected: Sendable, Equatable {
    package var positives: Double
    package var negatives: Double

    package init(positives: Double, negatives: Double) {
      self.positives = positives
      self.negatives = negatives
    }
  }

  package let slice: Int
  package let name: String
  /// At or above each threshold; neither ever rises from one threshold to the next.
  package let truePositives: [Double]
  package let falsePositives: [Double]
  /// All of them.
  package let positives: Double
  package let negatives: Double
  /// As decided, whatever the decisions came from.
  package let decided: Selected
  private let isWeighted: Bool
  /// Rows and Σw² by label.
  private let rows: (positive: Int, negative: Int)
  private let squares: (positive: Double, negative: Double)

  /// Complexity: O(thresholds).
  package init(_ slice: Int, _ curves: ThresholdCurves, _ slices: SliceColumns) {
    self.slice = slice
    name = slices.predicate[slice]
    (truePositives, falsePositives) = curves.above(slice: slice)
    // In the order of the running sums: what lies at or above the lowest threshold is never more than all.
    let below = (curves.offsets[slice]..<curves.offsets[slice + 1]).filter { curves.bin[$0] < 0 }
    positives = below.reduce(truePositives.first ?? 0) { $0 + curves.positives[$1] }
    negatives = below.reduce(falsePositives.first ?? 0) { $0 + curves.negatives[$1] }
    let cells = [
      slices.truePositives[slice], slices.falsePositives[slice], slices.falseNegatives[slice],
      slices.trueNegatives[slice],
    ]
    rows = (cells[0] + cells[2], cells[1] + cells[3])
    isWeighted = !slices.cellWeights.isEmpty
    if isWeighted {
      let weights = slices.cellWeights[4 * slice..<4 * slice + 4]
      let squared = slices.cellSquaredWeights[4 * slice..<4 * slice + 4]
      decided = Selected(positives: weights[4 * slice], negatives: weights[4 * slice + 1])
      squares = (squared[4 * slice] + squared[4 * slice + 2], squared[4 * slice + 1] + squared[4 * slice + 3])
    } else {
      decided = Selected(positives: Double(cells[0]), negatives: Double(cells[1]))
      squares = (positives, negatives)
    }
  }

  package func selected(at threshold: Int) -> Selected {
    Selected(positives: truePositives[threshold], negatives: falsePositives[threshold])
  }

  /// The confusion matrix with so many selected, as far as rates by label, selection rate and accuracy need it:
  /// their denominators do not depend on the threshold, nor does Kish's effective size of these. With weights the
  /// rows of single cells, and the effective size of the selected, are not known.
  package func counts(_ selected: Selected) -> OutcomeCounts {
    let weights = [
      selected.positives, selected.negatives, max(0, positives - selected.positives),
      max(0, negatives - selected.negatives),
    ]
    guard isWeighted else {
      return OutcomeCounts(rows: weights.map { Int($0) }, weights: weights, squaredWeights: weights)
    }
    return OutcomeCounts(
      rows: [0, 0, rows.positive, rows.negative], weights: weights,
      squaredWeights: [0, 0, squares.positive, squares.negative])
  }

  /// Metrics that a threshold sweep shows.
  package static let metrics: [BinaryMetric] = [
    .selectionRate, .truePositiveRate, .falsePositiveRate, .precision, .accuracy,
  ]

  /// One of `metrics`; nil where its denominator is empty or weighs nothing.
  package func value(_ metric: BinaryMetric, _ selected: Selected) -> Double? {
    let (found, wrong) = (selected.positives, selected.negatives)
    let (missed, spared) = (max(0, positives - found), max(0, negatives - wrong))
    func share(_ part: Double, _ whole: Double) -> Double? { whole > 0 ? part / whole : nil }
    switch metric {
    case .selectionRate: return share(found + wrong, found + wrong + missed + spared)
    case .truePositiveRate: return share(found, found + missed)
    case .falsePositiveRate: return share(wrong, wrong + spared)
    case .precision: return share(found, found + wrong)
    case .accuracy: return share(found + spared, found + wrong + missed + spared)
    default: return metric.rate?.share(of: counts(selected)).value
    }
  }

  /// Why a rate has no value at any threshold; nil where it has one.
  package func reason(_ metric: BinaryMetric, level: Double) -> String? {
    let estimator = SliceEstimator(
      level: level, bootstrap: CellBootstrap(replicates: 0, seed: 0, isWeighted: false))
    return metric.rate.flatMap { estimator.rate($0, counts(decided)).reason }
  }
}
