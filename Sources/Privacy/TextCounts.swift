import Results

/// Finds counts in sentences that must not be told.
struct TextCounts {
  private let below: Int
  /// Counts of slices that are withheld for the sake of others.
  private let withheld: Set<Int>

  init(_ evaluation: Evaluation, _ suppression: Suppression) {
    below = suppression.below
    let tables = CountTables(evaluation)
    var withheld: Set<Int> = []
    for (layer, mask) in CountTables.layers {
      for slice in suppression.slices(layer) {
        for value in CountTables.values(of: mask) {
          withheld.insert(tables.count(slice, mask: mask, value: value))
        }
      }
    }
    self.withheld = withheld
  }

  /// Whether a text has a whole number from 1 to K − 1, or one that is a withheld count.
  func tells(_ text: String) -> Bool {
    Self.wholeNumbers(in: text).contains { $0 > 0 && ($0 < below || withheld.contains($0)) }
  }

  /// Digits that stand by themselves: not parts of names, decimals or ranges of versions.
  static func wholeNumbers(in text: String) -> [Int] {
    let bytes = Array(text.utf8)
    var numbers: [Int] = []
    var index = 0
    while index < bytes.count {
      guard isDigit(bytes[index]) else {
        index += 1
        continue
      }
      let start = index
      while index < bytes.count, isDigit(bytes[index]) || isSeparator(bytes, index) { index += 1 }
      let isPart =
        start > 0 && (isLetter(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: "."))
        || index < bytes.count && isLetter(bytes[index])
        || index + 1 < bytes.count && bytes[index] == UInt8(ascii: ".") && isDigit(bytes[index + 1])
      let digits = bytes[start..<index].filter(isDigit)
      if !isPart, let number = Int(String(decoding: digits, as: UTF8.self)) { numbers.append(number) }
    }
    return numbers
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

  /// A comma between thousands.
  private static func isSeparator(_ bytes: [UInt8], _ index: Int) -> Bool {
    bytes[index] == UInt8(ascii: ",") && index + 1 < bytes.count && isDigit(bytes[index + 1])
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 32) >= 97 && (byte | 32) <= 122 || byte == UInt8(ascii: "_") || byte >= 128
  }
}
