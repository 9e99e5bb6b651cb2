import Foundation
import Glibc
import Results

/// The end of a `runs.jsonl`.
enum RunLogTail {
  /// How much of the file stays: all but a last line that a run began and did not end. One that only lacks its
  /// line feed (an editor may have taken it away) stays, and needs one before the next.
  ///
  /// Complexity: O(last line).
  static func wholeLength(of file: Int32, size: Int) -> (length: Int, needsLineFeed: Bool) {
    var tail: [UInt8] = []
    var start = size
    while start > 0 {
      let count = min(4096, start)
      var block = [UInt8](repeating: 0, count: count)
      guard pread(file, &block, count, off_t(start - count)) == count else { return (size, false) }
      if start == size, block.last == UInt8(ascii: "\n") { return (size, false) }
      if let feed = block.lastIndex(of: UInt8(ascii: "\n")) {
        tail = block[(feed + 1)...] + tail
        start -= count - feed - 1
        break
      }
      tail = block + tail
      start -= count
    }
    if tail.isEmpty { return (size, false) }
    return isCutShort(tail) ? (start, false) : (size, true)
  }

  /// Whether it is the beginning of a line of ours. What somebody else wrote is never taken away.
  private static func isCutShort(_ tail: [UInt8]) -> Bool {
    let start = Array("{\"schema\": \"\(RunRecord.schemaName)\"".utf8)
    return (tail.starts(with: start) || start.starts(with: tail)) && !RunLog.isWhole(Data(tail))
  }
}
