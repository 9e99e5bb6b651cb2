import Glibc

/// Writes a file in one piece.
enum WholeFile {
  /// Writes to a temporary name in the same folder and renames it. Something that is no regular file (a
  /// device, a pipe) is written to directly, because renaming would replace it.
  static func write(_ bytes: [UInt8], to path: String) throws {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      try fill(path, bytes, flags: O_WRONLY, named: path)
      return
    }
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let temporary = "\(path[..<slash]).\(path[slash...]).\(getpid()).part"
    do {
      try fill(temporary, bytes, flags: O_WRONLY | O_CREAT | O_TRUNC, named: path)
      guard rename(temporary, path) == 0 else { throw failure(path) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  private static func fill(_ file: String, _ bytes: [UInt8], flags: Int32, named path: String) throws {
    let descriptor = open(file, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(path) }
    do {
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, Array(rest), rest.count)
        if count < 0 {
          if errno == EINTR { continue }
          throw failure(path)
        }
        rest = rest.dropFirst(count)
      }
    } catch {
      close(descriptor)
      throw error
    }
    // Some file systems report a full disk only here.
    guard close(descriptor) == 0 else { throw failure(path) }
  }

  /// The system's last error.
  private static func failure(_ path: String) -> ChartFileError {
    .unwritable(path: path, reason: strerror(errno).map { String(cString: $0) } ?? "error \(errno)")
  }
}
