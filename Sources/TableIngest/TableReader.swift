import Results

/// Reads columns of an input into a table.
///
/// CSV and TSV follow RFC 4180, with any of the three line ends. Blank lines are passed over, except where there
/// is a single column: there a blank line before the last value is a missing one. A quoted `"NA"` is as
/// missing as a bare one. Blanks around numbers are ignored; categories are kept as they stand.
package enum TableReader {
  /// Reads a file, or standard input for `-`.
  ///
  /// - Throws: `Failure` of kind `missingInput` where the input cannot be read, `data` where it is wrong.
  package static func read(path: String, _ request: ReadRequest) throws(Failure) -> ReadOutcome {
    try read(Input.open(path: path), request, chunkSize: Chunking.defaultSize)
  }

  /// Reads bytes that are at hand, under a name for messages and for the format.
  package static func read(
    bytes: [UInt8], name: String, _ request: ReadRequest
  ) throws(Failure) -> ReadOutcome {
    try read(bytes: bytes, name: name, request, chunkSize: Chunking.defaultSize)
  }

  static func read(
    bytes: [UInt8], name: String, _ request: ReadRequest, chunkSize: Int
  ) throws(Failure) -> ReadOutcome {
    try read(Input(name: name, given: ByteStorage(copying: bytes)), request, chunkSize: chunkSize)
  }

  private static func read(
    _ input: Input, _ request: ReadRequest, chunkSize: Int
  ) throws(Failure) -> ReadOutcome {
    let layout = try Layout(input, format: request.format, delimiter: request.delimiter)
    var run = try ReadRun(input, layout, request, chunkSize: chunkSize)
    return try run.outcome()
  }
}
