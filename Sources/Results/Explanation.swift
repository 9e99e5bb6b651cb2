/// Why: which features the model's quality and its gaps rest on, and how. Made by scoring the rows again with
/// some features' values taken from other rows; it tells of the model, not of the world.
package struct Explanation: Sendable, Equatable {
  package var model: ExplainedModel
  package var sampling: ExplanationSampling
  /// What moved together: a column, or several under one name. All `feature` indices count in this list.
  package var features: [ExplainedFeature]
  package var importances: [ImportanceColumns]
  package var effects: [FeatureEffect]
  package var attributions: Attributions?
  package var decompositions: [GapDecomposition]
  package var interactions: [FeatureInteraction]
  package var flips: [FlipCounts]
  package var warnings: [ExplanationWarning]
  /// What was left out, or done otherwise than asked, in sentences.
  package var notes: [String]

  package init(
    model: ExplainedModel, sampling: ExplanationSampling, features: [ExplainedFeature],
    importances: [ImportanceColumns] = [], effects: [FeatureEffect] = [], attributions: Attributions? = nil,
    decompositions: [GapDecomposition] = [], interactions: [FeatureInteraction] = [],
    flips: [FlipCounts] = [], warnings: [ExplanationWarning] = [],
    notes: [String] = []
  ) {
    self.model = model
    self.sampling = sampling
    self.features = features
    self.importances = importances
    self.effects = effects
    self.attributions = attributions
    self.decompositions = decompositions
    self.interactions = interactions
    self.flips = flips
    self.warnings = warnings
    self.notes = notes
  }
}

/// The model that was asked, and how well it agrees with the predictions in the data.
package struct ExplainedModel: Sendable, Equatable, Codable {
  /// Base name of a file or program, or a model's name at its server.
  package var name: String
  /// `XGBoost`, `LightGBM`, `linear`, `trees`, `program`, `KServe`, `TensorFlow Serving`.
  package var kind: String
  /// SHA-256 of the model file; nil for what is no file.
  package var sha256: String?
  /// Base name of the encoding file.
  package var encoding: String?
  /// The output that is explained.
  package var output: String
  /// The column that the model's scores or decisions were compared with; nil where the data hold none.
  package var comparedWith: String?
  package var comparedRows: Int
  /// Largest |model − column| over those rows; 0 where decisions were compared.
  package var largestDifference: Double
  /// Rows on which model and column differ beyond the tolerance.
  package var differingRows: Int

  package init(
    name: String, kind: String, sha256: String? = nil, encoding: String? = nil, output: String,
    comparedWith: String? = nil, comparedRows: Int = 0, largestDifference: Double = 0,
    differingRows: Int = 0
  ) {
    self.name = name
    self.kind = kind
    self.sha256 = sha256
    self.encoding = encoding
    self.output = output
    self.comparedWith = comparedWith
    self.comparedRows = comparedRows
    self.largestDifference = largestDifference
    self.differingRows = differingRows
  }
}

/// Which rows were scored again, and where moved values came from.
package struct ExplanationSampling: Sendable, Equatable, Codable {
  package enum Repeats: String, Sendable, Codable {
    /// As many as were asked for.
    case fixed
    /// Until shuffle noise is below a fifth of sampling noise.
    case automatic
    /// No draws: the expectation over all donors.
    case exact
  }

  /// Where a row's new values come from.
  package enum Conditioning: String, Sendable, Codable {
    /// Any row (of the same slice, for a slice's own importance).
    case none
    /// Rows that agree in the columns of `strata`.
    case strata
    /// Rows in the same leaf of a small tree that predicts the feature from the others (Molnar et al. 2023).
    case leaves
  }

  /// Rows that were scored again, out of `rowCount` in the evaluation.
  package var rows: Int
  package var rowCount: Int
  package var repeats: Repeats
  /// Repeats asked for, or the most that `automatic` may take; 0 where exact.
  package var repeatLimit: Int
  package var conditioning: Conditioning
  package var strata: [String]
  /// The column whose equal values make one unit in standard errors.
  package var unit: String?
  package var isWeighted: Bool
  package var level: Double
  package var seed: UInt64

  package init(
    rows: Int, rowCount: Int, repeats: Repeats, repeatLimit: Int, conditioning: Conditioning = .none,
    strata: [String] = [], unit: String? = nil, isWeighted: Bool = false, level: Double, seed: UInt64
  ) {
    self.rows = rows
    self.rowCount = rowCount
    self.repeats = repeats
    self.repeatLimit = repeatLimit
    self.conditioning = conditioning
    self.strata = strata
    self.unit = unit
    self.isWeighted = isWeighted
    self.level = level
    self.seed = seed
  }
}

/// A feature, or several that move together, and what is known about it from the data alone.
package struct ExplainedFeature: Sendable, Equatable, Codable {
  package var name: String
  /// The raw columns that move together.
  package var columns: [String]
  /// Whether the model can depend on it at all; nil where that is not known.
  package var isUsed: Bool?
  /// Strongest association with another feature, in [0, 1], the other's index, and the measure (`|Spearman|`,
  /// `Cramér's V`, `correlation ratio`).
  package var association: Double?
  package var associatedWith: Int?
  package var associationMeasure: String?
  /// Share of permuted rows that fall where the data have none.
  package var extrapolationShare: Double?
  /// ROC AUC of the feature alone against the label, at least 0.5.
  package var loneAUC: Double?

  package init(
    name: String, columns: [String], isUsed: Bool? = nil, association: Double? = nil,
    associatedWith: Int? = nil, associationMeasure: String? = nil, extrapolationShare: Double? = nil,
    loneAUC: Double? = nil
  ) {
    self.name = name
    self.columns = columns
    self.isUsed = isUsed
    self.association = association
    self.associatedWith = associatedWith
    self.associationMeasure = associationMeasure
    self.extrapolationShare = extrapolationShare
    self.loneAUC = loneAUC
  }
}

/// What a reader must know before believing an explanation.
package struct ExplanationWarning: Sendable, Equatable, Codable {
  package enum Kind: String, Sendable, Codable, CaseIterable {
    /// The model is not shown to be better than one that knows no feature.
    case noSkill = "no_skill"
    /// A feature alone tells the label almost perfectly.
    case leakage
    /// One feature carries nearly all of the model's skill.
    case dominant
    /// Permuted rows lie where the data have none.
    case extrapolation
    /// Features are so strongly associated that they stand in for each other.
    case association
    /// The model does not reproduce the predictions column everywhere.
    case modelDiffers = "model_differs"
    /// Too few rows for intervals that hold.
    case fewRows = "few_rows"
    /// Rows the model was trained on.
    case trainingRows = "training_rows"
  }

  package var kind: Kind
  /// A sentence for the reader.
  package var message: String
  package var feature: Int?

  package init(kind: Kind, message: String, feature: Int? = nil) {
    self.kind = kind
    self.message = message
    self.feature = feature
  }
}
