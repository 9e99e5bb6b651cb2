import Glibc
import Results
import Synchronization

/// Writes several files into a folder so that either all of them appear, whole, or none.
///
/// They are written into a hidden folder inside it, made durable, and renamed at the end. Files of other
/// names stay as they are.
package struct AtomicOutput {
  private let folder: String

  /// - Parameter folder: is made where it is missing; empty for the current one
  package init(folder: String) { self.folder = folder.isEmpty ? "." : folder }

  /// - Parameter files: path below the folder, and bytes
  /// - Returns: the paths of the files, with the folder
  /// - Throws: an `unwritable` failure that names the file and the system's reason; nothing is left behind.
  package func write(_ files: [(path: String, bytes: [UInt8])]) throws(Failure) -> [String] {
    let made = try makeFolders(folder)
    let staging = Staging.begin(in: folder, count: files.count)
    do throws(Failure) {
      try refuseFolders(in: files.map(\.path))
      guard mkdir(staging, 0o700) == 0 else { throw Self.failure("cannot be written to", folder) }
      for (index, file) in files.enumerated() {
        try Self.write(file.bytes, to: "\(staging)/\(index)", named: "\(folder)/\(file.path)")
      }
      try commit(files.map(\.path), from: staging)
    } catch {
      Staging.clear(staging)
      for folder in made.reversed() { rmdir(folder) }
      throw error
    }
    Staging.clear(staging)
    return files.map { "\(folder)/\($0.path)" }
  }

  /// Whether files can be written there, found out by making a folder and removing it again.
  ///
  /// - Throws: as `write` would; for before work that takes long.
  package func probe() throws(Failure) {
    let made = try makeFolders(folder)
    defer { for folder in made.reversed() { rmdir(folder) } }
    let staging = Staging.begin(in: folder, count: 0)
    defer { Staging.clear(staging) }
    guard mkdir(staging, 0o700) == 0 else { throw Self.failure("cannot be written to", folder) }
  }

  /// Removes what an interrupted run would leave behind. Waits for renaming that has begun.
  package static func abandon() { Staging.clearAll() }

  private func commit(_ paths: [String], from staging: String) throws(Failure) {
    for path in paths {
      guard let slash = path.lastIndex(of: "/") else { continue }
      _ = try makeFolders("\(folder)/\(path[..<slash])")
    }
    let failed: Failure? = Staging.whileLocked {
      for (index, path) in paths.enumerated() where rename("\(staging)/\(index)", "\(folder)/\(path)") != 0 {
        return Self.failure("cannot be written", "\(folder)/\(path)")
      }
      return nil
    }
    if let failed { throw failed }
  }

  /// A rename onto a folder fails half-way; it is refused before anything is renamed.
  private func refuseFolders(in paths: [String]) throws(Failure) {
    for path in paths {
      var status = stat()
      if stat("\(folder)/\(path)", &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
        throw Failure(
          .unwritable, "\(folder)/\(path): is a folder, where a file is to be written",
          advice: "Choose another folder with --out.")
      }
    }
  }

  /// Makes a folder and those above it, and returns those that are new.
  private func makeFolders(_ path: String) throws(Failure) -> [String] {
    var made: [String] = []
    var partial = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      partial += "/\(part)"
      if mkdir(partial, 0o777) == 0 {
        made.append(partial)
        continue
      }
      let reason = errno
      var status = stat()
      if stat(partial, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { continue }
      for folder in made.reversed() { rmdir(folder) }
      throw Self.failure("cannot be made", path, reason == EEXIST ? ENOTDIR : reason)
    }
    return made
  }

  /// Writes a new file and makes it durable. Removes it again where that fails.
  ///
  /// - Parameter name: what to call it in a message
  package static func write(_ bytes: [UInt8], to path: String, named name: String) throws(Failure) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw failure("cannot be written", name) }
    var reason = put(bytes, into: file)
    // Some files, such as pipes, cannot be made durable; that is no failure.
    if reason == 0, fsync(file) != 0, errno != EINVAL, errno != EROFS { reason = errno }
    if close(file) != 0, reason == 0, errno != EINTR { reason = errno }
    guard reason == 0 else {
      unlink(path)
      throw failure("cannot be written", name, reason)
    }
  }

  /// Writes all bytes and returns the system's reason for failing, or 0.
  package static func put(_ bytes: [UInt8], into file: Int32) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.count == bytes.count ? Glibc.write(file, bytes, bytes.count) : put(rest, into: file)
      if written >= 0 { rest = rest.dropFirst(written) } else if errno != EINTR { return errno }
    }
    return 0
  }

  private static func put(_ rest: ArraySlice<UInt8>, into file: Int32) -> Int {
    Glibc.write(file, Array(rest), rest.count)
  }

  static func failure(_ what: String, _ path: String, _ reason: Int32 = errno) -> Failure {
    Failure(
      .unwritable, "\(path): \(what): \(String(cString: strerror(reason)))",
      advice: reason == ENOSPC || reason == EDQUOT
        ? "Free some space, or choose another place with --out." : "Choose another place with --out.")
  }
}

/// The hidden folders of the runs in progress, for an interruption to remove.
private enum Staging {
  private struct State {
    /// Files by folder.
    var counts: [String: Int] = [:]
    var serial = 0
  }

  private static let state = Mutex(State())

  /// A path that no other run uses.
  static func begin(in folder: String, count: Int) -> String {
    state.withLock {
      $0.serial += 1
      let path = "\(folder)/.fairslice-\(getpid())-\($0.serial).tmp"
      $0.counts[path] = count
      return path
    }
  }

  static func whileLocked<Result: Sendable>(_ body: () -> Result) -> Result { state.withLock { _ in body() } }

  static func clear(_ path: String) {
    state.withLock { if let count = $0.counts.removeValue(forKey: path) { remove(path, count) } }
  }

  static func clearAll() {
    state.withLock {
      for (path, count) in $0.counts { remove(path, count) }
      $0.counts = [:]
    }
  }

  /// Staged files are named by their index.
  private static func remove(_ path: String, _ count: Int) {
    for index in 0..<count { unlink("\(path)/\(index)") }
    rmdir(path)
  }
}
