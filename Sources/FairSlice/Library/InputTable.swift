import Foundation
import Results

/// Rows to evaluate: a file, bytes that are at hand, or columns of values.
///
/// One row is one prediction. Which column plays which part is said by an `EvaluateRequest`.
public struct InputTable: Sendable {
  /// The path of the file, or what the table is called in messages and in the record of inputs.
  public let name: String
  /// nil for a file, which is read when it is evaluated.
  let bytes: [UInt8]?

  private init(name: String, bytes: [UInt8]?) {
    self.name = name
    self.bytes = bytes
  }

  /// A CSV, TSV or JSON Lines file, also gzip-compressed; `-` is standard input. It is read when it is evaluated.
  ///
  /// - Parameter path: absolute, or relative to the current folder
  public static func file(_ path: String) -> InputTable { InputTable(name: path, bytes: nil) }

  /// The bytes of such a file.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8 text, or that text gzip-compressed
  ///   - name: what to call it in messages; an extension (`.csv`, `.tsv`, `.jsonl`, each also with `.gz`) tells the
  ///     format, else the first character does (`{` begins JSON Lines)
  public static func bytes(_ bytes: Data, name: String = "table") -> InputTable {
    InputTable(name: name, bytes: Array(bytes))
  }

  /// Columns of equal length, row by row in the same order.
  ///
  /// They become CSV text, which is then read as a file would be, by the same rules: values that the request lists as
  /// `missing` are missing here, too, and row `i` (from 0) is called line `i + 2` in messages unless texts hold line feeds.
  /// Complexity: O(values); about as many bytes of memory as the values have characters.
  ///
  /// - Parameters:
  ///   - columns: at least one, each name once
  ///   - name: what to call the table in messages
  /// - Throws: `FairSliceError` of kind `usage` where there is no column, a name is empty or there twice, or lengths
  ///   differ.
  public static func columns(
    _ columns: [InputColumn], name: String = "table.csv"
  ) throws(FairSliceError) -> InputTable {
    try reported { () throws(Failure) in InputTable(name: name, bytes: try ColumnText(columns).bytes()) }
  }
}
