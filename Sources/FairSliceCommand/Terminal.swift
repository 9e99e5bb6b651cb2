import FairSlice
import Foundation
import Glibc

/// Standard output and standard error. A reader that has gone away never changes the exit status.
enum Terminal {
  static func write(_ text: String) { put(text, to: STDOUT_FILENO) }

  static func report(_ message: String, advice: String?) {
    put("error: \(printable(message))\n" + (advice.map { "  \(printable($0))\n" } ?? ""), to: STDERR_FILENO)
  }

  static func complain(_ text: String) { put(text, to: STDERR_FILENO) }

  private static func put(_ text: String, to file: Int32) {
    var rest = Array(text.utf8)
    while !rest.isEmpty {
      let written = Glibc.write(file, rest, rest.count)
      if written >= 0 { rest.removeFirst(written) } else if errno != EINTR { return }
    }
  }

  static var environment: [String: String] { ProcessInfo.processInfo.environment }

  /// Columns of the terminal; 100 where standard output is none.
  static var width: Int {
    var size = winsize()
    if isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return Int(size.ws_col)
    }
    return environment["COLUMNS"].flatMap { Int($0) } ?? 100
  }
}
