// How often a feature that has nothing to do with the label is called significant at 5 %: ImportanceSimulation [RUNS] [WORDS].
// Words choose among the scenarios (strong, weak, rare, plain, weighted, clustered) and the numbers of rows (200, 2000).
// A share is one of the data sets where some prediction changed, so that there is an interval; it is judged where those are at
// least half of all. Ends with status 1 where a share is above 5 % plus three Monte-Carlo errors, where a data set failed, and
// where nothing was judged.

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

  /// More often significant than chance explains.
  var isHigh: Bool { share > 0.05 + 3 * monteCarloError(tested) }
  var share: Double { Double(significant) / Double(tested) }

  func isJudged(of runs: Int) -> Bool { tested > 0 && 2 * tested >= runs }

  func verdict(of runs: Int) -> String {
    guard isJudged(of: runs) else { return "\(tested) of \(runs) tested: too few tested" }
    let tested = "tested \(percent(Double(tested) / Double(runs)))"
    return "\(percent(share)), \(tested)\(isHigh ? "  TOO OFTEN" : "")"
  }
}

/// What a scenario gave, and the data sets that gave nothing, by number.
struct Outcome: Sendable {
  var cells: [String: Cell] = [:]
  var failures: [Int: Failure] = [:]
}

func monteCarloError(_ count: Int) -> Double { (0.05 * 0.95 / Double(count)).squareRoot() }

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

func run(_ scenario: Scenario, rows: Int, repeats: Int, runs: Int) -> Outcome {
  var settings = ExplanationSettings()
  settings.metrics = [.accuracy, .logLoss, .rocAUC, .truePositiveRate, .precision, .f1, .selectionRate]
  settings.gapMetrics = [.selectionRate, .truePositiveRate, .rocAUC]
  settings.repeats = .fixed(repeats)
  settings.keepsRaw = false
  let outcome = Mutex(Outcome())
  DispatchQueue.concurrentPerform(iterations: runs) { [settings] index in
    var settings = settings
    settings.seed = UInt64(index)
    do throws(Failure) {
      let columns = try PermutationImportance(
        try scenario.draw(rows, index), settings, groups: [FeatureGroup(name: "noise", members: [0])],
        pools: nil
      ).columns()
      outcome.withLock { outcome in
        for column in columns where isFollowed(column) {
          let name = name(column)
          var cell = outcome.cells[name] ?? Cell(name: name)
          cell.tested += column.reasons[0] == nil ? 1 : 0
          cell.significant += column.pValue[0] < 0.05 ? 1 : 0
          outcome.cells[name] = cell
        }
      }
    } catch {
      outcome.withLock { $0.failures[index] = error }
    }
  }
  return outcome.withLock { $0 }
}

func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }

let arguments = CommandLine.arguments.dropFirst()
let number = arguments.first.flatMap { Int($0) }
let runs = number ?? 2000
// Of two numbers that are both 2000, the first counts runs.
let words = number == nil ? arguments : arguments.dropFirst()
func chosen<Value>(_ all: [Value], _ word: (Value) -> String) -> [Value] {
  let some = all.filter { words.contains(word($0)) }
  return some.isEmpty ? all : some
}
var isWrong = false
var judged = 0
let most = percent(0.05 + 3 * monteCarloError(runs))
print("\(runs) data sets a cell; where all are tested, at most \(most) may be called significant")
for noise in chosen(Scenario.Noise.allCases, \.rawValue) {
  for kind in chosen(Scenario.Rows.allCases, \.rawValue) {
    for rows in chosen([200, 2000], String.init) {
      for repeats in [10, 100] {
        let place = "\(noise) \(kind) n \(rows) R \(repeats)"
        let found = run(Scenario(noise: noise, rows: kind), rows: rows, repeats: repeats, runs: runs)
        for cell in found.cells.values.sorted(by: { $0.name < $1.name }) {
          print("\(place) \(cell.name): \(cell.verdict(of: runs))")
          guard cell.isJudged(of: runs) else { continue }
          judged += 1
          isWrong = isWrong || cell.isHigh
        }
        if let first = found.failures.min(by: { $0.key < $1.key }) {
          isWrong = true
          print(
            "\(place): \(found.failures.count) data sets FAILED; number \(first.key): \(first.value.message)")
        }
        fflush(nil)
      }
    }
  }
}
if judged == 0 { print("NOTHING was judged") }
exit(isWrong || judged == 0 ? 1 : 0)
