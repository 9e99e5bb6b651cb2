import Glibc
import Results
import TestSupport

extension EvaluationFixture {
  /// The evaluation: `overall`, then the families.
  func make() -> Evaluation {
    let all = families.flatMap(\.groups)
    let first = families.first?.groups ?? []
    let whole = first.reduce(0) { $0 + $1.rows }
    let overall = Group(
      predicate: "overall", label: "Overall", rows: families.isEmpty ? 4000 : whole, prevalence: 0.24,
      skill: 0.6)
    let groups = [overall] + all
    let cells = groups.map(Self.cells)
    var families = [SliceFamily(features: [], name: "", first: 0, count: 1, reference: nil)]
    var start = 1
    for family in self.families {
      families.append(
        SliceFamily(
          features: family.features, name: family.name, first: start, count: family.groups.count,
          reference: family.reference.map { start + $0 }))
      start += family.groups.count
    }
    var familyOf = [0]
    for (index, family) in families.enumerated().dropFirst() {
      familyOf += [Int](repeating: index, count: family.count)
    }
    let estimates = metrics.map { entry in EstimateColumns(cells.map { estimate(entry.id, $0) }) }
    var evaluation = Evaluation(
      producer: Producer(name: "fairslice", version: "0.1.0"), title: title, task: .binary, level: 0.95,
      seed: 42,
      bootstrapReplicates: 1000,
      roles: Roles(
        label: "income", positive: ">50K", score: "score", scoreIsProbability: true, decision: nil,
        threshold: 0.5,
        thresholdIsStrict: false, weight: nil, unit: nil, baseline: nil),
      inputs: [
        InputRecord(
          name: "adult.csv", format: "CSV", sha256: String(repeating: "a1b2c3d4", count: 8), bytes: 1_234_567,
          rowsRead: overall.rows + rejections.count, rowsRejected: rejections.count)
      ],
      rejections: rejections, configuration: "{\n  \"label\": \"income\",\n  \"seed\": 42\n}", notes: notes,
      metrics: metrics, families: families,
      slices: SliceColumns(
        predicate: groups.map(\.predicate), label: groups.map(\.label), family: familyOf,
        rows: cells.map(\.rows),
        weight: cells.map { Double($0.rows) }, truePositives: cells.map(\.tp),
        falsePositives: cells.map(\.fp),
        falseNegatives: cells.map(\.fn), trueNegatives: cells.map(\.tn), baselineCells: [], cellWeights: [],
        cellSquaredWeights: [], covarianceWithOverall: [:]),
      estimates: estimates, gaps: [], curves: Self.curves(cells), calibration: Self.calibration(cells))
    evaluation.gaps = families.indices.dropFirst().flatMap { gaps(of: $0, in: evaluation) }
    return evaluation
  }

  private static func curves(_ cells: [Cells]) -> ThresholdCurves {
    var curves = ThresholdCurves(thresholds: thresholds, offsets: [0], bin: [], positives: [], negatives: [])
    for cell in cells {
      for bin in cell.positives.indices where cell.positives[bin] + cell.negatives[bin] > 0 {
        curves.bin.append(bin)
        curves.positives.append(Double(cell.positives[bin]))
        curves.negatives.append(Double(cell.negatives[bin]))
      }
      curves.offsets.append(curves.bin.count)
    }
    return curves
  }

  private static func calibration(_ cells: [Cells]) -> CalibrationColumns {
    var columns = CalibrationColumns(
      binCount: 10, rows: [], weight: [], scoreSum: [], positiveSum: [], expectedECE: [], expectedECE95: [])
    for cell in cells {
      for bin in 0..<10 {
        let range = (bin * 20)..<(bin == 9 ? 201 : bin * 20 + 20)
        let rows = range.map { cell.positives[$0] + cell.negatives[$0] }
        columns.rows.append(rows.reduce(0, +))
        columns.weight.append(Double(rows.reduce(0, +)))
        columns.scoreSum.append(zip(range, rows).reduce(0) { $0 + (Double($1.0) + 0.5) / 201 * Double($1.1) })
        columns.positiveSum.append(range.reduce(0) { $0 + Double(cell.positives[$1]) })
      }
      columns.expectedECE.append(cell.rows == 0 ? .nan : 0.25 / Double(cell.rows).squareRoot())
      columns.expectedECE95.append(cell.rows == 0 ? .nan : 0.45 / Double(cell.rows).squareRoot())
    }
    return columns
  }

