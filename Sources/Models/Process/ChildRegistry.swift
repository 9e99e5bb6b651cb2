import Glibc
import Synchronization

/// The children that run, so that none outlives an interrupted run.
package final class ChildRegistry: Sendable {
  package static let shared = ChildRegistry()

  private struct State {
    var running: Set<pid_t> = []
    var isClosed = false
  }

  private let state = Mutex(State())
  /// One start at a time, from its pipes on, so that no child inherits another's.
  private static let starting = Mutex(())

  package init() {}

  /// Ends every child of this program, and lets no other start: TERM, and KILL half a second later.
  ///
  /// It takes a lock that is held for no longer than a start takes: call it from the event handler of a dispatch
  /// source, not from a signal handler itself.
  package static func killAll() { shared.killAll() }

  package func killAll() {
    let running = state.withLock { state in
      state.isClosed = true
      return state.running
    }
    for id in running { kill(-id, SIGTERM) }
    for _ in 0..<50 where running.contains(where: { ChildCalls.ending($0) == nil }) { usleep(10_000) }
    // Also what a child that has ended left in its group.
    for id in running { kill(-id, SIGKILL) }
  }

  /// Starts a program with pipes to its standard input, output and error.
  /// - Returns: its id and our ends, or the system's error; nil after `killAll`
  func start(_ command: [String], environment: [String]) -> Result<Started, SystemError>? {
    Self.starting.withLock { _ in
      let pipes = [true, false, false].compactMap { ChildCalls.pipe(isWritten: $0) }
      defer { for pipe in pipes { close(pipe.theirs) } }
      let result =
        pipes.count < 3 ? .failure(SystemError(number: EMFILE)) : spawn(command, environment, pipes)
      guard case .success(let id)? = result else {
        for pipe in pipes { close(pipe.ours) }
        return result?.map { Started(id: $0, pipes: []) }
      }
      return .success(Started(id: id, pipes: pipes.map(\.ours)))
    }
  }

  struct Started {
    var id: pid_t
    /// To standard input, from standard output, from standard error.
    var pipes: [Int32]
  }

  private func spawn(
    _ command: [String], _ environment: [String], _ pipes: [ChildCalls.Pipe]
  ) -> Result<pid_t, SystemError>? {
    state.withLock { state in
      guard !state.isClosed else { return nil }
      let result = ChildCalls.spawn(command, environment: environment, descriptors: pipes.map(\.theirs))
      if case .success(let id) = result { state.running.insert(id) }
      return result
    }
  }

  /// Ends a child and all of its group.
  /// - Parameter grace: milliseconds that it may take to end by itself, and again after TERM
  /// - Returns: how it ended
  @discardableResult
  func end(_ id: pid_t, grace: Int, isAsked: Bool) -> ChildCalls.Ending? {
    var ending = isAsked ? wait(id, milliseconds: grace) : ChildCalls.ending(id)
    if ending == nil {
      kill(-id, SIGTERM)
      ending = wait(id, milliseconds: grace)
    }
    // What is left of the group; the zombie keeps the id from becoming another's.
    kill(-id, SIGKILL)
    if ending == nil { ending = wait(id, milliseconds: 10_000) }
    state.withLock { state in
      state.running.remove(id)
      if ending != nil { ChildCalls.reap(id) }
    }
    return ending
  }

  /// How the child ended, or nil if it has not within the time.
  func wait(_ id: pid_t, milliseconds: Int) -> ChildCalls.Ending? {
    var left = milliseconds
    while true {
      if let ending = ChildCalls.ending(id) { return ending }
      guard left > 0 else { return nil }
      usleep(5000)
      left -= 5
    }
  }
}
