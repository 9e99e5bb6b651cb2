import Dispatch
import FairSlice
import Glibc

/// Ends the program cleanly when it is interrupted: nothing half-written stays behind.
enum Interruption {
  /// The sources live as long as the program.
  static func watch() -> [any DispatchSourceSignal] {
    signal(SIGPIPE, SIG_IGN)
    return [SIGINT, SIGTERM, SIGHUP].compactMap { number in
      // A program that was started to outlive its terminal ignores these from the start, and goes on.
      guard !isIgnored(number) else { return nil }
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
      source.setEventHandler {
        abandonOutput()
        _exit(128 + number)
      }
      source.resume()
      return source
    }
  }
}
