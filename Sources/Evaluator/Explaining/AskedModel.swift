import Models
import Results
import TableIngest
import Tables

/// The model of a run, opened before any row is read.
struct AskedModel: Sendable {
  let settings: ModelSettings
  private let native: NativeScorer?
  private let kind: String
  private let sha256: String?
  /// What the encoding reads, of a program or server that has one.
  private let encodedFeatures: [ScorerFeature]?

  /// nil where the configuration names none.
  /// - Throws: `missingInput` or `data` where the model or its encoding cannot be read.
  init?(_ configuration: Configuration) throws(Failure) {
    guard let settings = configuration.model else { return nil }
    self.settings = settings
    let encoding = try settings.encoding.map { path throws(Failure) in try Encoding.read(path: path) }
    guard case .file(let path) = settings.source else {
      (native, sha256, encodedFeatures) = (nil, nil, encoding?.scorerFeatures)
      kind = try Self.kind(settings)
      return
    }
    encodedFeatures = nil
    let bytes = try ModelReader.bytes(path)
    sha256 = FileDigest.sha256(bytes)
    let model = try ModelReader.read(bytes: bytes, name: path, rounds: settings.rounds)
    kind = model.kind
    native = try NativeScorer(model, encoding: encoding)
  }

  private static func kind(_ settings: ModelSettings) throws(Failure) -> String {
    guard !settings.features.isEmpty || settings.encoding != nil else {
      throw Failure(
        .data, "nothing says which columns \(settings.name) reads",
        advice: "List them: --model-feature COLUMN for each, or “features” of “model” in the configuration.")
    }
    guard case .server(let text) = settings.source else { return "program" }
    return switch try ServerPlace(text).kind {
    case .kserve: "KServe"
    case .tensorflow: "TensorFlow Serving"
    }
  }

  /// The columns that the model reads, and as what.
  var requests: [(name: String, kind: ReadRequest.Kind)] {
    guard let features = native?.features ?? encodedFeatures else {
      return settings.features.map { ($0, .automatic) }
    }
    return features.map { ($0.name, $0.kind == .number ? .number : .automatic) }
  }

  /// The name of the model's scores where the data hold no predictions.
  var scoreName: String { "score of \(settings.name)" }

  /// The configuration with the model's own scores, where the data hold no predictions.
  func scoring(_ configuration: Configuration) -> Configuration {
    guard configuration.score == nil, configuration.decision == nil else { return configuration }
    var result = configuration
    result.score = scoreName
    return result
  }

  /// Whether the model is evaluated here, from its file.
  var isNative: Bool { native != nil }

  /// Rows whose predictions are taken apart unless somebody says otherwise: without the trees each takes some thousand
  /// scorings.
  var attributionRows: Int { native == nil ? 200 : 1000 }

  /// The most rows that are scored again unless somebody says otherwise; nil for all.
  var rowLimit: Int? { native == nil ? 10_000 : nil }

  /// What scores rows of this table. A program is started.
  func scorer(for table: Table) throws(Failure) -> any Scorer {
    if let native { return native }
    let encoding = try settings.encoding.map { path throws(Failure) in try Encoding.read(path: path) }
    switch settings.source {
    case .file: throw Failure(.defect, "a model file without a scorer")
    case .program(let command):
      if let encoding {
        return try ProcessScorer(command: command, encoding: encoding, options: settings.program)
      }
      return try ProcessScorer(command: command, features: features(table), options: settings.program)
    case .server(let text):
      let place = try ServerPlace(text)
      var options = settings.server
      options.version = place.version
      if let encoding {
        return try ServerScorer(
          url: place.url, kind: place.kind, model: place.model, encoding: encoding, options: options)
      }
      return try ServerScorer(
        url: place.url, kind: place.kind, model: place.model, features: features(table), options: options)
    }
  }

  /// The columns that a program or server is sent, as what they were read as.
  private func features(_ table: Table) throws(Failure) -> [ScorerFeature] {
    var features: [ScorerFeature] = []
    for name in settings.features {
      guard let column = table.column(named: name) else {
        throw Failure(.defect, "column “\(name)” was not read")
      }
      if case .numbers = column {
        features.append(ScorerFeature(name: name, kind: .number))
      } else {
        features.append(ScorerFeature(name: name, kind: .category))
      }
    }
    return features
  }

  /// Prepared to score rows again and again.
  func rescorer(_ scorer: any Scorer, _ columns: [Column]) throws(Failure) -> any Rescoring {
    if let native { return try Rescorer(native, columns) }
    return ColumnRescorer(scorer, columns)
  }

  /// The output that scores the positive class.
  ///
  /// - Parameter positive: the label's positive value, where one is known
  func output(_ scorer: any Scorer, positive: String?) throws(Failure) -> Int {
    let names = scorer.outputs
    if let wanted = settings.output {
      guard let index = names.firstIndex(of: wanted) else {
        throw Failure(
          .data, "the model has no output “\(wanted)”", advice: Suggestion.phrase(for: wanted, among: names))
      }
      return index
    }
    if names.count == 1 { return 0 }
    if let index = names.firstIndex(where: { $0 == positive }) { return index }
    throw Failure(
      .data, "the model has \(names.count) outputs: \(names.joined(separator: ", "))",
      advice: "Say which of them scores the positive class with --model-output.")
  }

  /// What an explanation says of the model. A program may call its model by another name than its own.
  func record(_ scorer: any Scorer, output: String) -> ExplainedModel {
    ExplainedModel(
      name: (scorer as? ProcessScorer)?.model ?? settings.name, kind: kind, sha256: sha256,
      encoding: settings.encoding.map { $0.split(separator: "/").last.map(String.init) ?? $0 },
      output: output)
  }
}
