import Glibc
import Results

/// The bytes of an input, uncompressed.
struct Input: Sendable {
  let name: String
  /// As they were given.
  let given: ByteStorage
  /// The same storage if nothing was compressed.
  let content: ByteStorage
  let isCompressed: Bool

  /// The name for messages.
  var title: String { name == "-" ? "standard input" : name }

  static func open(path: String) throws(Failure) -> Input {
    try Input(name: path, given: path == "-" ? readStandardInput() : load(path))
  }

  init(name: String, given: ByteStorage) throws(Failure) {
    self.name = name
    self.given = given
    let view = given.view
    isCompressed = view.count >= 2 && view[0] == 0x1f && view[1] == 0x8b
    content = isCompressed ? try Self.inflate(view, name) : given
    try refuseForeignFormats()
  }

  private static func readStandardInput() throws(Failure) -> ByteStorage {
    let storage = ByteStorage()
    let error = storage.readAll(STDIN_FILENO)
    guard error == 0 else { throw Failure(.missingInput, "standard input cannot be read: \(words(error))") }
    return storage
  }

  private static func load(_ path: String) throws(Failure) -> ByteStorage {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path, errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw unreadable(path, errno) }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw unreadable(path, EISDIR) }
    let size = Int(status.st_size)
    if status.st_mode & S_IFMT == S_IFREG, size > 0,
      let mapped = ByteStorage(mapping: descriptor, count: size)
    {
      return mapped
    }
    let storage = ByteStorage()
    let error = storage.readAll(descriptor)
    guard error == 0 else { throw unreadable(path, error) }
    return storage
  }

  private static func words(_ error: Int32) -> String {
    switch error {
    case ENOENT: "there is no such file"
    case EISDIR: "it is a directory"
    case EACCES: "permission is denied"
    default: "system error \(error)"
    }
  }

  private static func unreadable(_ path: String, _ error: Int32) -> Failure {
    let advice = error == ENOENT ? "Check the path; a relative one counts from the current directory." : nil
    return Failure(.missingInput, "\(path) cannot be read: \(words(error))", advice: advice)
  }

  private static func inflate(_ view: ByteView, _ name: String) throws(Failure) -> ByteStorage {
    let title = name == "-" ? "standard input" : name
    let storage = ByteStorage()
    do throws(ByteStorage.InflateFailure) {
      try storage.inflate(view)
    } catch {
      switch error {
      case .truncated:
        throw Failure(
          .data, "\(title): the gzip data end early: the file is truncated", advice: "Copy or make it again.")
      case .corrupt(let offset):
        throw Failure(
          .data, "\(title): the gzip data are corrupt near byte \(offset)", advice: "Copy or make it again.")
      case .trailingBytes(let offset):
        throw Failure(
          .data, "\(title): bytes that are not gzip follow the compressed data at byte \(offset)",
          advice: "Copy or make it again.")
      }
    }
    return storage
  }

  /// Other kinds of file would only give a riddle as their first error.
  private func refuseForeignFormats() throws(Failure) {
    let view = content.view
    func begins(_ bytes: [UInt8]) -> Bool {
      view.count >= bytes.count && bytes.indices.allSatisfy { view[$0] == bytes[$0] }
    }
    let advice = "Export the rows as UTF-8 CSV, TSV or JSON Lines; gzip is read as well."
    let found: String
    if begins(Array("PAR1".utf8)) {
      found = "a Parquet file"
    } else if begins(Array("ARROW1".utf8)) {
      found = "an Arrow file"
    } else if begins([0x50, 0x4b, 3, 4]) {
      found = "a ZIP archive or a spreadsheet"
    } else if begins([0x28, 0xb5, 0x2f, 0xfd]) {
      found = "Zstandard data"
    } else if begins([0xff, 0xfe]) || begins([0xfe, 0xff]) {
      found = "UTF-16 text"
    } else {
      return
    }
    throw Failure(.data, "\(title) holds \(found), which is not read here", advice: advice)
  }
}
