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

  /// nil where the configuration names none.
  /// - Throws: `missingInput` or `data` where the model or its encoding cannot be read.
  init?(_ configuration: Configuration) throws(Failure) {
    guard let settings = configuration.model else { return nil }
    self.settings = settings
    guard case .file(let path) = settings.source else {
      (native, kind, sha256) = (nil, "program", nil)
      return
    }
    let bytes = try ModelReader.bytes(path)
    sha256 = FileDigest.sha256(bytes)
    let model = try ModelReader.read(bytes: bytes, name: path)
    kind = model.kind
    native = try NativeScorer(
      model, encoding: try settings.encoding.map { path throws(Failure) in try Encoding.read(path: path) })
  }

  /// The columns that the model reads, and as what.
  var requests: [(name: String, kind: ReadRequest.Kind)] {
    guard let native else { return settings.features.map { ($0, .automatic) } }
    return native.features.map { ($0.name, $0.kind == .number ? .number : .automatic) }
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

  /// The most rows that are scored again unless somebody says otherwise; nil for all.
  var rowLimit: Int? { native == nil ? 10_000 : nil }

  /// What scores rows of this table.
  func scorer(for table: Table) throws(Failure) -> any Scorer {
    guard let native else { throw Failure(.defect, "no such scorer") }
    return native
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

  /// What an explanation says of the model.
  func record(output: String) -> ExplainedModel {
    ExplainedModel(
      name: settings.name, kind: kind, sha256: sha256,
      encoding: settings.encoding.map { $0.split(separator: "/").last.map(String.init) ?? $0 },
      output: output)
  }
}
