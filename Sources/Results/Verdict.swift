/// What a check, one of its groups, or a whole gate came to.
package enum Verdict: String, Sendable, Codable, CaseIterable {
  /// Within the bound, and shown to be.
  case pass
  /// Beyond the bound, and shown to be.
  case fail
  /// Neither could be shown, or there was nothing to show it with.
  case inconclusive
  /// Failed, but no worse than a waiver in force accepts; counts as passed.
  case waived

  /// The order in which people want to see them: failures first.
  package var rank: Int {
    switch self {
    case .fail: 0
    case .inconclusive: 1
    case .waived: 2
    case .pass: 3
    }
  }
}
