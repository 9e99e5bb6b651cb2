import CCrypto
import FoundationEssentials

/// SHA-256 of bytes, by libcrypto.
enum Digest {
  /// The 32 bytes of the digest; nil if libcrypto refuses.
  static func sha256(_ bytes: [UInt8]) -> [UInt8]? {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    let done = bytes.withUnsafeBytes { input in
      digest.withUnsafeMutableBufferPointer { output in
        EVP_Digest(input.baseAddress, input.count, output.baseAddress, &length, EVP_sha256(), nil)
      }
    }
    return done == 1 ? Array(digest.prefix(Int(length))) : nil
  }

  /// A source for a Content-Security-Policy: `'sha256-…'`, over exactly these bytes.
  static func policySource(_ text: String) -> String? {
    sha256(Array(text.utf8)).map { "'sha256-\(Data($0).base64EncodedString())'" }
  }
}
