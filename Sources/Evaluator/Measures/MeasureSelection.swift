import Fairness
import Metrics
import Results

/// Which fairness measures a run computes, in whose conventions.
///
/// A tool's word or a tool's own name (`DPPL`) asks for the tool's signs and zero rules; an identifier and `all` for
/// those of `compat`, where that tool has the measure, and else for the project's own. What `compat`'s tool calls so
/// goes before an identifier.
struct MeasureSelection: Sendable {
  private(set) var wishes: [MeasureWish] = []
  /// What was left out, for the notes.
  private(set) var notes: [String] = []
  /// What was asked for by name, one by one.
  private var asked: [(name: String, found: Found)] = []

  static let allWord = "all"

  /// What a run has.
  struct Run {
    let task: TaskKind
    let configuration: Configuration

    /// Why a measure does not apply; nil where it does.
    func obstacle(_ measure: FairnessMeasure) -> (what: String, advice: String)? {
      let needs = measure.needs
      if !needs.tasks.contains(task) {
        let tasks = TaskKind.allCases.filter(needs.tasks.contains).map(\.rawValue)
        return (
          "is of \(tasks.joined(separator: " and ")) tasks, and this one is \(task.rawValue)", "Leave it out."
        )
      }
      if needs.label, task == .binary, configuration.label == nil {
        return ("needs the true outcome", "Name its column with --label.")
      }
      if task == .binary, needs.score, configuration.score == nil {
        return ("needs a score", "Name its column with --score.")
      }
      if task == .binary, needs.probability, configuration.scoreKind != .probability {
        return ("needs scores that are probabilities", "Set score_kind to probability, or leave it out.")
      }
      if needs.groups, configuration.slices.isEmpty {
        return ("compares groups, and nothing is sliced by", "Name a feature with --slice.")
      }
      if needs.controls, configuration.measures.controls.isEmpty {
        return ("compares groups within strata", "Name what they are of with --control.")
      }
      if needs.neighbours, configuration.measures.neighbourFeatures?.isEmpty != false {
        return ("looks at nearest rows", "Name the columns they are near by with --neighbour-feature.")
      }
      return nil
    }
  }

  /// nil where no measure is asked for.
  ///
  /// - Throws: `data` where a name is not known, or what it names does not apply to the run
  init?(_ configuration: Configuration, task: TaskKind) throws(Failure) {
    guard let names = configuration.measures.names else {
      if configuration.preset == nil { try Self.refuseIdle(configuration.measures) }
      return nil
    }
    let run = Run(task: task, configuration: configuration)
    var left: [String: [String]] = [:]
    for name in names {
      if let some = Self.several(name, configuration) {
        for (tool, item) in some {
          if let obstacle = run.obstacle(item.measure) {
            if !left[obstacle.what, default: []].contains(item.measure.id) {
              left[obstacle.what, default: []].append(item.measure.id)
            }
          } else {
            add(item, tool)
          }
        }
      } else {
        let found = try Self.named(name, configuration)
        asked.append((name, found))
        for (tool, item) in found {
          if let obstacle = run.obstacle(item.measure) {
            throw Failure(.data, "\(name) \(obstacle.what)", advice: obstacle.advice)
          }
          add(item, tool)
        }
      }
    }
    notes = Self.notes(left)
  }

  /// The rates that names are about which the counting engine of binary tasks does not have.
  func rowMetrics(_ configuration: Configuration) -> [String] {
    guard configuration.label != nil else { return [] }
    let named = Set(wishes.flatMap(\.items).compactMap(\.metric))
    return MetricCatalogue.all.filter { definition in
      definition.tasks == [.binary] && definition.entry.kind == .rate && named.contains(definition.entry.id)
        && BinaryMetric(id: definition.entry.id) == nil
    }.map(\.entry.id)
  }

  /// What only measures, and presets, look at is refused without them, not passed over.
  private static func refuseIdle(_ settings: MeasureSettings) throws(Failure) {
    let idle = [
      settings.controls.isEmpty ? nil : "controls",
      settings.neighbourFeatures.map { _ in "neighbour_features" },
      settings.favourable == .positive ? nil : "favourable",
    ].compactMap { $0 }
    guard let first = idle.first else { return }
    throw Failure(
      .data, "“\(first)” is for fairness measures, and none is asked for",
      advice: "Ask for some: --measure all, or “measures” in a configuration.")
  }

