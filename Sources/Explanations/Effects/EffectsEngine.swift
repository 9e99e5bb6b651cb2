import Models
import Results
import Tables

/// Effects of features on the score: how it changes along one, how two act together, and who is decided otherwise
/// when one is changed.
package struct EffectsEngine: Sendable {
  let input: ExplanationInput
  let settings: ExplanationSettings

  /// Categories that a curve has at most; the most frequent ones.
  static let categoryLimit = 50
  /// Rows whose individual curves are kept.
  static let individualLimit = 30
  /// Scores of one output that are held at once.
  static let batchScores = 1 << 22

  package init(_ input: ExplanationInput, _ settings: ExplanationSettings) {
    self.input = input
    self.settings = settings
  }

  /// Partial dependence with individual curves, and accumulated local effects, of features that stand alone: overall
  /// and for each explained group of each family of a single feature, unless that feature is the one that is varied.
  ///
  /// Partial dependence averages over all rows of a slice, or 2,000 at random; rows without a value are set like all
  /// others. Accumulated effects use every row that has a value. Both give 0 for what the model does not use.
  ///
  /// - Parameter groups: what to draw, with its index among the explained features
  /// - Parameter progress: how many features are done, and of how many; called from any thread
  /// - Returns: in the order of `groups`; several columns that move together, and a column without a value, are
  ///   left out with a note, and so are all but the 50 most frequent categories
  ///
  /// Complexity: O(sampled rows · points + rows) scorings a feature.
  package func effects(
    of groups: [(index: Int, group: FeatureGroup)],
    progress: @Sendable (_ done: Int, _ count: Int) -> Void = { _, _ in }
  ) throws(Failure) -> Noted<FeatureEffect> {
    var result = Noted<FeatureEffect>()
    var varied: [Varied] = []
    for (index, group) in groups {
      switch vary(index, group) {
      case .success(let one):
        varied.append(one)
        if one.grid.pointCount < one.valueCount {
          result.notes.append(
            .init(
              feature: index,
              message:
                "Only the \(Self.categoryLimit) most frequent of the \(one.valueCount) values of “\(one.name)” are drawn."
            ))
        }
      case .failure(let reason): result.notes.append(.init(feature: index, message: reason.message))
      }
    }
    let stage = try EffectStage(
      input, EffectSlices(input, seed: settings.seed), donors: varied.flatMap(\.grid.donors))
    let tasks = varied
    result.values = try Concurrent.map(tasks.count, threads: settings.threads, progress: progress) {
      place throws(Failure) in try stage.effect(of: tasks[place])
    }
    return result
  }

  /// A feature to vary and the values that it is set to.
  struct Varied: Sendable {
    /// Among the explained features.
    let index: Int
    /// Among the model's columns.
    let column: Int
    let name: String
    let grid: EffectGrid
    /// Points before categories were cut to the frequent ones.
    var valueCount: Int
  }

  private struct Reason: Error {
    let message: String
  }

  private func vary(_ index: Int, _ group: FeatureGroup) -> Result<Varied, Reason> {
    guard let column = group.members.first, group.members.count == 1 else {
      return .failure(
        Reason(message: "“\(group.name)” has no curve: its columns move together, so there is no one scale."))
    }
    let grid = EffectGrid(
      input.columns[column], kind: input.rescorer.features[column].kind, limit: settings.gridSize)
    guard grid.pointCount > 0 else {
      return .failure(Reason(message: "“\(group.name)” has no curve: it has no value in any row."))
    }
    let count = grid.pointCount
    let isLong = grid.values.isEmpty && count > Self.categoryLimit
    let kept = isLong ? grid.keeping(grid.mostFrequent(Self.categoryLimit, of: Array(0..<count))) : grid
    return .success(
      Varied(index: index, column: column, name: input.columns[column].name, grid: kept, valueCount: count))
  }
}
