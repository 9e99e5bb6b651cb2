import Glibc

/// The system's calls on processes and pipes, with arrays in the place of pointers.
enum ChildCalls {
  /// An end of a pipe for us and one for the child.
  struct Pipe {
    var ours: Int32
    var theirs: Int32
  }

  /// A pipe that no child inherits, if none starts before this returns.
  /// - Parameter isWritten: whether we write and the child reads
  /// - Returns: nil where the system has no more descriptors
  static func pipe(isWritten: Bool) -> Pipe? {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    // A child's end on descriptors 0 to 2 would be overwritten by another of its ends.
    let moved = ends.map { $0 > 2 ? $0 : fcntl($0, F_DUPFD_CLOEXEC, 3) }
    for (old, new) in zip(ends, moved) where old != new { close(old) }
    let pipe =
      isWritten ? Pipe(ours: moved[1], theirs: moved[0]) : Pipe(ours: moved[0], theirs: moved[1])
    _ = fcntl(pipe.ours, F_SETFL, O_NONBLOCK)
    return pipe
  }

  /// Starts a program in a process group of its own, with default signals.
  /// - Parameter descriptors: what becomes the child's 0, 1 and 2
  /// - Returns: its id, or the system's error number
  static func spawn(
    _ arguments: [String], environment: [String], descriptors: [Int32]
  ) -> Result<pid_t, SystemError> {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (place, descriptor) in descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(place))
    }
    setSignals(&attributes)
    var id: pid_t = 0
    var words = arguments.map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { for pointer in words + variables { free(pointer) } }
    let error = posix_spawnp(&id, arguments[0], &actions, &attributes, &words, &variables)
    return error == 0 ? .success(id) : .failure(SystemError(number: error))
  }

  /// What we ignore or hold back, a child must not: an ignored signal stays ignored through `exec`.
  private static func setSignals(_ attributes: inout posix_spawnattr_t) {
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var defaults = none
    for number in [SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT] { sigaddset(&defaults, number) }
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
  }

  enum Transfer: Equatable {
    case bytes(Int)
    case wouldBlock
    /// End of file, or nobody reads any more.
    case closed
  }

  /// Writes what the pipe takes of `bytes[start...]`; a reader that is gone is `closed`, and no signal.
  static func write(_ bytes: [UInt8], from start: Int, to descriptor: Int32) -> Transfer {
    withoutPipeSignal {
      while true {
        let count = bytes[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count >= 0 { return .bytes(count) }
        if errno == EAGAIN { return .wouldBlock }
        if errno != EINTR { return .closed }
      }
    }
  }

  /// SIGPIPE goes to the thread that writes: it is held back there, and taken away if it came.
  private static func withoutPipeSignal(_ body: () -> Transfer) -> Transfer {
    var (signals, old, pending) = (sigset_t(), sigset_t(), sigset_t())
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    sigpending(&pending)
    let wasPending = sigismember(&pending, SIGPIPE) == 1
    pthread_sigmask(SIG_BLOCK, &signals, &old)
    let result = body()
    if result == .closed, !wasPending {
      var now = timespec(tv_sec: 0, tv_nsec: 0)
      sigtimedwait(&signals, nil, &now)
    }
    pthread_sigmask(SIG_SETMASK, &old, nil)
    return result
  }

  /// Appends what is there, `limit` bytes at most.
  static func read(_ descriptor: Int32, limit: Int, into bytes: inout [UInt8]) -> Transfer {
    while true {
      var count = 0
      let piece = [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
        count = Glibc.read(descriptor, buffer.baseAddress, limit)
        filled = max(0, count)
      }
      if count > 0 {
        bytes += piece
        return .bytes(count)
      }
      if count == 0 { return .closed }
      if errno == EAGAIN { return .wouldBlock }
      if errno != EINTR { return .closed }
    }
  }

  /// Waits until something can be read or written, or the time is over.
  /// - Parameter wanted: descriptors (−1 for none) and whether we want to write
  /// - Returns: for each, whether it is ready (or broken, which a transfer then tells)
  static func wait(_ wanted: [(descriptor: Int32, writes: Bool)], milliseconds: Int32) -> [Bool] {
    var entries = wanted.map {
      pollfd(fd: $0.descriptor, events: Int16($0.writes ? POLLOUT : POLLIN), revents: 0)
    }
    guard poll(&entries, nfds_t(entries.count), milliseconds) > 0 else { return wanted.map { _ in false } }
    return entries.map { $0.revents != 0 }
  }

  enum Ending: Equatable, Sendable {
    case status(Int32)
    case signal(Int32)
  }

  /// How a child ended, if it has; it stays a zombie, so that its id and group cannot become another's.
  static func ending(_ id: pid_t) -> Ending? {
    var information = siginfo_t()
    guard waitid(P_PID, id_t(id), &information, WEXITED | WNOHANG | WNOWAIT) == 0,
      information.si_signo == SIGCHLD
    else { return nil }
    let status = information._sifields._sigchld.si_status
    return information.si_code == CLD_EXITED ? .status(status) : .signal(status)
  }

  /// Takes a zombie away.
  static func reap(_ id: pid_t) {
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0, errno == EINTR {}
  }

  static func systemText(_ error: Int32) -> String {
    strerror(error).map { String(cString: $0) } ?? "error \(error)"
  }
}

struct SystemError: Error {
  let number: Int32
  var text: String { ChildCalls.systemText(number) }
}

/// Numbers as the little-endian bytes of a frame.
enum FrameBytes {
  static func append<Number: BitwiseCopyable>(_ numbers: ArraySlice<Number>, to bytes: inout [UInt8]) {
    numbers.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }

  /// `count` numbers from a byte on. - Precondition: they are there
  static func doubles(_ bytes: [UInt8], at start: Int, count: Int) -> [Double] {
    bytes.withUnsafeBytes { raw in
      (0..<count).map { raw.loadUnaligned(fromByteOffset: start + $0 * 8, as: Double.self) }
    }
  }

  static func integer<Number: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: [UInt8], at start: Int, as type: Number.Type
  ) -> Number {
    bytes.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: start, as: type)) }
  }
}
