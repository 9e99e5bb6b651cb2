import Charts
import Results

/// Reasons why a number is not there, by index.
struct SliceReasons {
  static let none = 0
  static let noRows = 1
  static let withheld = 2
  static let infinite = 3
  static let noOther = 4
  /// The script holds an index in a byte.
  private static let most = 250

  private(set) var texts: [String]
  private var index: [String: Int] = [:]

  init(_ suppression: Suppression?) {
    let withheld = suppression.map { "withheld: fewer than \($0.below)" } ?? "withheld"
    texts = ["no value", "no rows", withheld, "∞", "nothing to compare with"]
    for (place, text) in texts.enumerated() { index[text] = place }
  }

  mutating func index(_ text: String) -> Int {
    let text = VisibleText.of(text)
    if let known = index[text] { return known }
    guard texts.count < SliceReasons.most else { return SliceReasons.none }
    index[text] = texts.count
    texts.append(text)
    return texts.count - 1
  }

  mutating func index(_ estimate: Estimate) -> Int {
    if estimate.status == .suppressed { return SliceReasons.withheld }
    if estimate.value?.isInfinite == true { return SliceReasons.infinite }
    return index(Wording.reason(estimate) ?? (estimate.value == nil ? texts[0] : "no interval"))
  }
}
