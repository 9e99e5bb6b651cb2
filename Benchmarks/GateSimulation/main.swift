import Foundation
import Gate
import Metrics
import Results
import Statistics

// How often gates are wrong: `gate-simulation [RUNS] [kinds]`, or instead of kinds a part of a kind's name. Groups of
// equal size are drawn with known selection rates; a gate by value and one by interval judge the same draws.

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
if let wanted = CommandLine.arguments.dropFirst().first(where: { Int($0) == nil }) {
  let kinds = (Kind.values + Kind.gaps + Kind.others).filter { $0.name.contains(wanted) || wanted == "kinds" }
  let limit = 0.05 + 3 * (0.05 * 0.95 / Double(arguments.first ?? 2000)).squareRoot()
  exit(Kind.report(kinds, runs: arguments.first ?? 2000) <= limit ? 0 : 1)
}
let runs = arguments.first ?? 10_000
let simulation = Simulation(runs: runs)
print(
  "Four-fifths rule: every group's selection rate at least 0.8 of the best group's. α = 0.05, \(runs) runs a cell."
)
print("A false fail is one where the rule holds in truth, a false pass one where it is broken.\n")
print(
  "   n  rates                            truth   by value: wrong   by interval: wrong  fail   pass   inconclusive"
)
var worst = (rate: 0.0, cell: "")
for cell in Cell.parity + Cell.gates {
  let found = simulation.run(cell)
  if found.wrong > worst.rate { worst = (found.wrong, cell.text) }
  print(found.line)
}
let limit = 0.05 + 3 * (0.05 * 0.95 / Double(runs)).squareRoot()
print(
  "\nlargest error of the interval gate: \(worst.rate) (\(worst.cell.trimmingCharacters(in: .whitespaces))); limit \(limit)"
)
exit(worst.rate <= limit ? 0 : 1)
