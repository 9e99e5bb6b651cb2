import FoundationEssentials
import Glibc
import Results

/// A running scoring program and the pipes to it. One thread at a time uses it.
///
/// Everything goes through one loop that writes, reads and listens to what the program says on standard error, each
/// as far as the pipe allows: neither side can wait for the other forever.
struct Child: Sendable {
  /// The command, for messages.
  let program: String
  let id: pid_t
  private let registry: ChildRegistry
  private var input: Int32
  private var output: Int32
  private var errors: Int32
  /// What has come and is not used yet starts at `position`.
  private(set) var received: [UInt8] = []
  private(set) var position = 0
  /// The last that came on standard error.
  private var said: [UInt8] = []
  /// Number of batches sent so far.
  var sequence = 0
  /// Version of the lists of categories that it knows.
  var dictionary = 0

  /// Bytes of standard error that are kept.
  private static let kept = 4096

  /// - Throws: `unavailable` where the program cannot be started.
  init(_ command: [String], registry: ChildRegistry) throws(Failure) {
    program = Self.title(command)
    self.registry = registry
    guard !command.isEmpty, !command[0].isEmpty else {
      throw Failure(.data, "the command of a scorer is empty", advice: "Name a program.")
    }
    let environment = ProcessInfo.processInfo.environment.map { "\($0)=\($1)" }.sorted()
    let result = registry.start(command, environment: environment)
    guard case .success(let started)? = result else {
      var reason = "the run was interrupted"
      if case .failure(let error)? = result { reason = error.text }
      throw Failure(
        .unavailable, "\(program): cannot be started: \(reason)",
        advice: "Check that the program exists, may be run, and is on PATH.")
    }
    id = started.id
    (input, output, errors) = (started.pipes[0], started.pipes[1], started.pipes[2])
  }

  private static func title(_ command: [String]) -> String {
    // Options may hold what is nobody's business.
    let words = command.prefix { !$0.hasPrefix("-") }
    let text =
      words.map { $0.contains(" ") ? "'\($0)'" : $0 }.joined(separator: " ")
      + (words.count < command.count ? " …" : "")
    return text.count > 200 ? "\(text.prefix(200))…" : text
  }

  // MARK: exchange

  enum Event {
    case progress
    case late
    /// Nothing will come any more.
    case closed
  }

  /// Bytes on their way to the program.
  struct Outgoing {
    var bytes: [UInt8] = []
    var start = 0
    var isEmpty: Bool { start == bytes.count }
  }

  /// Writes and reads as much as the pipes allow, after waiting a quarter of a second at most for one of them.
  mutating func pump(_ outgoing: inout Outgoing, until deadline: ContinuousClock.Instant) -> Event {
    let left = ContinuousClock.now.duration(to: deadline)
    guard left > .zero else { return .late }
    let milliseconds = min(left / .milliseconds(1), 250)
    let ready = ChildCalls.wait(
      [(outgoing.isEmpty ? -1 : input, true), (output, false), (errors, false)],
      milliseconds: Int32(milliseconds.rounded(.up)))
    if ready[2] { listen() }
    if ready[0] {
      switch ChildCalls.write(outgoing.bytes, from: outgoing.start, to: input) {
      case .bytes(let count): outgoing.start += count
      case .wouldBlock: break
      // It reads no more; what it still answers, or how it ended, tells more than that.
      case .closed:
        close(input)
        (input, outgoing) = (-1, Outgoing())
      }
    }
    if ready[1] {
      dropUsed()
      if ChildCalls.read(output, limit: 1 << 18, into: &received) == .closed { return .closed }
    }
    return .progress
  }

  /// Takes bytes off the front of what has come.
  mutating func take(_ count: Int) { position += count }

  var available: Int { received.count - position }

  private mutating func dropUsed() {
    guard position > 0, position * 2 >= received.count else { return }
    received.removeFirst(position)
    position = 0
  }

  private mutating func listen() {
    var bytes: [UInt8] = []
    if ChildCalls.read(errors, limit: 1 << 16, into: &bytes) == .closed {
      close(errors)
      errors = -1
    }
    said = Array((said + bytes).suffix(Self.kept))
  }

  // MARK: end

  /// Lets the program end by itself, and ends it where it does not.
  mutating func finish(grace: Int) {
    if input >= 0 {
      _ = ChildCalls.write(BatchEncoder.frame(.end), from: 0, to: input)
      close(input)
    }
    for descriptor in [output, errors] where descriptor >= 0 { close(descriptor) }
    (input, output, errors) = (-1, -1, -1)
    registry.end(id, grace: grace, isAsked: true)
  }

  /// Ends the program and says what happened, with its own last words.
  ///
  /// - Parameter what: for a program that still runs, and in front of how it ended where `hasEnded`
  mutating func failure(
    _ what: String, rows: Range<Int>? = nil, advice: String? = nil, hasEnded: Bool = false
  ) -> Failure {
    // Asked before it is killed, so that a signal of ours is not told as its end.
    let ending = hasEnded ? registry.wait(id, milliseconds: 500) : nil
    registry.end(id, grace: 500, isAsked: false)
    for _ in 0..<64 where errors >= 0 {
      guard ChildCalls.wait([(errors, false)], milliseconds: 0)[0] else { break }
      listen()
    }
    for descriptor in [input, output, errors] where descriptor >= 0 { close(descriptor) }
    (input, output, errors) = (-1, -1, -1)
    var text = program
    if let rows { text += ": rows \(rows.lowerBound + 1) to \(rows.upperBound)" }
    text += ": \(what)"
    if hasEnded {
      switch ending {
      case .status(let status)?: text += " (exit status \(status))"
      case .signal(let number)?: text += " (killed by signal \(number))"
      case nil: text += " (it closed its standard output and went on)"
      }
    }
    if let words = lastWords { text += "; its standard error ends: \(words)" }
    return Failure(.unavailable, text, advice: advice)
  }

  /// The last lines of standard error, on one line.
  private var lastWords: String? {
    let text = String(decoding: said, as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline).suffix(12).map { $0.drop { $0 == " " } }
    let words = lines.filter { !$0.isEmpty }.joined(separator: " | ")
    return words.isEmpty ? nil : words.count > 1500 ? "…\(words.suffix(1500))" : words
  }
}
