import Charts
import Foundation
import TestSupport

/// One example of every kind of chart: what a report of a census data set would show.
enum Gallery {
  static let charts: [(String, any Chart, Double)] = [
    ("dots", dots, 760), ("panels", panels, 1000), ("dots-narrow", dots, 420), ("forest", forest, 1000),
    ("forest-narrow", forest, 560), ("roc", roc(4), 640), ("roc-many", roc(7), 900),
    ("pr", precisionRecall, 640),
    ("calibration", calibration, 1000), ("scores", scores(.cumulative), 1000),
    ("scores-mirrored", scores(.mirrored), 1000), ("heat", heat(.diverging(around: 0.7)), 720),
    ("heat-sequential", heat(.sequential()), 420), ("confusion", confusion, 1000),
    ("bullets", bullets, 1120), ("bullets-narrow", bullets, 420),
  ]

  static let groups: [(name: String, n: String, value: Double, lower: Double, upper: Double)] = [
    ("Overall", "24,420", 0.712, 0.705, 0.719), ("White", "18,034", 0.731, 0.722, 0.740),
    ("Black", "3,420", 0.648, 0.601, 0.693), ("Asian-Pac-Islander", "742", 0.702, 0.640, 0.757),
    ("Amer-Indian-Eskimo", "34", 0.588, 0.422, 0.736), ("Other", "0", .nan, 0, 0),
    ("A group whose name is far too long to be printed on one line or even on two", "120", 0.66, 0.57, 0.74),
  ]

  static func reading(_ index: Int, _ shift: Double = 0) -> Reading {
    let group = groups[index]
    if group.value.isNaN { return .absent("no positives") }
    return Reading(group.value + shift, group.lower + shift, group.upper + shift, isUnstable: group.n == "34")
  }

  static let dots = DotPlot(
    title: "True positive rate by race", summary: "Lowest for Amer-Indian-Eskimo: 0.588, from 34 positives.",
    panels: [.init("True positive rate", reference: ReferenceLine(0.712, "overall"))],
    rows: groups.indices.map {
      .init(groups[$0].name, note: groups[$0].n, readings: [reading($0)], isReference: $0 == 0)
    },
    noteHeading: "n⁺")

  static let panels = DotPlot(
    title: "Rates by race", summary: "",
    panels: [
      .init("True positive rate", reference: ReferenceLine(0.712, "overall")),
      .init(
        "False positive rate", axis: AxisSpec(limits: 0...1, format: .percent),
        reference: ReferenceLine(0.112, "overall")),
      .init("Precision with a longer name"), .init("Accuracy"),
    ],
    rows: groups.indices.map { index in
      .init(
        groups[index].name, note: groups[index].n,
        readings: [0, -0.5, 0.1, -0.05].map { reading(index, $0) },
        isReference: index == 0)
    })

  static let forest = Forest(
    title: "True positive rate against White", summary: "Black is 0.083 below White.",
    panels: [
      .init(
        "Difference of TPR", .difference, tolerated: -0.05...0.05, toleratedLabel: "tolerated ±0.05",
        lessLabel: "lower", moreLabel: "higher"),
      .init("Ratio of TPR", .ratio, tolerated: 0.8...1.25, toleratedLabel: "0.8 to 1.25"),
    ],
    rows: [
      .init(
        "White", note: "18,034", weight: 18034, readings: [Reading(nil), Reading(nil)], isReference: true),
      .init(
        "Black", note: "3,420", weight: 3420,
        readings: [Reading(-0.083, -0.13, -0.036), Reading(0.886, 0.82, 0.95)]),
      .init(
        "Asian-Pac-Islander", note: "742", weight: 742,
        readings: [Reading(-0.029, -0.092, 0.028), Reading(0.96, 0.87, 1.04)]),
      .init(
        "Amer-Indian-Eskimo", note: "34", weight: 34,
        readings: [
          Reading(-0.143, -0.31, 0.6, isUnstable: true), Reading(0.80, 0.2, .infinity, isUnstable: true),
        ]),
      .init("Other", note: "0", weight: 0, readings: [.absent("no positives"), .absent("no positives")]),
      .init(
        "Zero", note: "9", weight: 9,
        readings: [Reading(0.05, -0.2, 0.3), Reading(.infinity, 0.4, .infinity)]),
    ], noteHeading: "n⁺")

  static func curve(_ power: Double, _ seed: UInt64, count: Int = 60) -> [Point] {
    var random = SplitMix(seed: seed)
    var points = [Point(0, 0)]
    for index in 1..<count {
      let x = Double(index) / Double(count)
      let noise = Double.random(in: -0.01...0.01, using: &random)
      points.append(Point(x, max(points.last?.y ?? 0, min(1, pow(x, power) + noise))))
    }
    return points + [Point(1, 1)]
  }

  static func roc(_ count: Int) -> CurvePlot {
    CurvePlot(
      .roc, title: "ROC by race", summary: "Ranking is worst for Amer-Indian-Eskimo.",
      series: (0..<count).map { index in
        let power = 0.18 + 0.06 * Double(index)
        return .init(
          groups[index].name,
          detail: index == 5 ? "" : "AUC \(NumberText.interval(1 / (1 + power), 0.71, 0.88))",
          points: index == 5 ? [] : curve(power, UInt64(index)),
          operating: .init(
            x: Reading(0.1, 0.08, 0.13),
            y: Reading(pow(0.1, power), pow(0.1, power) - 0.05, pow(0.1, power) + 0.04)),
          isUnstable: index == 4, isReference: index == 0)
      }, operatingLegend: "threshold 0.5, 95% intervals")
  }

