import Results

/// What is to be said of a metric of this family; the definition is made for a task, a class and a cut-off.
struct ClassText {
  /// `#` stands for the cut-off.
  var id: String
  var name: String
  var symbol: String
  var formula: String
  var kind: MetricEntry.Kind
  var direction: MetricEntry.Direction = .higherIsBetter
  var denominator = "rows"
  var undefined: String? = "no rows"
  var range: ClosedRange<Double>?
  var source = ""
  var aliases: [MetricDefinition.Alias] = []
  var hasInterval = true

  /// Stand in for a class and a cut-off in the catalogue.
  static let anyClass = "CLASS"
  static let anyCutoff = "K"

  /// - Parameters:
  ///   - name: the class that a one-versus-rest metric is about.
  ///   - k: the cut-off; nil in the catalogue.
  func definition(_ tasks: [TaskKind], of className: String? = nil, k: Int? = nil) -> MetricDefinition {
    let cutoff = k.map { "\($0)" } ?? Self.anyCutoff
    func filled(_ text: String) -> String { text.replacing("#", with: cutoff) }
    let entry = MetricEntry(
      id: filled(id) + (className.map { "[\($0)]" } ?? ""),
      name: filled(name) + (className.map { " of \($0)" } ?? ""),
      symbol: filled(symbol) + (className.map { " \($0)" } ?? ""), formula: filled(formula), kind: kind,
      direction: direction, denominator: denominator, interval: hasInterval ? interval : nil,
      classLabel: className, k: k)
    return MetricDefinition(
      entry, tasks: tasks, range: range, undefined: undefined, source: source,
      aliases: aliases.map { .init($0.tool, filled($0.name)) })
  }

  private var interval: String? {
    switch kind {
    case .count: nil
    case .rate: "Wilson score"
    case .index: "influence function on the logit scale"
    case .correlation: "influence function on Fisher's atanh scale"
    case .loss, .mean: "influence function, Student t"
    }
  }
}
