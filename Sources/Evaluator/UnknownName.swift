import Fairness
import Metrics
import Results

/// A name that nothing of its kind has: what it may be instead.
enum UnknownName {
  enum Kind: String {
    case metric, gap
    case measure = "fairness measure"
  }

  /// - Parameters:
  ///   - place: what lacks it, as in “ in this task”
  ///   - known: names of the kind
  static func failure(
    _ kind: Kind, _ name: String, in place: String = "", among known: @autoclosure () -> [String]
  ) -> Failure {
    if let leftOut = LeftOut.named(name) { return leftOut.failure(.data) }
    return Failure(
      .data, "there is no \(kind.rawValue) “\(name)”\(place)",
      advice: elsewhere(kind, name) ?? Suggestion.phrase(for: name, among: known()))
  }

  /// The flag that knows the name; nil where none does.
  private static func elsewhere(_ kind: Kind, _ name: String) -> String? {
    if kind != .measure, !ToolMeasure.named(name).isEmpty || !FairnessMeasure.named(name).isEmpty {
      return "It is a fairness measure: --measure \(name)."
    }
    if kind != .gap, GapDefinition.isNamed(name) { return "It is a gap: --gap \(name)." }
    guard kind == .measure, !MetricCatalogue.named(name).isEmpty else { return nil }
    return "It is a metric: --metric \(name), and --gap \(name) for its gaps."
  }
}
