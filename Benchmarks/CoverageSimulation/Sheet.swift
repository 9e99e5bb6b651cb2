/// A table in Markdown; a value that misses its target bears a star.
struct Sheet {
  private(set) var hasMiss = false

  mutating func header(_ title: String, _ columns: [String]) {
    print("\n\(title)\n")
    print("| " + columns.joined(separator: " | ") + " |")
    print("|" + columns.map { _ in "---|" }.joined())
  }

  /// - Parameter rest: cells that are no coverages
  mutating func row(
    _ names: [String], _ values: [(tally: Tally, target: Target)], _ rest: [String] = []
  ) {
    let cells = values.map { text($0.tally, $0.target) } + rest
    print("| " + (names + cells).joined(separator: " | ") + " |")
  }

  private mutating func text(_ tally: Tally, _ target: Target) -> String {
    let missing =
      tally.missingShare >= 0.0005 ? " (none in \(Self.rounded(tally.missingShare * 100, 10)) %)" : ""
    guard tally.misses(target) else { return Self.rounded(tally.coverage, 1000) + missing }
    hasMiss = true
    return Self.rounded(tally.coverage, 1000) + "*" + missing
  }

  private static func rounded(_ x: Double, _ scale: Double) -> String { "\((x * scale).rounded() / scale)" }
}
