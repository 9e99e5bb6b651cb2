import Evaluator
import Foundation
import Glibc
import Report
import Results

/// The `runs.jsonl` beside an output folder, to which every run that writes one appends a line.
struct RunHistory {
  static let fileName = "runs.jsonl"

  /// Of the file, as the user would write it.
  let path: String
  let origin: RunRecord.Origin

  /// - Parameters:
  ///   - output: the folder that the run writes
  ///   - environment: `SOURCE_DATE_EPOCH` dates the run; without it, it has no date
  /// - Throws: `usage` where that is no whole number of seconds.
  init(
    output: String, kind: RunRecord.Kind, label: String?, environment: [String: String]
  ) throws(Failure) {
    let place = Self.place(of: output)
    path = place.parent.isEmpty ? Self.fileName : "\(place.parent)/\(Self.fileName)"
    origin = RunRecord.Origin(
      kind: kind, folder: place.name, label: label.flatMap { $0.isEmpty ? nil : $0 },
      date: try Self.date(environment))
  }

  /// Of a run that writes a folder and keeps a history; nil else.
  init?(_ configuration: Configuration, _ environment: [String: String]) throws(Failure) {
    guard let output = configuration.output, configuration.keepsHistory else { return nil }
    try self.init(
      output: output, kind: .evaluate, label: configuration.runLabel, environment: environment)
  }

  init?(_ request: GateRequest) throws(Failure) {
    guard let output = request.output, request.keepsHistory else { return nil }
    try self.init(output: output, kind: .gate, label: request.runLabel, environment: request.environment)
  }

  /// The folder above one, and its name in there. The last step of a path may be none: `.`, `..`, `/`.
  static func place(of folder: String) -> (parent: String, name: String) {
    var steps = folder.split(separator: "/", omittingEmptySubsequences: true).filter { $0 != "." }
    let isAbsolute = folder.hasPrefix("/")
    guard let name = steps.last, name != ".." else {
      let whole = isAbsolute ? folder : FileManager.default.currentDirectoryPath + "/" + folder
      let real = URL(filePath: whole).standardized.pathComponents.filter { $0 != "/" }
      guard let last = real.last else { return ("", ".") }
      return ("/" + real.dropLast().joined(separator: "/"), last)
    }
    steps.removeLast()
    return ((isAbsolute ? "/" : "") + steps.joined(separator: "/"), String(name))
  }

  private static func date(_ environment: [String: String]) throws(Failure) -> String? {
    guard let text = environment["SOURCE_DATE_EPOCH"], !text.isEmpty else { return nil }
    guard let seconds = Int(text), (0...253_402_300_799).contains(seconds) else {
      throw Failure(
        .usage, "SOURCE_DATE_EPOCH: expected seconds since 1970, found “\(text)”",
        advice: "Unset it to leave runs undated.")
    }
    return Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
  }

  /// Finds out whether the line could be written, before work that takes long. Leaves nothing behind.
  ///
  /// - Throws: `unwritable`.
  func probe() throws(Failure) {
    let file = Glibc.open(path, O_RDWR | O_APPEND | O_CLOEXEC | O_NONBLOCK)
    if file >= 0 {
      defer { close(file) }
      return try refuseOthers(file)
    }
    let reason = errno
    // A file where the folder should be: the output itself is refused, and in clearer words.
    if reason == ENOTDIR { return }
    guard reason == ENOENT else { throw failure(reason) }
    let place = Self.place(of: path).parent
    let parent = place.isEmpty ? "." : place
    // A folder that is not there yet is made, or refused, with the output.
    if access(parent, W_OK | X_OK) != 0, errno != ENOENT { throw failure(errno) }
  }

  /// Appends the run. What another run appends at the same time stands before or after it, never inside. What a crashed
  /// one left unfinished at the end is taken away first.
  ///
  /// - Returns: what was done, for the user
  /// - Throws: `unwritable`; the file is then as it was.
  @discardableResult
  func append(_ evaluation: Evaluation) throws(Failure) -> String {
    let remark = try append(line: RunRecord(evaluation, evaluation.judgement, origin: origin).line())
    let folder = path.dropLast(Self.fileName.count)
    return "\(remark.map { $0 + "\n" } ?? "")Added the run to \(path); “fairslice index "
      + "\(folder.isEmpty ? "." : folder.count > 1 ? folder.dropLast() : folder)” shows all runs."
  }

  /// - Returns: a sentence for the user, where something was wrong with the file
  @discardableResult
  func append(line: [UInt8]) throws(Failure) -> String? {
    let file = Glibc.open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o666)
    guard file >= 0 else { throw failure(errno) }
    defer { close(file) }
    try refuseOthers(file)
    try lock(file)
    let end = lseek(file, 0, SEEK_END)
    guard end >= 0 else { throw failure(errno) }
    let whole = RunLogTail.wholeLength(of: file, size: Int(end))
    let isTorn = whole.length < Int(end)
    if isTorn, ftruncate(file, off_t(whole.length)) != 0 { throw failure(errno) }
    var reason = AtomicOutput.put((whole.needsLineFeed ? [10] : []) + line, into: file)
    if reason == 0, fsync(file) != 0, errno != EINVAL, errno != EROFS { reason = errno }
    guard reason == 0 else {
      ftruncate(file, off_t(whole.length))
      throw failure(reason)
    }
    return isTorn
      ? "\(path): a last line that an earlier run left unfinished was taken out." : nil
  }

  /// Waits for whoever is writing; a file system that knows no locks still appends whole lines.
  private func lock(_ file: Int32) throws(Failure) {
    for _ in 0..<1000 {
      if flock(file, LOCK_EX | LOCK_NB) == 0 || [ENOLCK, ENOSYS, EOPNOTSUPP, EINVAL].contains(errno) {
        return
      }
      if errno != EWOULDBLOCK, errno != EINTR { throw failure(errno) }
      usleep(10_000)
    }
    throw Failure(
      .unwritable, "\(path): another program keeps it locked", advice: Self.advice)
  }

  private func refuseOthers(_ file: Int32) throws(Failure) {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw failure(errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw failure(EISDIR) }
  }

  private static let advice =
    "Every run that writes a folder adds a line there; --no-history (history: false) leaves that out."

  private func failure(_ reason: Int32) -> Failure {
    let what =
      reason == EISDIR || reason == ENXIO ? "is no file that lines can be added to" : "no run can be added"
    return Failure(
      .unwritable, "\(path): \(what): \(String(cString: strerror(reason)))", advice: Self.advice)
  }
}
