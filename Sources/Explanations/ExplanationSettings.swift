import Metrics
import Results

/// What to explain and how much work to spend on it.
package struct ExplanationSettings: Sendable, Equatable {
  package enum Repeats: Sendable, Equatable {
    case fixed(Int)
    /// Until shuffle noise is below a fifth of sampling noise, at most so many.
    case automatic(limit: Int)
    /// The expectation over all donors, with no draws: O(rows²) scorings a feature.
    case exact
  }

  package enum Conditioning: Sendable, Equatable {
    case none
    /// Donors agree in these columns.
    case strata([String])
    /// Donors share a leaf of a tree of at most this depth that predicts the feature from the others.
    case leaves(depth: Int)
  }

  /// Columns that move together under one name.
  package struct NamedGroup: Sendable, Equatable {
    package let name: String
    package let columns: [String]

    package init(name: String, columns: [String]) {
      self.name = name
      self.columns = columns
    }
  }

  /// What is not named moves alone.
  package var groups: [NamedGroup] = []
  /// Features at least so strongly associated move together; nil for none.
  package var groupingAssociation: Double?

  /// Metrics whose loss is measured, overall and by slice; those that apply where empty.
  package var metrics: [BinaryMetric] = []
  /// Metrics whose gaps are explained; selection rate, true and false positive rate (those that apply) where empty.
  package var gapMetrics: [BinaryMetric] = []
  /// Whether single-feature families get importances by group.
  package var bySlice = true
  /// Whether crossed families get importances by group as well: as many scorings again for each of them.
  package var crossed = false
  package var repeats = Repeats.fixed(10)
  package var conditioning = Conditioning.none
  /// Whether each repeat's value is kept.
  package var keepsRaw = true

  /// Features to draw effects of; the most important ones where nil.
  package var effects: [String]?
  package var effectLimit = 6
  package var gridSize = 20

  /// Rows whose attributions are averaged, background rows they are measured against, and rows to list.
  package var attributionRows = 1000
  /// What attributions add up to; nil for the margin where the model is at hand, where they are exact and quick.
  package var attributionScale: Attributions.Scale?
  package var backgroundRows = 100
  package var listedRows: [Int] = []

  /// Pairs to compute Friedman's H of; those among the four most important features where nil.
  package var interactions: [[String]]?
  package var interactionRows = 300
  /// Attributes to change; the features that are sliced by and that the model reads where nil.
  package var flips: [String]?

  package var level = 0.95
  package var seed: UInt64 = 42
  package var threads = 1

  package init() {}
}
