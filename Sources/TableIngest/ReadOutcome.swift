import Tables

/// A table and what is to be said about how it was read.
package struct ReadOutcome: Sendable {
  package let table: Table
  /// Data rows seen, with those that were rejected.
  package let rowsRead: Int
  package let rejectedCount: Int
  /// The first rejected rows, in the order of the file.
  package let rejected: [RejectedRow]
  /// `CSV`, `TSV` or `JSON Lines`, with `, gzip` where compressed.
  package let format: String
  /// SHA-256 of the bytes as they were given, in lower-case hexadecimal.
  package let sha256: String
  /// How many bytes were given.
  package let bytes: Int

  package init(
    table: Table, rowsRead: Int, rejectedCount: Int, rejected: [RejectedRow], format: String,
    sha256: String, bytes: Int
  ) {
    self.table = table
    self.rowsRead = rowsRead
    self.rejectedCount = rejectedCount
    self.rejected = rejected
    self.format = format
    self.sha256 = sha256
    self.bytes = bytes
  }

  /// The same with one more column, which no other has the name of.
  package func adding(_ column: Column) -> ReadOutcome {
    ReadOutcome(
      table: Table(rowCount: table.rowCount, columns: table.columns + [column], origin: table.origin),
      rowsRead: rowsRead, rejectedCount: rejectedCount, rejected: rejected, format: format, sha256: sha256,
      bytes: bytes)
  }
}

/// A row that was left out, and why.
package struct RejectedRow: Sendable, Equatable {
  /// The 1-based line that the row begins on.
  package let line: Int
  /// The first offending column of the file; empty where the row as a whole is wrong.
  package let column: String
  /// The offending text, shortened and with control characters escaped; may be empty.
  package let text: String
  /// What is wrong, as the end of a sentence: `is not a number`.
  package let reason: String

  package init(line: Int, column: String, text: String, reason: String) {
    self.line = line
    self.column = column
    self.text = text
    self.reason = reason
  }
}
