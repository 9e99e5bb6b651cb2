/// Which model to ask for explanations, and what to explain. What is nil is taken from the configuration file, or has
/// its default.
public struct ModelOptions: Sendable {
  /// A model file, or the address of a prediction server (`…/v2/models/NAME` or `…/v1/models/NAME`).
  public var model: String?
  /// A program that speaks the scorer protocol, and its arguments.
  public var program: [String]?
  /// A JSON file that tells how columns become the model's inputs.
  public var encoding: String?
  /// The output that scores the positive class, of a model with several.
  public var output: String?
  /// `all`, `best` or a number: which rounds of a boosted model count.
  public var rounds: String?
  /// Columns that a program or server reads.
  public var features: [String]?
  /// How far the model may be from the predictions in the data.
  public var tolerance: Double?
  /// `stop` or `warn`: what to do where it is further.
  public var mismatch: String?
  /// `automatic`, `exact` or a number of shuffles.
  public var repeats: String?
  /// Metrics whose loss is measured.
  public var metrics: [String]?
  /// Metrics whose gaps are explained.
  public var gaps: [String]?
  /// Columns that move together, `money=capital_gain,capital_loss`; they add to those of the configuration file.
  public var together: [String] = []
  /// Features at least so strongly associated move together.
  public var togetherAbove: Double?
  /// Columns that donors of new values agree in.
  public var within: [String]?
  /// `leaves` or a depth: donors from the same leaf of a small tree.
  public var conditional: String?
  /// Rows that are scored again.
  public var rows: Int?
  /// Features to draw effects of.
  public var effects: [String]?
  /// Numbers of rows whose predictions are taken apart.
  public var listedRows: [Int]?
  /// Attributes to change to see who flips.
  public var flips: [String]?
  /// Pairs of features to look for interactions, `age*sex`.
  public var interactions: [String]?

  /// Options that leave everything to the configuration.
  public init() {}
}

/// Which stored evaluation to explain, and by which model.
public struct ExplainRequest: Sendable {
  /// An `evaluation.json`.
  public var evaluation: String
  /// The data that it was made from.
  public var data: String?
  /// A JSON5 configuration, from which the data, the model and what to explain are taken.
  public var configuration: String?
  /// The model and what to explain.
  public var options = ModelOptions()
  /// Threads to use; one a core unless said. Results do not depend on it.
  public var threads: Int?
  /// Folder to write to; that of the evaluation where nil.
  public var output: String?
  /// Folder of templates that replace built-in ones.
  public var templates: String?
  /// Whether to write `report.html`.
  public var writesReport = true
  /// Whether to write `charts/`.
  public var writesCharts = true
  /// Whether to write `report.pdf`, `model-card.md` and `model-card.html` with the report.
  public var writesDocuments = true
  /// Counts from 1 to one less are withheld from every output.
  public var suppressBelow: Int?
  /// `inline`: style sheet and script are in the page; `split`: they are files beside it.
  public var assets: String?
  /// Columns of the terminal that the summary is for.
  public var width = 100

  /// Makes a request for one stored evaluation.
  public init(evaluation: String) { self.evaluation = evaluation }
}
