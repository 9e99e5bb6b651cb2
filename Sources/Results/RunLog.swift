import Foundation

/// The runs of a `runs.jsonl`, in the order of their lines.
package struct RunLog: Sendable, Equatable {
  package struct Entry: Sendable, Equatable {
    /// The line, from 1: the number of the run, which stays as long as the file is only appended to.
    package var number: Int
    package var record: RunRecord

    package init(number: Int, record: RunRecord) {
      self.number = number
      self.record = record
    }
  }

  /// A line of a newer version of the stored form.
  package struct Unreadable: Sendable, Equatable {
    package var number: Int
    package var version: Int
  }

  package var entries: [Entry]
  package var unreadable: [Unreadable]
  /// Number of a last line that was cut short, which is left out; nil where there is none.
  package var tornLine: Int?

  package init(entries: [Entry], unreadable: [Unreadable] = [], tornLine: Int? = nil) {
    self.entries = entries
    self.unreadable = unreadable
    self.tornLine = tornLine
  }

  /// Reads the file's bytes. Empty lines are passed over. A line of a newer version is listed, not an error: the
  /// others tell as much as before. A last line without a line feed that is no whole JSON was cut short by a crash and
  /// is left out. Anything else that cannot be read is an error, since a trend with a hole would look whole.
  ///
  /// - Parameter name: what to call the file in messages
  /// - Throws: a `data` failure with file and line. Complexity: O(bytes).
  package init(jsonLines bytes: [UInt8], name: String) throws(Failure) {
    self.init(entries: [])
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, raw) in lines.enumerated() {
      var line = raw
      while let last = line.last, last == 13 || last == 32 || last == 9 { line.removeLast() }
      if line.isEmpty { continue }
      let isLast = index == lines.count - 1
      let data = Data(line)
      if isLast, !Self.isWhole(data) {
        tornLine = index + 1
      } else {
        try read(data, number: index + 1, name: name)
      }
    }
  }

  private mutating func read(_ data: Data, number: Int, name: String) throws(Failure) {
    do throws(Failure) {
      let line = try StoredForm.run.read(data, name: "\(name):\(number)") { (decoder) throws in
        try decoder.decode(Line.self, from: data)
      }
      switch line {
      case .record(let record): entries.append(Entry(number: number, record: record))
      case .newer(let version): unreadable.append(Unreadable(number: number, version: version))
      }
    } catch {
      throw Failure(
        error.kind, error.message,
        advice: "Take the line out of the file, or restore the file; every other line is a run of its own.")
    }
  }

  /// Whether the bytes are a JSON object from end to end.
  package static func isWhole(_ data: Data) -> Bool {
    (try? JSONDecoder().decode(Header.self, from: data)) != nil
  }

  private struct Header: Decodable {
    var schema: String?
    var version: Int?
  }

  private enum Line: Decodable {
    case record(RunRecord)
    case newer(Int)

    init(from decoder: any Decoder) throws {
      let header = try Header(from: decoder)
      if header.schema == RunRecord.schemaName, let version = header.version,
        version > RunRecord.schemaVersion
      {
        self = .newer(version)
        return
      }
      try StoredForm.run.checkHeader(decoder)
      self = .record(try RunRecord(from: decoder))
    }
  }
}
