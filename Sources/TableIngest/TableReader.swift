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
    var run = try ReadRun(input, layout, request.naming(layout, input), chunkSize: chunkSize)
    return try run.outcome()
  }
}

extension ReadRequest {
  /// With the columns that its prefixes mean here.
  ///
  /// - Throws: `data` where no column begins with a prefix.
  fileprivate func naming(_ layout: Layout, _ input: Input) throws(Failure) -> ReadRequest {
    guard !prefixes.isEmpty else { return self }
    let names =
      layout.syntax.isJSON
      ? JSONLinesScanner.keys(input.content.view, layout.body, lines: 1000) : layout.names
    var request = self
    for one in prefixes {
      let found = names.filter { name in
        name.hasPrefix(one.prefix) && !request.columns.contains { $0.name == name }
      }
      guard !found.isEmpty else {
        throw Failure(
          .data, "\(input.title) has no column whose name begins with “\(one.prefix)”",
          advice: "It has: " + names.prefix(20).map { "“\($0)”" }.joined(separator: ", ") + ".")
      }
      request.columns += found.map { ColumnRequest(name: $0, kind: one.kind, isRequired: true) }
    }
    request.prefixes = []
    return request
  }
}
