import Results

/// What identifies a finding from run to run: the check and the groups it is about, and no number.
enum Fingerprint {
  /// SHA-256, in lower-case hexadecimal, of the canonical JSON list of check, metric, comparison, slice and
  /// reference.
  static func of(_ item: CheckItem?, _ check: CheckResult) -> String {
    let parts = [
      check.id, check.metric, check.comparison?.rawValue ?? check.kind.rawValue, item?.slice ?? "",
      item?.reference ?? "",
    ]
    let text = JSONValue.array(parts.map { .string($0) }).canonicalText
    return hexadecimal(Digest.sha256(Array(text.utf8)) ?? [])
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.reduce(into: "") { text, byte in
      text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
  }
}
