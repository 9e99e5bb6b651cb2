/// SHA-256 of a file's bytes, as an input's record has it.
package enum FileDigest {
  /// In lower-case hexadecimal; nil if the library refuses.
  package static func sha256(_ bytes: [UInt8]) -> String? {
    let storage = ByteStorage(copying: bytes)
    // The view does not keep the bytes alive.
    return withExtendedLifetime(storage) { storage.view.sha256() }
  }
}
