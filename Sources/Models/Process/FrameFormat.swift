/// In which form rows travel to a scoring program (Documentation/Models.md).
package enum FrameFormat: String, Sendable, CaseIterable {
  /// Columns one after the other, numbers as float64, categories as int32 codes.
  case f64
  /// The same with numbers as float32.
  case f32
  /// Text with a header line (RFC 4180).
  case csv
}

/// The head of each message after the greeting: 32 bytes, little-endian.
struct FrameHeader {
  enum Kind: UInt32 {
    case batch = 1
    case end
    case error
    case categories
  }

  static let size = 32
  static let magic = Array("FSF1".utf8)

  var kind: UInt32
  var sequence: UInt64
  var rowCount: UInt64
  var byteCount: UInt64

  init(_ kind: Kind, sequence: Int, rowCount: Int, byteCount: Int) {
    self.kind = kind.rawValue
    (self.sequence, self.rowCount, self.byteCount) = (
      UInt64(sequence), UInt64(rowCount), UInt64(byteCount)
    )
  }

  /// - Precondition: the magic and all bytes are there
  init(_ bytes: [UInt8], at start: Int) {
    kind = FrameBytes.integer(bytes, at: start + 4, as: UInt32.self)
    sequence = FrameBytes.integer(bytes, at: start + 8, as: UInt64.self)
    rowCount = FrameBytes.integer(bytes, at: start + 16, as: UInt64.self)
    byteCount = FrameBytes.integer(bytes, at: start + 24, as: UInt64.self)
  }

  func append(to bytes: inout [UInt8]) {
    bytes += Self.magic
    FrameBytes.append([kind.littleEndian], to: &bytes)
    FrameBytes.append([sequence.littleEndian, rowCount.littleEndian, byteCount.littleEndian], to: &bytes)
  }
}
