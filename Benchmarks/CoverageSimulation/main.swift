import Foundation

// How often 95 % intervals hold the truth: `coverage-simulation [RUNS] [distances | shared | sizes]`, RUNS draws for each of nine base rates. Groups of equal size are
// drawn with known values; the intervals are those of an evaluation.

let runs = CommandLine.arguments.dropFirst().compactMap { Int($0) }.first ?? 2000
let sizes = [30, 100, 1000]
var sheet = Sheet()
if CommandLine.arguments.contains("distances") {
  sheet.distances(sizes: sizes, runs: runs)
  exit(sheet.hasMiss ? 1 : 0)
}
if CommandLine.arguments.contains("shared") {
  sheet.shared(sizes: sizes, runs: runs)
  exit(sheet.hasMiss ? 1 : 0)
}
if CommandLine.arguments.contains("sizes") {
  sheet.sizes(sizes, runs: runs)
  exit(0)
}
print(
  "Coverage of 95 % intervals, \(runs) draws (areas: \(max(1, runs / 4))) for each of the base rates 0.1, 0.2, …, 0.9, averaged over these."
)

sheet.header(
  "One and two groups", ["n a group", "gap", "rate", "difference", "ratio", "max − min", "min / max"])
for size in sizes {
  for layout in [Setting.Layout.equal, .even] {
    let found = RateDraw(setting: Setting(size: size, groups: 2, layout: layout), runs: runs).run()
    sheet.row(
      ["\(size)", layout == .equal ? "0" : "0.1"],
      [
        (found.rate, .single), (found.difference, .single), (found.ratio, .single), (found.range, .range),
        (found.rangeRatio, .range),
      ])
  }
}

sheet.header("Several groups, rates", ["n a group", "groups", "gap", "max − min", "min / max"])
for size in sizes {
  for groups in [3, 5, 10] {
    for layout in [Setting.Layout.equal, .even, .one] {
      let found = RateDraw(setting: Setting(size: size, groups: groups, layout: layout), runs: runs).run()
      sheet.row(
        ["\(size)", "\(groups)", layout.rawValue], [(found.range, .range), (found.rangeRatio, .range)])
    }
  }
}

sheet.header(
  "Areas under the ROC curve, two groups",
  ["n a group", "area", "gap", "AUC", "AUC, score where none", "difference", "max − min"])
for size in sizes {
  for middle in [0.6, 0.75, 0.9] {
    for layout in [Setting.Layout.equal, .even] {
      let setting = Setting(size: size, groups: 2, layout: layout)
      let found = try AreaDraw(setting: setting, middle: middle, runs: max(1, runs / 4)).run()
      sheet.row(
        ["\(size)", "\(middle)", layout == .equal ? "0" : "0.1"],
        [
          (found.area, .single), (found.completed, .single), (found.difference, .single),
          (found.range, .range),
        ])
    }
  }
}

sheet.header("Areas under the ROC curve, several groups", ["n a group", "groups", "gap", "max − min"])
for size in sizes {
  for groups in [5, 10] {
    for layout in [Setting.Layout.equal, .even] {
      let setting = Setting(size: size, groups: groups, layout: layout)
      let found = try AreaDraw(setting: setting, middle: 0.75, runs: max(1, runs / 16)).run()
      sheet.row(["\(size)", "\(groups)", layout.rawValue], [(found.range, .range)])
    }
  }
}

sheet.header(
  "Functions of the confusion matrix",
  [
    "n a group", "groups", "gap of the true positive rate", "F1", "MCC", "balanced accuracy",
    "F1, group − all rows", "F1, max − min",
  ])
for size in sizes {
  for (groups, gap) in [(2, 0.0), (2, 0.1), (5, 0), (5, 0.1)] {
    let found = CompositeDraw(size: size, groups: groups, gap: gap, runs: max(1, runs / 10)).run()
    sheet.row(
      ["\(size)", "\(groups)", "\(gap)"],
      found.values.map { ($0, .single) } + [(found.overall, .single), (found.range, .range)])
  }
}
sheet.shared(sizes: sizes, runs: max(1, runs / 10))
sheet.distances(sizes: sizes, runs: max(1, runs / 10))
print(sheet.hasMiss ? "\nA value with a star misses its target." : "\nNo value misses its target.")
exit(sheet.hasMiss ? 1 : 0)
