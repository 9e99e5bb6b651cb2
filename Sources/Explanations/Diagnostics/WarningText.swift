import Glibc
import Results

/// Numbers in sentences.
enum WarningText {
  /// Rounded to so many decimals, none of them dropped.
  static func decimals(_ x: Double, _ digits: Int) -> String {
    let scale = pow(10, Double(digits))
    guard abs(x) * scale < 1e15 else { return NumberText.text(x) }
    let whole = Int((abs(x) * scale).rounded())
    let text = String(whole)
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    return (x < 0 && whole > 0 ? "−" : "") + padded.dropLast(digits) + "." + padded.suffix(digits)
  }

  /// `34 %`.
  static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

  /// `1 row`, `3 rows`.
  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
