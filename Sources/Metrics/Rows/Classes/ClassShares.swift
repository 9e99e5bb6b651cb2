/// What each class counts in an average over classes.
enum ClassShares: Sendable, Equatable {
  case alike
  /// As much as the rows that have it.
  case support
  /// By its place.
  case given([Double])

  func share(_ index: Int, support: Double) -> Double {
    switch self {
    case .alike: 1
    case .support: support
    case .given(let weights): weights[index]
    }
  }

  /// Whether it counts at all.
  func counts(_ index: Int) -> Bool {
    if case .given(let weights) = self { return weights[index] > 0 }
    return true
  }
}