  private static let gapMetrics = [
    ("demographic_parity", "selection_rate"), ("equal_opportunity", "true_positive_rate"),
    ("equalized_odds", "true_positive_rate"), ("predictive_parity", "precision"),
    ("false_positive_rate", "false_positive_rate"), ("false_negative_rate", "false_negative_rate"),
    ("accuracy", "accuracy"), ("roc_auc", "roc_auc"),
  ]

  private func gaps(of family: Int, in evaluation: Evaluation) -> [Gap] {
    let spec = evaluation.families[family]
    return Self.gapMetrics.flatMap { id, component -> [Gap] in
      let known = spec.slices.filter { evaluation.estimate(component, slice: $0)?.value != nil }
      let excluded = spec.slices.filter { !known.contains($0) }.map { slice in
        Gap.Exclusion(
          group: evaluation.slices.label[slice],
          reason: evaluation.estimate(component, slice: slice)?.reason ?? "not defined")
      }
      let ordered = known.sorted {
        (evaluation.estimate(component, slice: $0)?.value ?? 0)
          > (evaluation.estimate(component, slice: $1)?.value ?? 0)
      }
      var gaps: [Gap] = []
      let pair = ordered.count > 1 ? (ordered.first, ordered.last) : (nil, nil)
      for kind in [Gap.Kind.difference, .ratio] {
        gaps.append(
          gap(
            family, id, component, kind, .betweenGroups, kind == .difference ? pair.0 : pair.1,
            kind == .difference ? pair.1 : pair.0, excluded, evaluation))
        for slice in spec.slices where slice != spec.reference {
          gaps.append(
            gap(
              family, id, component, kind, spec.reference == nil ? .toOverall : .toReference, slice,
              spec.reference ?? 0, [], evaluation))
        }
      }
      return gaps
    }
  }

  private func gap(
    _ family: Int, _ id: String, _ component: String, _ kind: Gap.Kind, _ comparison: Gap.Comparison,
    _ group: Int?,
    _ reference: Int?, _ excluded: [Gap.Exclusion], _ evaluation: Evaluation
  ) -> Gap {
    var estimate = Estimate(
      value: nil, denominator: 0, weight: 0, effectiveCount: 0, status: .undefined,
      reason: "fewer than two groups")
    var p: Double?
    if let group, let reference, let a = evaluation.estimate(component, slice: group),
      let b = evaluation.estimate(component, slice: reference)
    {
      (estimate, p) = Self.compare(a, b, kind)
    }
    let isBetween = comparison == .betweenGroups
    return Gap(
      family: family, metric: id, component: component, kind: kind, comparison: comparison,
      group: isBetween && kind == .ratio ? reference : group,
      reference: isBetween && kind == .ratio ? group : reference,
      estimate: estimate, pValue: p, test: "score test", interval: "Newcombe hybrid score", excluded: excluded
    )
  }

  private static func compare(_ a: Estimate, _ b: Estimate, _ kind: Gap.Kind) -> (Estimate, Double?) {
    var result = Estimate(
      value: nil, denominator: a.denominator, weight: a.weight, effectiveCount: a.effectiveCount,
      status: .undefined,
      reason: a.value == nil ? a.reason : b.reason)
    guard let x = a.value, let y = b.value, let xl = a.lower, let xu = a.upper, let yl = b.lower,
      let yu = b.upper
    else { return (result, nil) }
    result.status = .ok
    result.reason = nil
    if kind == .difference {
      result.value = x - y
      result.lower = x - y - ((x - xl) * (x - xl) + (yu - y) * (yu - y)).squareRoot()
      result.upper = x - y + ((xu - x) * (xu - x) + (y - yl) * (y - yl)).squareRoot()
    } else {
      result.value = y == 0 ? (x == 0 ? nil : .infinity) : x / y
      result.lower = xl / max(yu, 1e-9)
      result.upper = yl <= 0 ? .infinity : xu / yl
      if x == 0, y == 0 {
        result.status = .undefined
        result.reason = "0/0"
      }
    }
    let z = abs(x - y) / max(1e-9, ((a.standardError ?? 0.02) + (b.standardError ?? 0.02)))
    return (result, erfc(z / 2.0.squareRoot()))
  }