  static let precisionRecall = CurvePlot(
    .precisionRecall, title: "Precision and recall by sex", summary: "",
    series: [("Female", 0.11, 0.8), ("Male", 0.31, 0.9)].map { name, prevalence, top in
      .init(
        name, detail: "AP 0.71 [0.69, 0.73]",
        points: (1...40).map { Point(Double($0) / 40, top - (top - prevalence) * pow(Double($0) / 40, 2.5)) },
        operating: .init(
          x: Reading(0.5, 0.45, 0.55), y: Reading(top - (top - prevalence) * pow(0.5, 2.5), 0.6, 0.8)),
        prevalence: prevalence)
    }, operatingLegend: "threshold 0.5")

  static let calibration = CalibrationPlot(
    title: "Calibration by race", summary: "",
    groups: (0..<5).map { index in
      .init(
        groups[index].name, note: "n \(groups[index].n), ECE 0.031",
        bins: (0..<10).map { bin in
          let middle = (Double(bin) + 0.5) / 10
          let observed = min(1, max(0, pow(middle, 1 + 0.15 * Double(index))))
          let half = 0.02 + 0.02 * Double(index)
          return .init(
            predicted: middle,
            observed: Reading(
              observed, max(0, observed - half), min(1, observed + half), isUnstable: index == 4 && bin > 6),
            count: 1000 * exp(-Double(bin) / 3), range: Double(bin) / 10...Double(bin + 1) / 10)
        })
    })

  static func scores(_ style: ScoreDistribution.Form) -> ScoreDistribution {
    ScoreDistribution(
      style, title: "Scores by race and label", summary: "", edges: (0...20).map { Double($0) / 20 },
      outcomes: [">50K", "<=50K"],
      groups: (0..<3).map { index in
        .init(
          groups[index].name, note: "24.1% at or above the threshold",
          counts: [
            (0..<20).map { pow(Double($0) + 1, 1 + 0.3 * Double(index)) },
            (0..<20).map { 900 * exp(-Double($0) / 3) },
          ])
      }, threshold: ReferenceLine(0.5, "threshold"))
  }

  static func heat(_ ramp: HeatGrid.Ramp) -> HeatGrid {
    HeatGrid(
      title: "True positive rate by race and sex", summary: "", rowLabels: groups.map(\.name),
      columnLabels: ["Female", "Male", "(missing)", "All"], rowHeading: "race", columnHeading: "sex",
      cells: groups.indices.map { row in
        (0..<4).map { column in
          if row == 5 { return column == 2 ? nil : .init(.absent("no positives"), note: "n 0") }
          return .init(reading(row, Double(column) * 0.06 - 0.1), note: "n \(groups[row].n)")
        }
      }, ramp: ramp)
  }

  static let confusion = ConfusionGrid(
    title: "Confusion by race", summary: "",
    groups: [
      .init(
        "White", note: "n 18,034", truePositives: 3120, falseNegatives: 1204, falsePositives: 890,
        trueNegatives: 12820),
      .init(
        "Black", note: "n 3,420", truePositives: 220, falseNegatives: 120, falsePositives: 99,
        trueNegatives: 2981),
      .init(
        "Amer-Indian-Eskimo", note: "n 34", truePositives: 0, falseNegatives: 0, falsePositives: 4,
        trueNegatives: 30),
    ], rowLabels: [">50K", "<=50K"], columnLabels: ["predicted >50K", "predicted <=50K"])

  static let bullets = BulletStrip(
    title: "Checks against their bounds", summary: "four-fifths fails: 0.624, bound at least 0.8.",
    rows: [
      .init(
        "four-fifths", detail: "Black against White", status: .fail, statusText: "FAIL", minimum: 0.8,
        boundText: "≥ 0.8", kind: .log, reading: Reading(0.624, 0.558, 0.69),
        valueText: "0.624 [0.558, 0.690]", reference: 1, domain: 0...Double.infinity),
      .init(
        "tpr-gap", detail: groups[6].name, status: .inconclusive, statusText: "INCONCLUSIVE", maximum: 0.05,
        boundText: "≤ 0.05", reading: Reading(0.06, 0.01, 0.6, isUnstable: true),
        valueText: "0.060 [0.010, 0.600]", reference: 0, domain: 0...Double.infinity),
      .init(
        "balance", detail: "Female", status: .pass, statusText: "PASS", minimum: 0.8, maximum: 1.25,
        boundText: "0.8 to 1.25", kind: .log, reading: Reading(1.02, 1.0, 1.04),
        valueText: "1.020 [1.000, 1.040]", reference: 1),
      .init(
        "waived", status: .waived, statusText: "WAIVED", maximum: 0.01, boundText: "≤ 0.01",
        reading: Reading(0.02, 0.015, 0.025), valueText: "0.020 [0.015, 0.025]", reference: 0),
      .init(
        "ghost", status: .inconclusive, statusText: "INCONCLUSIVE", minimum: 0.5, boundText: "≥ 0.5",
        reading: .absent("no positives"), valueText: "— no positives"),
    ])
}
