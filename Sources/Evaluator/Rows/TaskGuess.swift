import Results
import Tables

/// Tells what kind of thing is predicted where the settings leave it to the data: a label of more than two values
/// is no binary one.
struct TaskGuess {
  /// nil where the task is binary, or not plain.
  let kind: TaskKind?

  init(_ configuration: Configuration, _ table: Table) {
    guard configuration.task.kind == nil, let name = configuration.label,
      case .category(let label)? = table.column(named: name), Self.distinct(label).count > 2
    else {
      kind = nil
      return
    }
    if configuration.score == nil, let decision = configuration.decision,
      case .category(let decided)? = table.column(named: decision),
      Self.distinct(decided).count > 2, Self.distinct(decided).isSubset(of: Self.distinct(label))
    {
      kind = .multiclass
    } else if configuration.decision == nil, configuration.score != nil, Self.isMeasured(label.categories) {
      kind = .regression
    } else {
      kind = nil
    }
  }

  private static func distinct(_ column: CategoryColumn) -> Set<String> {
    Set(column.categories.map(BinaryClasses.canonical))
  }

  /// Whether values are measured and no names of classes: all are numbers, and there are many or broken ones.
  private static func isMeasured(_ values: [String]) -> Bool {
    let numbers = values.map { Double($0) }
    guard numbers.allSatisfy({ $0?.isFinite == true }) else { return false }
    return values.count > 20 || numbers.contains { $0 != $0?.rounded() }
  }
}
