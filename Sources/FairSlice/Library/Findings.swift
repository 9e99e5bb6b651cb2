import Results

/// What an evaluation found: slices, the metrics of each with their intervals, gaps between groups, fairness measures and,
/// where a policy was applied, a verdict.
///
/// A value: judging or withholding gives new findings. Every output is made from it, so no two can disagree.
/// Metrics are named as in `slices.csv` or as another tool calls them (`tpr`, `recall`), slices by their predicate
/// (`sex=Female & race=Black`, `overall`). An unknown name is an error that suggests the nearest known one.
public struct Findings: Sendable {
  let evaluation: Evaluation
  /// Of the policy that judged, as it was given.
  let policyPath: String?
  /// Every slice, `overall` first; those of one family (the same features) stand together.
  public let slices: [Slice]
  /// What was computed of every slice, in reporting order.
  public let metrics: [Metric]
  /// Place of a slice by its name, and by the sorted terms of its name.
  private let places: [String: Int]

  init(_ evaluation: Evaluation, policyPath: String? = nil) {
    self.evaluation = evaluation
    self.policyPath = policyPath
    slices = (0..<evaluation.slices.count).map { Slice(evaluation, $0) }
    metrics = evaluation.metrics.map(Metric.init)
    var places: [String: Int] = [:]
    for slice in slices { places[Self.sorted(slice.groups)] = slice.index }
    for slice in slices { places[slice.name] = slice.index }
    self.places = places
  }

  /// What the run is called.
  public var title: String { evaluation.title }
  /// What kind of thing the model predicts.
  public var task: Task { Task(evaluation.task) }
  /// Confidence level of every interval, in (0, 1).
  public var level: Double { evaluation.level }
  /// Rows that were evaluated.
  public var rowCount: Int { evaluation.slices.rows.first ?? 0 }
  /// Rows that were left out because something in them is wrong; they count nowhere.
  public var rejectedRowCount: Int { evaluation.rejections.count }
  /// What a reader must know: constant predictions, groups without positives, missing values.
  public var notes: [String] { evaluation.notes }
  /// The configuration in force as JSON with sorted keys; a configuration file of this text gives the same findings.
  public var configuration: String { evaluation.configuration }

  /// The slice of a name, `overall` or `sex=Female & race=Black`, with its terms in any order; a feature or group that
  /// holds one of `& = * : \` has a backslash before it. nil where there is none. Complexity: O(length of the name).
  ///
  /// - Parameter name: as in `slices.csv`
  public func slice(named name: String) -> Slice? {
    if let place = places[name] { return slices[place] }
    let terms = Slice.terms(of: name)
    return terms.isEmpty ? nil : places[Self.sorted(terms)].map { slices[$0] }
  }

  /// The slice of a group or of several that are crossed, `["sex": "Female", "race": "Black"]`, in plain text; all rows
  /// for none. nil where there is none. Complexity: O(groups).
  ///
  /// - Parameter groups: the group of each feature; `(missing)` for rows that have none
  public func slice(of groups: [String: String]) -> Slice? {
    if groups.isEmpty { return slices.first }
    return places[Self.sorted(groups.map { Group(feature: $0.key, value: $0.value) })].map { slices[$0] }
  }

  /// Terms in one order, with a mark that no name begins with.
  private static func sorted(_ groups: [Group]) -> String {
    "\u{0}" + groups.map { "\($0.feature)\u{0}\($0.value)" }.sorted().joined(separator: "\u{0}\u{0}")
  }

  /// The place of a slice.
  ///
  /// - Throws: `usage` with the nearest name.
  func place(of slice: String) throws(Failure) -> Int {
    guard let found = self.slice(named: slice) else {
      throw Failure(
        .usage, "there is no slice “\(slice)”",
        advice: Suggestion.phrase(for: slice, among: evaluation.slices.predicate))
    }
    return found.index
  }
}

extension Findings {
  /// What kind of thing a model predicts.
  public enum Task: String, Sendable, CaseIterable {
    /// One of two classes.
    case binary
    /// One of several classes.
    case multiclass
    /// Any number of several labels, each of them there or not.
    case multilabel
    /// A number.
    case regression
    /// The order of the rows of each query.
    case ranking

    init(_ kind: TaskKind) {
      self =
        switch kind {
        case .binary: .binary
        case .multiclass: .multiclass
        case .multilabel: .multilabel
        case .regression: .regression
        case .ranking: .ranking
        }
    }
  }
}
