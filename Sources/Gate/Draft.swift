import Results
import Statistics

/// One group of a check, with what is needed to judge it once all p-values are known.
struct Draft: Sendable {
  var item: CheckItem
  /// On the signed number that was tested.
  var bounds: Bounds
  /// Whether `bounds` and the value are of the number's size.
  var isSize = false
  /// The comparison that speaks loudest for "beyond", and how many it was chosen among (Bonferroni).
  var clearest: Quantity?
  var multiplicity = 1.0
  /// The comparison that stands most in the way of "within".
  var hardest: Quantity?
  /// Where `hardest` is another number than `clearest`, with bounds of its own.
  var hardestBounds: Bounds?
  /// Rows in the smallest denominator that took part in a comparison of groups; nil for a value by itself.
  var smallestDenominator: Int?
  /// Judged by its value alone: a count, or because the policy says so.
  var byValue = false
  /// Set where it cannot be judged at all.
  var isBlocked = false

  init(_ item: CheckItem, bounds: Bounds) {
    self.item = item
    self.bounds = bounds
  }

  /// A comparison of groups never passes on so few rows, however wide its bound: 30 right ones in a row say
  /// too little.
  static let tooFewToPass = 30

  var isTooSmallToPass: Bool { smallestDenominator.map { $0 <= Self.tooFewToPass } ?? false }

  /// A group that cannot be judged.
  static func blocked(_ item: CheckItem, _ reason: String) -> Draft {
    var draft = Draft(item, bounds: Bounds())
    draft.item.reason = reason
    draft.isBlocked = true
    return draft
  }

  /// Fills the p-values from the comparisons.
  mutating func test() {
    if let tails = clearest?.tails { item.pBeyond = min(1, multiplicity * bounds.beyond(tails)) }
    if let tails = hardest?.tails { item.pWithin = (hardestBounds ?? bounds).within(tails) }
    item.test = clearest?.test ?? hardest?.test
    if multiplicity > 1 { item.chosenAmong = Int(multiplicity.rounded(.up)) }
    if item.pBeyond == nil || item.pWithin == nil, !byValue, !isBlocked {
      isBlocked = true
      item.reason = item.reason ?? clearest?.reason ?? hardest?.reason ?? "no test can be made"
    }
  }

  /// Takes value and interval of a comparison into the item.
  mutating func show(_ quantity: Quantity) {
    item.value = quantity.value
    item.lower = quantity.limits?.lower
    item.upper = quantity.limits?.upper
    item.groupValue = quantity.groupValue
    item.referenceValue = quantity.referenceValue
    item.denominator = quantity.denominator
    item.referenceDenominator = quantity.referenceDenominator
    if isSize { foldToSize() }
  }

  private mutating func foldToSize() {
    item.value = item.value.map { abs($0) }
    guard let lower = item.lower, let upper = item.upper else { return }
    item.lower = lower <= 0 && upper >= 0 ? 0 : min(abs(lower), abs(upper))
    item.upper = max(abs(lower), abs(upper))
  }
}
