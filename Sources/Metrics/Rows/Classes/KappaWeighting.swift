/// How much a disagreement of two classes counts in Cohen's kappa.
enum KappaWeighting: String, Sendable, CaseIterable {
  case plain
  /// The distance of the classes in their order.
  case linear
  /// Its square.
  case quadratic

  func cost(_ a: Int, _ b: Int) -> Double {
    switch self {
    case .plain: a == b ? 0 : 1
    case .linear: Double(abs(a - b))
    case .quadratic: Double((a - b) * (a - b))
    }
  }
}
