// CPU seconds of permutation importance, 10 repeats, accuracy and ROC AUC: ExplainBenchmark ROWS [MODEL ENCODING TABLE.csv].
// Without a model, of a made forest. Prints "seconds S" and the importances of both metrics; reading is not timed, preparing
// the model for the rows is.

import Explanations
import Glibc
import Metrics
import Models
import Results
import Slicing
import TableIngest
import Tables

func read(_ arguments: [String]) throws(Failure) -> (scorer: NativeScorer, columns: [Column], labels: [UInt8])
{
  let scorer = try NativeScorer(
    ModelReader.read(path: arguments[0]), encoding: Encoding.read(path: arguments[1]))
  let names = scorer.features.map(\.name) + ["label"]
  let table = try TableReader.read(
    path: arguments[2], ReadRequest(columns: names.map { .init(name: $0, kind: .number) })
  ).table
  guard case .numbers(let labels)? = table.column(named: "label") else {
    throw Failure(.data, "\(arguments[2]) has no numeric column “label”")
  }
  return (scorer, try scorer.columns(of: table), labels.values.map { $0 == 1 ? 1 : 0 })
}

func explain(_ scorer: NativeScorer, _ columns: [Column], _ labels: [UInt8]) throws -> [ImportanceColumns] {
  let table = Table(
    rowCount: labels.count, columns: columns, origin: RowOrigin(source: "rows", stretches: []))
  let input = ExplanationInput(
    rescorer: try Rescorer(scorer, columns), output: 0, columns: columns, table: table,
    observations: Observations(labels: labels, decisions: labels), hasLabel: true, cut: 0.5, isStrict: true,
    plan: try SlicePlan([], of: table), units: nil, firstSlice: [0])
  var settings = ExplanationSettings()
  settings.metrics = [.accuracy, .rocAUC]
  settings.repeats = .fixed(10)
  let groups = scorer.features.enumerated().map { FeatureGroup(name: $1.name, members: [$0]) }
  return try PermutationImportance(input, settings, groups: groups, pools: nil).columns()
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard let rows = arguments.first.flatMap({ Int($0) }), rows > 1, [1, 4].contains(arguments.count) else {
  print("usage: ExplainBenchmark ROWS [MODEL ENCODING TABLE.csv]")
  exit(64)
}
do {
  var given: (scorer: NativeScorer, columns: [Column], labels: [UInt8])
  if arguments.count == 4 {
    given = try read(Array(arguments.dropFirst()))
  } else {
    let forest = try MadeForest(rows: rows)
    given = (forest.scorer, forest.columns, forest.labels)
  }
  let start = clock()
  let columns = try explain(given.scorer, given.columns, given.labels)
  print("seconds \(Double(clock() - start) / Double(CLOCKS_PER_SEC))")
  for column in columns {
    print(column.metric, column.importance.map { "\(($0 * 1e6).rounded() / 1e6)" }.joined(separator: " "))
  }
} catch let failure as Failure {
  print(failure.message)
  exit(65)
}
