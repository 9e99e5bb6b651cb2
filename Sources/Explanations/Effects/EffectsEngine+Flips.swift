import Models
import Results
import Slicing
import Tables

extension EffectsEngine {
  /// Attributes with more values are cut to the most frequent ones.
  static let flipValueLimit = 20
  static let frequentValues = 10
  /// Attributes with more values are changed only where they are named: pairs grow with the square.
  static let unaskedValueLimit = 6
  /// A number with more distinct values is no attribute to change.
  static let flipNumberLimit = 10

  /// What decisions do when an attribute of a row is changed and all else is kept: for each ordered pair of values,
  /// rows that have the first are given the second. A missing value is neither changed nor given.
  ///
  /// Shares and intervals count rows, whatever their weights. With units, Wilson's interval is of the effective number
  /// of rows, n over the design effect.
  ///
  /// - Parameter groups: the explained features. An attribute that moves with others there is changed alone here, which
  ///   a note tells.
  /// - Throws: `data` where a name in `settings.flips` is no column of the model, or has too many values to change.
  ///   Without names, the features that are sliced by and that the model reads are changed, those that can be.
  ///
  /// Complexity: O(rows · values) scorings an attribute.
  package func flips(
    groups: [FeatureGroup], progress: @Sendable (_ done: Int, _ count: Int) -> Void = { _, _ in }
  ) throws(Failure) -> Noted<FlipCounts> {
    let attributes = try attributes(groups)
    let base = try input.rescorer.scores()[input.output]
    let stage = FlipStage(input, base, level: settings.level)
    let tasks = attributes.values
    let counts = try Concurrent.map(tasks.count, threads: settings.threads, progress: progress) {
      place throws(Failure) in try stage.counts(of: tasks[place])
    }
    return Noted(values: counts.flatMap { $0 }, notes: attributes.notes)
  }

  /// Whether the named attributes can be changed, before any work is done.
  ///
  /// - Throws: `data` as `flips` does.
  package func checkFlips(groups: [FeatureGroup]) throws(Failure) { _ = try attributes(groups) }

  private func attributes(_ groups: [FeatureGroup]) throws(Failure) -> Noted<Attribute> {
    var result = Noted<Attribute>()
    for column in try flippedColumns() {
      guard let feature = groups.firstIndex(where: { $0.members.contains(column) }) else { continue }
      let attribute = Attribute(
        feature: feature, column: column,
        grid: EffectGrid(input.columns[column], kind: input.rescorer.features[column].kind, limit: .max))
      let name = input.columns[column].name
      if attribute.grid.values.count > Self.flipNumberLimit {
        let reason = "“\(name)” is a number with \(attribute.grid.values.count) distinct values"
        guard settings.flips == nil else {
          throw Failure(
            .data, "flips: \(reason)",
            advice: "change categories, or numbers of at most \(Self.flipNumberLimit) values")
        }
        result.notes.append(note(feature, "\(reason): its values are not changed."))
        continue
      }
      if settings.flips == nil, attribute.points.count > Self.unaskedValueLimit {
        result.notes.append(
          note(
            feature,
            "“\(name)” has \(attribute.points.count) values; an attribute of more than "
              + "\(Self.unaskedValueLimit) is changed only where “flips” names it."))
        continue
      }
      result.values.append(attribute)
      result.notes += notes(attribute, name, groups[feature])
    }
    return result
  }

  private func flippedColumns() throws(Failure) -> [Int] {
    let names = input.columns.map(\.name)
    guard let chosen = settings.flips else {
      let sliced = Set(input.plan.groupings.map(\.feature))
      return names.indices.filter { sliced.contains(names[$0]) }
    }
    var columns: [Int] = []
    for name in chosen {
      guard let column = names.firstIndex(of: name) else {
        throw Failure(
          .data, "flips: the model does not read “\(name)”",
          advice: Suggestion.phrase(for: name, among: names))
      }
      if !columns.contains(column) { columns.append(column) }
    }
    return columns
  }

  private func notes(
    _ attribute: Attribute, _ name: String, _ group: FeatureGroup
  ) -> [EffectNote] {
    var notes: [String] = []
    if group.members.count > 1 {
      notes.append(
        "“\(name)” is changed alone here, though it moves with others as “\(group.name)” elsewhere.")
    }
    let all = attribute.points.count
    if all > Self.flipValueLimit {
      notes.append(
        "only the \(Self.frequentValues) most frequent of the \(all) values of “\(name)” are changed.")
    }
    return notes.map { note(attribute.feature, $0) }
  }

  /// Notes of all parts of an explanation are listed together: each says what it is about.
  private func note(_ feature: Int, _ text: String) -> EffectNote {
    EffectNote(feature: feature, message: "Counterfactual flips: \(text)")
  }

  /// A column whose values are changed.
  struct Attribute: Sendable {
    /// Among the explained features.
    let feature: Int
    /// Among the model's columns.
    let column: Int
    let grid: EffectGrid

    /// Points that are a value: all but the missing one.
    var points: [Int] {
      grid.donors.indices.filter { $0 != grid.missingPoint }
    }

    func name(_ point: Int) -> String {
      grid.values.isEmpty ? grid.labels[point] : NumberText.text(grid.values[point])
    }
  }
}