  /// Puts the measures into an evaluation, with what is to be said of them.
  func add(
    to evaluation: inout Evaluation, _ measured: (MeasureSelection) throws(Failure) -> MeasureTable
  ) throws(Failure) {
    let table = try measured(self)
    evaluation.notes += notes
    for (name, found) in asked where !found.contains(where: { $0.1.isAnswered(by: table, $0.0) }) {
      let metrics = found.compactMap(\.1.metric)
      guard let metric = metrics.first else {
        evaluation.notes.append(
          "\(name) has no value in this run: no metric or group that it is of is there.")
        continue
      }
      throw Failure(
        .data, "\(name) is of \(metric), and this run has no groups with it",
        advice: "“fairslice metrics \(metric)” says what it is of, and what it needs.")
    }
    evaluation.measures = table
  }

  private mutating func add(_ item: MeasureWish.Item, _ tool: Compatibility?) {
    if let place = wishes.firstIndex(where: { $0.tool == tool }) {
      wishes[place].add(item)
    } else {
      var wish = MeasureWish(tool)
      wish.add(item)
      wishes.append(wish)
    }
  }

  private static func notes(_ left: [String: [String]]) -> [String] {
    guard !left.isEmpty else { return [] }
    let parts = left.sorted { $0.key < $1.key }.map { what, measures in
      // What a word stands for may be most of the catalogue.
      "\(measures.count > 6 ? "\(measures.count) measures" : measures.joined(separator: ", ")) (\(what))"
    }
    return ["Measures that do not apply to this run were left out: \(parts.joined(separator: "; "))."]
  }

  typealias Found = [(Compatibility?, MeasureWish.Item)]

  /// What a word means that stands for several measures; nil where it is none.
  private static func several(_ name: String, _ configuration: Configuration) -> Found? {
    let word = name.lowercased()
    if word == allWord {
      return FairnessMeasure.all.flatMap { conventional($0, configuration) }
    }
    guard let tool = Compatibility(rawValue: word) else { return nil }
    let found = ToolMeasure.all.filter { $0.tool == tool }
    return found.isEmpty ? nil : found.map { ($0.tool, item($0)) }
  }

  private static func named(_ name: String, _ configuration: Configuration) throws(Failure) -> Found {
    let key = name.lowercased()
    let named = ToolMeasure.named(name)
    let own = named.filter { $0.tool == configuration.compatibility }
    if !own.isEmpty { return own.map { ($0.tool, item($0)) } }
    if let measure = FairnessMeasure.all.first(where: { $0.id == key }) {
      return conventional(measure, configuration)
    }
    if let tool = named.first?.tool {
      return named.filter { $0.tool == tool }.map { ($0.tool, item($0)) }
    }
    let others = FairnessMeasure.named(name)
    guard others.isEmpty else { return others.map { (nil, item($0)) } }
    let words = [allWord] + Compatibility.allCases.filter { $0 != .tfma }.map(\.rawValue)
    throw UnknownName.failure(
      .measure, name, among: FairnessMeasure.all.map(\.id) + ToolMeasure.all.map(\.name) + words)
  }

  /// A measure in the conventions of `compat`, where that tool has it.
  private static func conventional(_ measure: FairnessMeasure, _ configuration: Configuration) -> Found {
    if let tool = configuration.compatibility {
      let own = ToolMeasure.all.filter { $0.tool == tool && $0.measure.id == measure.id }
      if !own.isEmpty { return own.map { (tool, item($0)) } }
    }
    return [(nil, item(measure))]
  }

  private static func item(_ measure: FairnessMeasure) -> MeasureWish.Item {
    MeasureWish.Item(measure: measure, metric: nil, variant: nil, name: measure.name)
  }

  private static func item(_ one: ToolMeasure) -> MeasureWish.Item {
    MeasureWish.Item(measure: one.measure, metric: one.metric, variant: one.variant, name: one.name)
  }
}
