import Fairness
import Metrics

/// The gaps that have names of their own, as text.
package enum GapText {
  /// What a gap's name stands for; nil where it is none, or a metric's.
  package static func details(_ name: String) -> String? {
    guard GapDefinition.isNamed(name), let gap = GapDefinition(named: name) else { return nil }
    let others = GapDefinition.aliases.filter { $0.value == gap.id }.map(\.key).sorted()
    var lines = [
      "\(gap.id): \(gap.name), a gap between groups",
      "  Of           " + gap.components.map(\.id).joined(separator: " and "),
    ]
    if gap.components.count > 1 { lines.append("  Value        the larger one of the gaps of these") }
    lines.append("  Asked for    --gap \(gap.id)")
    if !others.isEmpty { lines.append("  Also called  " + others.joined(separator: ", ")) }
    return lines.joined(separator: "\n") + "\n"
  }
}
