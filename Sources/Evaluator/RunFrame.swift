import Metrics
import Results
import Slicing
import TableIngest

/// What an evaluation says of its run, whatever the task.
struct RunFrame {
  let configuration: Configuration
  /// The configuration as it was given.
  let echo: String
  let outcome: ReadOutcome
  /// Where the baseline's predictions come from another file.
  let baseline: BaselineRows?

  /// What the baseline is called.
  var baselineName: String? {
    baseline?.name ?? configuration.baselineScore ?? configuration.baselineDecision
  }

  var title: String {
    let (score, decision) = (configuration.score, configuration.decision)
    // Without a label, what was decided is what is compared.
    let subject = configuration.label == nil ? decision ?? score : score ?? decision
    return configuration.title ?? "Evaluation of \(subject ?? configuration.label ?? "several labels")"
  }

  var inputs: [InputRecord] { [outcome.record] + (baseline.map { [$0.outcome.record] } ?? []) }

  var rejections: Rejections {
    Rejections(
      count: outcome.rejectedCount,
      listed: outcome.rejected.map {
        Rejections.Row(line: $0.line, column: $0.column, text: $0.text, reason: $0.reason)
      })
  }

  /// - Parameter own: what the task has to say.
  func notes(_ own: [String], _ plan: SlicePlan) -> [String] {
    var notes = own
    for grouping in plan.groupings {
      guard let missing = grouping.groups.firstIndex(of: .missing) else { continue }
      let rows = grouping.codes.reduce(0) { $0 + (Int($1) == missing ? 1 : 0) }
      notes.append("\(rows) rows have no \(grouping.feature); they are the group \(SliceName.missing).")
    }
    if outcome.rejectedCount > 0 {
      notes.append("\(outcome.rejectedCount) of \(outcome.rowsRead) rows were rejected and count nowhere.")
    }
    return notes
  }

  /// - Parameters:
  ///   - firstSlice: the first slice of each family.
  ///   - references: the place of the named reference among the reported groups of each.
  func families(_ plan: SlicePlan, firstSlice: [Int], references: [Int?]) -> [SliceFamily] {
    plan.families.enumerated().map { index, family in
      let names = plan.featureNames(family)
      return SliceFamily(
        features: names, name: SliceName.family(names), first: firstSlice[index], count: family.shown.count,
        reference: references[index].map { firstSlice[index] + $0 })
    }
  }

  /// The family and the person's label of every reported slice.
  func places(_ plan: SlicePlan) -> [(family: Int, group: Int, label: String)] {
    plan.families.enumerated().flatMap { index, family in
      family.shown.map { (index, $0, plan.label(family, group: $0)) }
    }
  }

  var card: ModelCard? { configuration.card.flatMap { $0.isEmpty ? nil : $0 } }
}
