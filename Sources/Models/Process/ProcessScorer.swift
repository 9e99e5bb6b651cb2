import Results
import Tables

/// Scores from any program that speaks the protocol of Documentation/Models.md over its standard input and output.
///
/// The program is started once and stays; it ends with the last copy of the scorer, or by `close()`.
package struct ProcessScorer: Scorer {
  package struct Options: Sendable, Equatable {
    /// Formats that the program may choose from, the best first.
    package var formats: [FrameFormat] = [.f64, .f32, .csv]
    /// Names of the score columns that the program must have; nil for those that it names.
    package var outputs: [String]?
    /// How many copies of the program may work at the same time.
    package var processes = 1
    package var batchRows = 65_536
    /// How long the program may take to answer the first line, and each batch.
    package var startSeconds = 60.0
    package var batchSeconds = 300.0

    package init() {}
  }

  package let outputs: [String]
  /// What the program calls its model.
  package let model: String?
  /// Whether the program promises the same scores for the same rows; nil where it does not say.
  package let isDeterministic: Bool?
  /// The form in which rows travel, which the program chose.
  package let format: FrameFormat
  private let schema: WireSchema
  private let pool: ChildPool

  /// Starts the program, which is sent the raw columns.
  ///
  /// - Parameter command: the program and its arguments; there is no shell in between
  /// - Parameter registry: ends the program when the run is interrupted
  /// - Throws: `unavailable` where the program cannot be started or does not answer as the protocol wants.
  package init(
    command: [String], features: [ScorerFeature], options: Options = Options(),
    registry: ChildRegistry = .shared
  ) throws(Failure) {
    try self.init(command, WireSchema(features), options, registry)
  }

  /// Starts the program, which is sent the inputs that the encoding makes of raw columns, all of them numbers.
  package init(
    command: [String], encoding: Encoding, options: Options = Options(), registry: ChildRegistry = .shared
  ) throws(Failure) {
    try self.init(command, WireSchema(encoding), options, registry)
  }

  private init(
    _ command: [String], _ schema: WireSchema, _ options: Options, _ registry: ChildRegistry
  ) throws(Failure) {
    try options.check()
    self.schema = schema
    pool = try ChildPool(command, schema.sent, options, registry)
    outputs = pool.greeting.outputs
    model = pool.greeting.model
    isDeterministic = pool.greeting.isDeterministic
    format = pool.greeting.format
  }

  package var features: [ScorerFeature] { schema.features }

  package func score(_ columns: [Column]) throws(Failure) -> [[Double]] {
    let wire = try schema.columns(columns)
    guard let rowCount = wire.first?.rowCount, rowCount > 0 else { return outputs.map { _ in [] } }
    return try pool.score(wire, rowCount: rowCount)
  }

  /// Ends the program. The next rows would start it again.
  package func close() { pool.close() }
}

extension ProcessScorer.Options {
  fileprivate func check() throws(Failure) {
    guard !formats.isEmpty, outputs?.isEmpty != true, (1...1024).contains(processes),
      (1...100_000_000).contains(batchRows), startSeconds > 0, batchSeconds > 0
    else {
      throw Failure(
        .data,
        "a scoring program needs a format, 1 to 1024 processes, batches of 1 row at least, and times above 0")
    }
  }
}
