import Results
import Tables

/// Scores from a prediction server, in batches, several at a time.
package struct ServerScorer: Scorer {
  package enum Kind: String, Sendable, CaseIterable {
    /// The KServe V2 ("open inference") protocol: Triton, MLServer, KServe, TorchServe and others.
    case kserve
    /// The REST interface of TensorFlow Serving.
    case tensorflow
  }

  package let outputs: [String]
  private let schema: WireSchema
  private let options: Options
  private let request: ServerRequest
  private let connection: ServerConnection

  /// A server that is sent raw columns.
  ///
  /// Nothing is asked of the server before the first rows.
  /// - Parameter url: its address, `http://host:8080` with a path in front if there is one
  /// - Parameter model: its name on the server
  /// - Throws: `data` where the address, the name or the options are wrong, or the token's variable is not set.
  package init(
    url: String, kind: Kind, model: String, features: [ScorerFeature], options: Options = Options()
  ) throws(Failure) {
    try self.init(url, kind, model, WireSchema(features), options)
  }

  /// A server that is sent the inputs that the encoding makes of raw columns, all of them numbers.
  package init(
    url: String, kind: Kind, model: String, encoding: Encoding, options: Options = Options()
  ) throws(Failure) {
    try self.init(url, kind, model, WireSchema(encoding), options)
  }

  private init(
    _ url: String, _ kind: Kind, _ model: String, _ schema: WireSchema, _ options: Options
  ) throws(Failure) {
    try options.check(kind)
    self.schema = schema
    self.options = options
    outputs = options.outputs
    request = try ServerRequest(kind, schema.sent, options)
    connection = try ServerConnection(
      ServerAddress(url, kind, model: model, version: options.version), options)
  }

  package var features: [ScorerFeature] { schema.features }

  package func score(_ columns: [Column]) throws(Failure) -> [[Double]] {
    let wire = try schema.columns(columns)
    guard let rowCount = wire.first?.rowCount, rowCount > 0 else { return outputs.map { _ in [] } }
    let run = BatchRun(rowCount: rowCount, batchRows: options.batchRows, outputCount: outputs.count)
    let prepared = request.prepared(wire)
    let reader = ServerAnswer(kind: request.kind, layout: request.layout, options: options)
    Threads.run(min(options.concurrency, run.batchCount)) { [connection] _ in
      while let batch = run.take() {
        let rows = run.rows(batch)
        do throws(Failure) {
          let body = try prepared.body(rows)
          run.put(
            batch,
            try connection.post(body, rows: rows, isWanted: { run.needs(batch) }) { bytes throws(Failure) in
              try reader.scores(bytes, rows: rows)
            })
        } catch {
          run.fail(batch, error)
        }
      }
    }
    return try run.scores()
  }
}