  // MARK: Examples

  /// A plausible run: two attributes, bins, a cross with an empty and a tiny cell, a missing group.
  static var adult: EvaluationFixture {
    var fixture = EvaluationFixture()
    fixture.notes = ["7 of 52 slices have fewer than 30 rows."]
    fixture.rejections = Rejections(
      count: 3,
      listed: [
        .init(line: 117, column: "score", text: "n/a!", reason: "no number"),
        .init(line: 2041, column: "score", text: "1.7", reason: "outside [0, 1]"),
        .init(line: 9120, column: "income", text: "<b>50K", reason: "not one of the two labels"),
      ])
    let sexes: [(String, Int, Double, Double)] = [("Female", 5421, 0.11, 0.62), ("Male", 10860, 0.30, 0.55)]
    let races: [(String, Int, Double, Double)] = [
      ("Amer-Indian-Eskimo", 159, 0.12, 0.5), ("Asian-Pac-Islander", 480, 0.27, 0.52),
      ("Black", 1561, 0.12, 0.66),
      ("Other", 135, 0.19, 0.4), ("White", 13927, 0.25, 0.56), ("(missing)", 19, 0, 0.1),
    ]
    let ages: [(String, Int, Double, Double)] = [
      ("< 25", 2700, 0.01, 0.9), ("[25, 35)", 4300, 0.17, 0.6), ("[35, 45)", 4000, 0.33, 0.55),
      ("[45, 55)", 2900, 0.38, 0.5), ("[55, 65)", 1600, 0.3, 0.45), ("≥ 65", 781, 0.2, 0.3),
    ]
    fixture.families = [
      simple("sex", sexes, reference: 1), simple("race", races, reference: 4),
      simple("age", ages, reference: nil),
      cross("sex", sexes, "race", races), cross("sex", sexes, "age", ages),
    ]
    return fixture
  }

  static func simple(_ feature: String, _ values: [(String, Int, Double, Double)], reference: Int?) -> Family
  {
    Family(
      features: [feature], name: feature,
      groups: values.map {
        Group(predicate: "\(feature)=\($0.0)", label: $0.0, rows: $0.1, prevalence: $0.2, skill: $0.3)
      }, reference: reference)
  }

  static func cross(
    _ a: String, _ left: [(String, Int, Double, Double)], _ b: String,
    _ right: [(String, Int, Double, Double)]
  ) -> Family {
    let whole = left.reduce(0) { $0 + $1.1 }
    var groups: [Group] = []
    for one in left {
      for other in right {
        let isEmpty = one.0 == "Female" && other.0 == "(missing)"
        groups.append(
          Group(
            predicate: "\(a)=\(one.0) & \(b)=\(other.0)", label: "\(one.0) & \(other.0)",
            rows: isEmpty ? 0 : max(3, one.1 * other.1 / whole), prevalence: (one.2 + other.2) / 2,
            skill: (one.3 + other.3) / 2))
      }
    }
    return Family(features: [a, b], name: "\(a)*\(b)", groups: groups, reference: nil)
  }

  /// Ten thousand slices of 20 metrics, nearly all in one cross.
  static var large: EvaluationFixture {
    var fixture = EvaluationFixture()
    var random = SplitMix(seed: 7)
    func values(_ name: String, _ count: Int) -> [(String, Int, Double, Double)] {
      (0..<count).map { index in
        let share = Double(random.next() % 1000) / 1000
        return ("\(name)\(index)", 60 + Int(random.next() % 4000), 0.1 + share * 0.4, 0.2 + share * 0.6)
      }
    }
    let regions = values("R", 100)
    let jobs = values("J", 99)
    fixture.families = [
      simple("region", regions, reference: nil), cross("region", regions, "job", jobs),
    ]
    return fixture
  }
}
