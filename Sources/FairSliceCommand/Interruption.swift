import Dispatch
import FairSlice
import Glibc
import Synchronization

/// Ends the program cleanly when it is interrupted: nothing half-written stays behind.
enum Interruption {
  private static let hasBegun = Atomic(false)

  /// The sources live as long as the program.
  static func watch() -> [any DispatchSourceSignal] {
    signal(SIGPIPE, SIG_IGN)
    return [SIGINT, SIGTERM, SIGHUP].compactMap { number in
      // A program that was started to outlive its terminal ignores these from the start, and goes on.
      guard !isIgnored(number) else { return nil }
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
      source.setEventHandler {
        hasBegun.store(true, ordering: .sequentiallyConsistent)
        abandonOutput()
        _exit(128 + number)
      }
      source.resume()
      return source
    }
  }

  /// Does not return where the program is being interrupted: that its own programs were ended then is no error of
  /// theirs, and the exit status is the signal's.
  static func giveWay() {
    while hasBegun.load(ordering: .sequentiallyConsistent) { sleep(1) }
  }
}
