/// One feature turned into groups: a small code a row, and what each code stands for.
///
/// Groups are in a stable, readable order whatever the order of the rows: categories by their UTF-8
/// bytes, numbers and bins ascending, the missing group last.
package struct Grouping: Sendable {
  package struct Group: Sendable, Equatable {
    /// For a person: `Female`, `[25, 45)`, `under 25`, `(missing)`.
    package var label: String
    /// For a predicate, escaped: `Female`, `[25, 45)`, `(-inf, 25)`, `(missing)`.
    package var predicate: String
    package var choice: SliceSpec.Choice

    /// A group of rows that hold this value.
    static func value(_ text: String) -> Group {
      Group(label: text, predicate: SliceName.escape(text), choice: .value(text))
    }

    package static let missing = Group(
      label: SliceName.missing, predicate: SliceName.missing, choice: .missing)
  }

  package let feature: String
  package let groups: [Group]
  /// Index into `groups`, one a row.
  package let codes: [UInt16]

  init(feature: String, groups: [Group], codes: [UInt16]) {
    self.feature = feature
    self.groups = groups
    self.codes = codes
  }

  /// The group that `choice` means, by its value, its label or its predicate.
  package func index(of choice: SliceSpec.Choice) -> Int? {
    if let exact = groups.firstIndex(where: { $0.choice == choice }) { return exact }
    guard case .value(let text) = choice else { return nil }
    return groups.firstIndex { $0.label == text || $0.predicate == text }
  }
}
