// How often a feature that has nothing to do with the label is called significant at 5 %: ImportanceSimulation [RUNS] [WORDS].
// Words choose among the scenarios (strong, weak, rare, plain, weighted, clustered) and the numbers of rows (200, 2000).
// Ends with status 1 where a share is above 5 % plus three Monte-Carlo errors.

import Dispatch
import Explanations
import Glibc
import Metrics
import Results
import Synchronization

func exponential(_ x: Double) -> Double { exp(x) }

struct Cell: Sendable {
  var name: String
  var tested = 0
  var significant = 0
}

func name(_ column: ImportanceColumns) -> String {
  guard column.isGap else {
    let size = column.slice == 0 ? "" : column.rows < 50 ? " (30 rows)" : " (70 rows)"
    return column.metric + size
  }
  return "gap of \(column.metric), \(["", "2", "3"][column.slice / 10]) groups"
}

func isFollowed(_ column: ImportanceColumns) -> Bool {
  column.isGap || column.slice == 0 || column.slice == 20 || column.slice == 21
}

func run(_ scenario: Scenario, rows: Int, repeats: Int, runs: Int) throws -> [Cell] {
  var settings = ExplanationSettings()
  settings.metrics = [.accuracy, .logLoss, .rocAUC, .truePositiveRate, .precision, .f1, .selectionRate]
  settings.gapMetrics = [.selectionRate, .truePositiveRate, .rocAUC]
  settings.repeats = .fixed(repeats)
  settings.keepsRaw = false
  let cells = Mutex<[String: Cell]>([:])
  DispatchQueue.concurrentPerform(iterations: runs) { [settings] index in
    var settings = settings
    settings.seed = UInt64(index)
    guard let input = try? scenario.draw(rows, index),
      let columns = try? PermutationImportance(
        input, settings, groups: [FeatureGroup(name: "noise", members: [0])], pools: nil
      ).columns()
    else { return }
    cells.withLock { cells in
      for column in columns where isFollowed(column) {
        let name = name(column)
        var cell = cells[name] ?? Cell(name: name)
        cell.tested += column.pValue[0].isNaN ? 0 : 1
        cell.significant += column.pValue[0] < 0.05 ? 1 : 0
        cells[name] = cell
      }
    }
  }
  let found = cells.withLock { $0 }
  return found.values.sorted { $0.name < $1.name }
}

func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }

let words = CommandLine.arguments.dropFirst()
let runs = words.lazy.compactMap { Int($0) }.first { $0 != 200 && $0 != 2000 } ?? 2000
func chosen<Value>(_ all: [Value], _ word: (Value) -> String) -> [Value] {
  let some = all.filter { words.contains(word($0)) }
  return some.isEmpty ? all : some
}
var isWrong = false
let error = (0.05 * 0.95 / Double(runs)).squareRoot()
print("\(runs) data sets a cell; at most \(percent(0.05 + 3 * error)) may be called significant")
for noise in chosen(Scenario.Noise.allCases, \.rawValue) {
  for kind in chosen(Scenario.Rows.allCases, \.rawValue) {
    for rows in chosen([200, 2000], String.init) {
      for repeats in [10, 100] {
        for cell in try run(Scenario(noise: noise, rows: kind), rows: rows, repeats: repeats, runs: runs) {
          let share = Double(cell.significant) / Double(runs)
          let isHigh = share > 0.05 + 3 * error
          isWrong = isWrong || isHigh
          print(
            "\(noise) \(kind) n \(rows) R \(repeats) \(cell.name): \(percent(share)), tested \(percent(Double(cell.tested) / Double(runs)))\(isHigh ? "  TOO OFTEN" : "")"
          )
          fflush(nil)
        }
      }
    }
  }
}
exit(isWrong ? 1 : 0)
