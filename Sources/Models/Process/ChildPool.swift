import Results
import Synchronization

/// Copies of a scoring program, started when they are needed. One scoring at a time.
final class ChildPool: Sendable {
  let greeting: Greeting
  private let command: [String]
  private let columns: [ScorerFeature]
  private let options: ProcessScorer.Options
  private let registry: ChildRegistry
  private let idle: Mutex<[Child]>
  private let turn = Mutex(CategoryLists())
  private static let leastShare = 1000

  init(
    _ command: [String], _ columns: [ScorerFeature], _ options: ProcessScorer.Options,
    _ registry: ChildRegistry
  ) throws(Failure) {
    (self.command, self.columns, self.options, self.registry) = (command, columns, options, registry)
    let (child, greeting) = try Child.greeted(command, columns, options, registry)
    self.greeting = greeting
    idle = Mutex([child])
  }

  deinit { close() }

  func close() {
    let children = idle.withLock { children in
      defer { children = [] }
      return children
    }
    Threads.run(children.count) { index in
      var child = children[index]
      child.finish(grace: 2000)
    }
  }

  func score(_ wire: [WireColumn], rowCount: Int) throws(Failure) -> [[Double]] {
    try turn.withLock { lists throws(Failure) in
      let coded = greeting.format == .csv ? wire : lists.adopt(wire)
      let encoder = BatchEncoder(columns: coded, format: greeting.format)
      // Every copy gets a share, unless shares would be too small to be worth the trip.
      let share = max(Self.leastShare, (rowCount + options.processes - 1) / options.processes)
      let run = BatchRun(
        rowCount: rowCount, batchRows: min(options.batchRows, share), outputCount: greeting.outputs.count)
      Threads.run(min(options.processes, run.batchCount)) { [lists] _ in self.work(run, encoder, lists) }
      return try run.scores()
    }
  }

  /// Lets one child score batches until there are none.
  private func work(_ run: BatchRun, _ encoder: BatchEncoder, _ lists: CategoryLists) {
    guard let first = run.take() else { return }
    do throws(Conversation.BatchFailure) {
      var child = try rested(for: first)
      let conversation = Conversation(run: run, encoder: encoder, lists: lists, seconds: options.batchSeconds)
      if try conversation.hold(with: &child, first: first) {
        idle.withLock { [child] in $0.append(child) }
      } else {
        child.finish(grace: 0)
      }
    } catch {
      run.fail(error.batch, error.failure)
    }
  }

  /// A child that waits, or a new one. - Parameter batch: to blame where none can be started
  private func rested(for batch: Int) throws(Conversation.BatchFailure) -> Child {
    if let child = idle.withLock({ $0.popLast() }) { return child }
    do throws(Failure) {
      return try start()
    } catch {
      throw Conversation.BatchFailure(batch: batch, failure: error)
    }
  }

  private func start() throws(Failure) -> Child {
    var (child, greeting) = try Child.greeted(command, columns, options, registry)
    guard greeting == self.greeting else {
      throw child.failure("another copy of the program answered differently at the start")
    }
    return child
  }
}

extension Child {
  /// A child that has answered the first line.
  static func greeted(
    _ command: [String], _ columns: [ScorerFeature], _ options: ProcessScorer.Options,
    _ registry: ChildRegistry
  ) throws(Failure) -> (Child, Greeting) {
    var child = try Child(command, registry: registry)
    var outgoing = Outgoing(bytes: Greeting.line(columns, options))
    let deadline = ContinuousClock.now + .seconds(options.startSeconds)
    while true {
      if let end = child.received.firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(child.received[..<end])
        child.take(end + 1)
        do throws(Failure) {
          return (child, try Greeting(line, options))
        } catch {
          throw child.failure(
            "\(error.message), in “\(ReplyText.shown(line))”",
            advice: error.advice ?? "Documentation/Models.md describes the protocol.")
        }
      }
      guard child.received.count < 1 << 20 else {
        throw child.failure("its first line does not end: “\(ReplyText.shown(child.received))”")
      }
      switch child.pump(&outgoing, until: deadline) {
      case .progress: break
      case .late:
        throw child.failure(
          "does not answer within \(NumberText.text(options.startSeconds)) s after its start",
          advice: "Allow it more time, or see whether it waits for something.")
      case .closed:
        throw child.failure("ended before it answered the first line", hasEnded: true)
      }
    }
  }
}
