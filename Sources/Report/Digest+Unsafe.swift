import CCrypto
import FoundationEssentials

/// SHA-256 of bytes, by libcrypto.
package enum Digest {
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

  /// The digest as lower-case hexadecimal.
  package static func hexadecimal(_ bytes: [UInt8]) -> String? {
    let digits = Array("0123456789abcdef".utf8)
    return sha256(bytes).map { digest in
      String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
  }

  /// A source for a Content-Security-Policy: `'sha256-…'`, over exactly these bytes.
  static func policySource(_ text: String) -> String? {
    sha256(Array(text.utf8)).map { "'sha256-\(Data($0).base64EncodedString())'" }
  }
}
