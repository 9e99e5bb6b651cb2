/// What was withheld from every output because it would show counts of fewer than `below` rows. The gate judged
/// before (Documentation/Privacy.md).
package struct Suppression: Sendable, Equatable, Codable {
  /// What an output tells of a slice, from the least to the most. Who sees `outcomes` could work out `labels` and
  /// `decisions`, and so on.
  package enum Layer: String, Sendable, Codable, CaseIterable {
    /// How many rows it has, and how they are scored.
    case rows
    /// How many rows have a positive label, and what scores are worth by the labels.
    case labels
    /// How many rows have a positive decision.
    case decisions
    /// Rows by label and decision, and every metric made of them.
    case outcomes
    /// Rows by label and the baseline's decision.
    case baseline
    /// Rows by label and both decisions.
    case changes
    /// Rows by label and score.
    case curves
    /// Rows by label and calibration bin.
    case calibration
  }

  /// The smallest count that is shown, apart from 0.
  package var below: Int
  /// Slices from which a layer is withheld, ascending, by the layer's name.
  package var withheld: [String: [Int]]
  /// By family: places of the thresholds at which its curves are exact; between them steps are merged.
  package var thresholds: [[Int]]
  /// By family: calibration bins that are withheld from all of its slices.
  package var bins: [[Int]]
  /// How many estimates, gaps and parts of an explanation are withheld.
  package var estimates: Int
  package var gaps: Int
  package var explanations: Int

  package init(
    below: Int, withheld: [String: [Int]] = [:], thresholds: [[Int]] = [], bins: [[Int]] = [],
    estimates: Int = 0, gaps: Int = 0, explanations: Int = 0
  ) {
    self.below = below
    self.withheld = withheld
    self.thresholds = thresholds
    self.bins = bins
    self.estimates = estimates
    self.gaps = gaps
    self.explanations = explanations
  }

  package func slices(_ layer: Layer) -> [Int] { withheld[layer.rawValue] ?? [] }

  /// Complexity: O(log(slices withheld)).
  package func hides(_ layer: Layer, _ slice: Int) -> Bool {
    let list = slices(layer)
    var (low, high) = (0, list.count)
    while low < high {
      let middle = (low + high) / 2
      if list[middle] < slice { low = middle + 1 } else { high = middle }
    }
    return low < list.count && list[low] == slice
  }

  /// Why a number is not there.
  package var reason: String { "fewer than \(below)" }

  /// What a metric tells, by its identifier.
  package static func layer(of metric: String) -> Layer {
    switch metric {
    case "count", "weight", "mean_score": .rows
    case "predicted_positives", "selection_rate": .decisions
    case "prevalence", "calibration_in_the_large", "roc_auc", "average_precision", "log_loss", "brier_score",
      "expected_calibration_error":
      .labels
    default: .outcomes
    }
  }

  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("below") { $0.integer(below) }
      object.member("withheld") { layers in
        layers.object { object in
          for layer in Layer.allCases where !slices(layer).isEmpty {
            object.member(layer.rawValue) { $0.integers(slices(layer)) }
          }
        }
      }
      for (name, lists) in [("thresholds", thresholds), ("bins", bins)] {
        object.member(name) { list in
          list.array { array in for places in lists { array.element { $0.integers(places) } } }
        }
      }
      object.member("estimates") { $0.integer(estimates) }
      object.member("gaps") { $0.integer(gaps) }
      object.member("explanations") { $0.integer(explanations) }
    }
  }
}

extension Evaluation {
  /// Whether an output may not tell this of a slice.
  package func withholds(_ layer: Suppression.Layer, _ slice: Int) -> Bool {
    suppression?.hides(layer, slice) ?? false
  }

  /// Whether a calibration bin is withheld, or merged into the one below; by its place in the columns.
  func withholdsBin(_ place: Int) -> Bool {
    guard let suppression, let calibration else { return false }
    let (slice, bin) = (place / calibration.binCount, place % calibration.binCount)
    return suppression.hides(.calibration, slice)
      || suppression.bins.indices.contains(slices.family[slice])
        && suppression.bins[slices.family[slice]].contains(bin)
  }

  package func withholds(metric: String, _ slice: Int) -> Bool {
    withholds(Suppression.layer(of: metric), slice)
  }
}
