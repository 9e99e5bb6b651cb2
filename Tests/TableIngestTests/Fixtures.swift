import Results
import Tables
import Testing

@testable import TableIngest

/// Short ways to read a text and to look at what came of it.
enum Fixture {
  static func read(
    _ text: String, _ columns: [ReadRequest.ColumnRequest], name: String = "predictions.csv",
    format: ReadRequest.Format = .automatic, delimiter: UInt8? = nil,
    missing: [String] = ["", "NA", "NaN", "null"], badRows: ReadRequest.BadRows = .stop, threads: Int = 1,
    chunkSize: Int = Chunking.defaultSize
  ) throws(Failure) -> ReadOutcome {
    try read(
      Array(text.utf8), columns, name: name, format: format, delimiter: delimiter, missing: missing,
      badRows: badRows, threads: threads, chunkSize: chunkSize)
  }

  static func read(
    _ bytes: [UInt8], _ columns: [ReadRequest.ColumnRequest], name: String = "predictions.csv",
    format: ReadRequest.Format = .automatic, delimiter: UInt8? = nil,
    missing: [String] = ["", "NA", "NaN", "null"], badRows: ReadRequest.BadRows = .stop, threads: Int = 1,
    chunkSize: Int = Chunking.defaultSize
  ) throws(Failure) -> ReadOutcome {
    try TableReader.read(
      bytes: bytes, name: name,
      ReadRequest(
        columns: columns, format: format, delimiter: delimiter, missing: missing, badRows: badRows,
        threads: threads),
      chunkSize: chunkSize)
  }

  /// The failure that a reading ends with.
  static func failure(
    _ text: String, _ columns: [ReadRequest.ColumnRequest], name: String = "predictions.csv"
  ) -> Failure? {
    failure(Array(text.utf8), columns, name: name)
  }

  static func failure(
    _ bytes: [UInt8], _ columns: [ReadRequest.ColumnRequest], name: String = "predictions.csv"
  ) -> Failure? {
    do throws(Failure) {
      _ = try read(bytes, columns, name: name)
      return nil
    } catch {
      return error
    }
  }
}

extension ReadOutcome {
  /// A category column's texts row by row, nil for missing.
  func texts(_ name: String) throws -> [String?] {
    guard case .category(let column) = table.column(named: name) else {
      throw Failure(.defect, "\(name) is no category")
    }
    return column.codes.map { $0 < 0 ? nil : column.categories[Int($0)] }
  }

  func categories(_ name: String) throws -> [String] {
    guard case .category(let column) = table.column(named: name) else {
      throw Failure(.defect, "\(name) is no category")
    }
    return column.categories
  }

  /// A number column's values, nil for missing.
  func numbers(_ name: String) throws -> [Double?] {
    guard case .numbers(let column) = table.column(named: name) else {
      throw Failure(.defect, "\(name) is no number")
    }
    return column.values.map { $0.isNaN ? nil : $0 }
  }

  /// The line that each row began on.
  var lines: [Int?] { (0..<table.rowCount).map { table.origin.line(ofRow: $0) } }
}
