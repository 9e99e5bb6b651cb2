import Results

extension Findings {
  /// Why: which features the model's quality and its gaps rest on, and how. Found by scoring the rows again with some
  /// features' values taken from other rows; it tells of the model, not of the world.
  public struct Explanation: Sendable, Equatable {
    /// The model that was asked.
    public let model: Model
    /// Rows that were scored again.
    public let sampledRowCount: Int
    /// Confidence level of every interval of the explanation, in (0, 1).
    public let level: Double
    /// What was moved, in the order in which all that follows lists features.
    public let features: [Feature]
    /// What each metric loses, and each gap closes by, without each feature: all features of one metric or gap stand
    /// together.
    public let importances: [Importance]
    /// How the score changes along features.
    public let effects: [Effect]
    /// What each feature adds to predictions beyond the mean (Shapley values); nil where that was not computed.
    public let attributions: Attributions?
    /// What the differences of two groups' mean predictions consist of.
    public let decompositions: [Decomposition]
    /// How far pairs of features act together.
    public let interactions: [Interaction]
    /// What decisions do when one attribute of a row is changed.
    public let flips: [Flip]
    /// What a reader must know before believing it.
    public let warnings: [Warning]
    /// What was left out, or done otherwise than asked, in sentences.
    public let notes: [String]

    init(_ explanation: Results.Explanation, _ findings: Findings) {
      let names = explanation.features.map(\.name)
      let slices = findings.slices
      model = Model(explanation.model)
      (sampledRowCount, level) = (explanation.sampling.rows, explanation.sampling.level)
      features = explanation.features.map { Feature($0, names) }
      importances = explanation.importances.flatMap { Importance.all($0, names, slices) }
      effects = explanation.effects.map { Effect($0, names, slices) }
      attributions = explanation.attributions.map { Attributions($0, names, slices) }
      decompositions = explanation.decompositions.map { Decomposition($0, names, slices) }
      interactions = explanation.interactions.map { Interaction($0, names) }
      flips = explanation.flips.map { Flip($0, names) }
      warnings = explanation.warnings.map { Warning($0, names) }
      notes = explanation.notes
    }

    /// The importances of one metric or gap, or of one feature, in the order of the features. Complexity: O(importances).
    ///
    /// - Parameters:
    ///   - metric: identifier; nil for all
    ///   - slice: the slice's name, of a gap the group's; nil for all
    ///   - reference: the name of the group that a gap subtracts; nil for the metric of a slice
    ///   - feature: as ``Feature/name``; nil for all
    /// - Returns: empty where nothing fits.
    public func importances(
      of metric: String? = nil, in slice: String? = nil, against reference: String? = nil,
      feature: String? = nil
    ) -> [Importance] {
      importances.filter {
        (metric == nil || $0.metric == metric) && (slice == nil || $0.slice.name == slice)
          && $0.reference?.name == reference && (feature == nil || $0.feature == feature)
      }
    }
  }

  /// Why the model does what was found; nil where no model was asked: set ``EvaluateRequest/model``.
  public var explanation: Explanation? { evaluation.explanation.map { Explanation($0, self) } }
}

extension Findings.Explanation {
  /// The model that was asked, and how well it agrees with the predictions in the data.
  public struct Model: Sendable, Equatable {
    /// Base name of a file or program, or a model's name at its server.
    public let name: String
    /// `XGBoost`, `LightGBM`, `linear`, `trees`, `program`, `KServe`, `TensorFlow Serving`.
    public let kind: String
    /// The output that is explained.
    public let output: String
    /// Rows on which model and data were compared; 0 where the data hold no prediction.
    public let comparedRowCount: Int
    /// Rows on which they differ beyond the tolerance.
    public let differingRowCount: Int
    /// The largest difference; 0 where decisions were compared.
    public let largestDifference: Double

    init(_ model: ExplainedModel) {
      (name, kind, output) = (model.name, model.kind, model.output)
      (comparedRowCount, differingRowCount) = (model.comparedRows, model.differingRows)
      largestDifference = model.largestDifference
    }
  }

  /// A feature, or several that move together, and what is known about it from the data alone.
  public struct Feature: Sendable, Equatable {
    /// Name of the column, or that of the group of columns.
    public let name: String
    /// The columns that move together.
    public let columns: [String]
    /// Whether the model can depend on it at all; nil where that is not known.
    public let isUsed: Bool?
    /// Strongest association with another feature, in [0, 1]; nil where there is none.
    public let association: Double?
    /// The feature that it is with.
    public let associatedWith: String?
    /// Share of moved rows that fall where the data have none; nil where not known.
    public let extrapolationShare: Double?

    init(_ feature: ExplainedFeature, _ names: [String]) {
      (name, columns, isUsed) = (feature.name, feature.columns, feature.isUsed)
      (association, extrapolationShare) = (feature.association, feature.extrapolationShare)
      associatedWith = feature.associatedWith.map { names[$0] }
    }
  }

  /// What a reader must know before believing an explanation.
  public struct Warning: Sendable, Equatable {
    /// Stable identifier: `no_skill`, `leakage`, `dominant`, `extrapolation`, `association`, `model_differs`, `few_rows`,
    /// `training_rows`.
    public let kind: String
    /// A sentence for the reader.
    public let message: String
    /// The feature that it is about; nil where it is about all.
    public let feature: String?

    init(_ warning: ExplanationWarning, _ names: [String]) {
      (kind, message) = (warning.kind.rawValue, warning.message)
      feature = warning.feature.map { names[$0] }
    }
  }
}

extension Double {
  /// Stored columns hold NaN for “none”.
  var known: Double? { isNaN ? nil : self }
}

extension Array where Element == Double {
  /// The number of a feature or point; nil where there is none.
  func known(_ place: Int) -> Double? { indices.contains(place) ? self[place].known : nil }
}
