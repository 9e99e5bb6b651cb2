// Rows a second of a native model: `ScoringBenchmark MODEL ENCODING TABLE.csv ROWS`. The table's rows are repeated until there
// are ROWS of them. One thread; encoding is timed with scoring.
//
// Rows a second of the protocol to programs, by its formats: `ScoringBenchmark --program ROWS PROGRAM [ARGUMENTS]`.

import Glibc
import Models
import Results
import TableIngest
import Tables

func seconds(_ work: () throws -> Void) rethrows -> Double {
  var best = Double.infinity
  for _ in 0..<3 {
    let start = clock()
    try work()
    best = min(best, Double(clock() - start) / Double(CLOCKS_PER_SEC))
  }
  return best
}

func report(_ what: String, rows: Int, _ seconds: Double) {
  print("\(what): \(seconds) s CPU, \(Int(Double(rows) / seconds)) rows/s")
}

let arguments = CommandLine.arguments
if arguments.count > 3, arguments[1] == "--program", let rows = Int(arguments[2]), rows > 0 {
  do {
    try ProtocolBenchmark(command: Array(arguments[3...]), rows: rows).run()
  } catch {
    print(error.message)
    exit(69)
  }
  exit(0)
}
guard arguments.count == 5, let rows = Int(arguments[4]), rows > 0 else {
  print("usage: ScoringBenchmark MODEL ENCODING TABLE.csv ROWS, or --program ROWS PROGRAM [ARGUMENTS]")
  exit(64)
}
do {
  let scorer = try NativeScorer(
    ModelReader.read(path: arguments[1]), encoding: Encoding.read(path: arguments[2]))
  let request = ReadRequest(
    columns: scorer.features.map { .init(name: $0.name, kind: $0.kind == .number ? .number : .category) })
  let table = try TableReader.read(path: arguments[3], request).table
  let places = (0..<rows).map { $0 % table.rowCount }
  let columns = try scorer.columns(of: table).map { column -> Column in
    switch column {
    case .numbers(let numbers):
      .numbers(NumberColumn(name: numbers.name, values: places.map { numbers.values[$0] }, missingCount: 0))
    case .category(let category):
      .category(
        CategoryColumn(
          name: category.name, codes: places.map { category.codes[$0] }, categories: category.categories,
          missingCount: category.missingCount))
    }
  }
  for evaluation in [TreeEnsemble.Evaluation.walk, .masks] {
    report("\(evaluation)", rows: rows, try seconds { _ = try scorer.score(columns, evaluation) })
  }
  let rescorer = try Rescorer(scorer, columns)
  let donors = (0..<10).map { shift in (0..<rows).map { Int32(($0 * 7919 + shift * 104_729) % rows) } }
  var total = 0.0
  for feature in scorer.features.indices {
    total += try seconds { _ = try rescorer.scores(moving: [feature], donors: donors) }
  }
  report(
    "10 permutations of each of \(scorer.features.count) features", rows: rows * 10 * scorer.features.count,
    total)
} catch let failure as Failure {
  print(failure.message)
  exit(65)
}
