import Foundation
import TestSupport

/// A CSV file of the shared data folder, quotes around fields allowed.
struct PlainTable {
  struct Missing: Error { let column: String }

  private let header: [String]
  private let rows: [[String]]

  init(_ path: String) throws {
    let text = try String(contentsOfFile: SharedData.path(path), encoding: .utf8)
    let lines = text.split(separator: "\n").map { Self.fields($0.last == "\r" ? $0.dropLast() : $0) }
    header = lines.first ?? []
    rows = Array(lines.dropFirst())
  }

  var count: Int { rows.count }

  func column(_ name: String) throws -> [String] {
    guard let index = header.firstIndex(of: name) else { throw Missing(column: name) }
    return rows.map { $0[index] }
  }

  func numbers(_ name: String) throws -> [Double] { try column(name).map { Double($0) ?? .nan } }

  /// Each row's values, joined as the stored results name a cross.
  func keys(_ names: [String]) throws -> [String] {
    let columns = try names.map(column)
    return rows.indices.map { row in columns.map { $0[row] }.joined(separator: "|") }
  }

  private static func fields(_ line: Substring) -> [String] {
    var fields = [""]
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == ",", !isQuoted {
        fields.append("")
      } else {
        fields[fields.count - 1].append(character)
      }
    }
    return fields
  }
}
