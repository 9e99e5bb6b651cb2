import Results
import TableIngest
import Tables

/// Columns of a table that are known by the beginning of their names.
struct PrefixColumns {
  /// A column by what follows the prefix.
  struct Named<Value> {
    let name: String
    let values: [Value]
  }

  let table: Table
  let configuration: Configuration

  func numbers(_ prefix: String, as role: String) throws(Failure) -> [Named<Double>] {
    var found: [Named<Double>] = []
    for column in table.columns where isMeant(column.name, prefix) {
      let values = try RoleColumns(table).numbers(column.name, as: role)
      found.append(Named(name: String(column.name.dropFirst(prefix.count)), values: values))
    }
    return found
  }

  /// Columns of yes and no, as 1 and 0.
  func marks(_ prefix: String) throws(Failure) -> [Named<UInt8>] {
    var found: [Named<UInt8>] = []
    for case .category(let column) in table.columns where isMeant(column.name, prefix) {
      let classes = try BinaryClasses(decision: column, positive: configuration.positive)
      found.append(Named(name: String(column.name.dropFirst(prefix.count)), values: classes.marks))
    }
    return found
  }

  private func isMeant(_ name: String, _ prefix: String) -> Bool {
    name.hasPrefix(prefix)
      && ![configuration.label, configuration.decision, configuration.weight, configuration.unit].contains(
        name)
  }
}

extension Failure {
  static let nothingPredicted = Failure(
    .data, "nothing says what the model predicted",
    advice:
      "Name a column of predicted classes with --decision, or the columns of scores with --score-prefix.")
}
