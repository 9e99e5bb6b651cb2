import Fairness
import Foundation
import Results
import Slicing
import TestSupport
import Testing

@testable import Evaluator

/// Groups within the levels of controls, in every task. What is told of a stratum is what a run of its rows alone tells.
struct StratifiedTaskTests {
  /// A task, its columns and what a configuration says of them.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let header: String
    let rows: [String]
    let configure: @Sendable (inout Configuration) -> Void
    var testDescription: String { name }

    func evaluate(_ keep: (String) -> Bool = { _ in true }, controls: [String] = ["s"]) throws -> Evaluation {
      try MeasureRuns.evaluate([header] + rows.filter(keep)) {
        $0.slices = [SliceSpec(features: [.init(name: "g")])]
        $0.references = ["g": "m"]
        $0.measures.names = StratifiedTaskTests.everywhere.filter { name in
          !controls.isEmpty || !FairnessMeasure.all.contains { $0.id == name && $0.needs.controls }
        }
        $0.measures.controls = controls
        $0.gaps = []
        configure(&$0)
      }
    }
  }

  static let everywhere = [
    "difference_between_groups", "difference_to_overall", "ratio_between_groups", "ratio_to_overall",
    "group_min", "group_max", "difference_to_reference", "ratio_to_reference", "value_within_stratum",
    "mantel_haenszel_difference", "mantel_haenszel_ratio", "mantel_haenszel_odds_ratio",
    "standardized_difference", "odds_ratio_homogeneity", "difference_homogeneity",
  ]

  /// Group, stratum, weight, unit, then what `fields` says. Units lie within a stratum where `isApart`.
  private static func rows(
    _ seed: UInt64, _ count: Int = 240, isApart: Bool = false, unit: Int = 4,
    _ fields: (inout SplitMix, Double) -> String
  ) -> [String] {
    var random = SplitMix(seed: seed)
    return (0..<count).map { row in
      let stratum = isApart ? row / unit % 3 : Int(random.next() % 3)
      let group = ["f", "m", "m", "o"][Int(random.next() % 4)]
      let shift = Double(stratum) + (group == "f" ? 0.7 : 0)
      let weight = 1 + random.next() % 4
      return "\(group),\(["a", "b", "c"][stratum]),\(weight),u\(row / unit)," + fields(&random, shift)
    }
  }

  private static func number(_ random: inout SplitMix) -> Double { Double(random.next() % 1000) / 1000 }

  private static func regression(
    _ name: String, isApart: Bool, _ more: @escaping @Sendable (inout Configuration) -> Void
  ) -> Case {
    Case(
      name: name, header: "g,s,w,id,y,p",
      rows: rows(3, isApart: isApart) { random, shift in
        "\(3 + shift + number(&random)),\(3 + shift * 1.2 + number(&random))"
      }
    ) {
      ($0.label, $0.score, $0.task.kind) = ("y", "p", .regression)
      more(&$0)
    }
  }

  private static let classes = Case(
    name: "multiclass", header: "g,s,w,id,y,d",
    rows: rows(5) { random, shift in
      let label = Int(random.next() % 3)
      let decided = number(&random) < 0.6 - shift / 10 ? label : Int(random.next() % 3)
      return "\(["x", "y", "z"][label]),\(["x", "y", "z"][decided])"
    }
  ) {
    ($0.label, $0.decision, $0.task.kind, $0.weight) = ("y", "d", .multiclass, "w")
  }

  private static let labels = Case(
    name: "multilabel", header: "g,s,w,id,l_x,l_y,d_x,d_y",
    rows: rows(7) { random, shift in
      let (x, y) = (number(&random) < 0.5, number(&random) < 0.4)
      let (a, b) = (number(&random) < 0.8 - shift / 8 ? x : !x, number(&random) < 0.7 ? y : !y)
      return [x, y, a, b].map { $0 ? "1" : "0" }.joined(separator: ",")
    }
  ) {
    ($0.task.labelPrefix, $0.task.decisionPrefix, $0.task.kind, $0.unit) = ("l_", "d_", .multilabel, "id")
  }

  private static let lists = Case(
    name: "ranking", header: "g,s,w,id,y,p",
    rows: rows(9, isApart: true) { random, shift in "\(random.next() % 3),\(shift + number(&random) * 3)" }
  ) {
    ($0.label, $0.score, $0.task.query) = ("y", "p", "id")
    $0.task.cutoffs = [1, 2]
  }

  private static let binary = Case(
    name: "binary", header: "g,s,w,id,y,p",
    rows: rows(11, 400) { random, shift in
      let score = number(&random)
      return "\(number(&random) < score * 0.9 + shift / 30 ? 1 : 0),\(score)"
    }
  ) {
    ($0.label, $0.score) = ("y", "p")
    $0.metrics = [
      "selection_rate", "recall", "f1", "roc_auc", "log_loss", "cohens_kappa", "true_positive_rate@0.3",
    ]
  }

  static let cases = [
    regression("regression", isApart: false) { _ in },
    regression("weighted regression", isApart: false) { $0.weight = "w" },
    regression("regression by unit", isApart: false) { ($0.weight, $0.unit) = ("w", "id") },
    classes, labels, lists, binary,
  ]

  /// The oracle: the same run on the rows of one stratum, without a control.
  @Test(arguments: cases) func `A stratum is a run of its rows`(_ one: Case) throws {
    let whole = try one.evaluate()
    let within = try #require(whole.measures).results.filter { $0.stratum != nil }
    #expect(Set(within.compactMap(\.stratum)) == ["s=a", "s=b", "s=c"])
    for stratum in ["a", "b", "c"] {
      let alone = try one.evaluate({ $0.split(separator: ",")[1] == stratum }, controls: [])
      let expected = try #require(alone.measures).results
      // Of a binary run the usual rates are pooled, whatever is told of. A cut of all predictions is none of a level's.
      let told = Set(alone.metrics.map(\.id)).filter { !$0.hasPrefix("quantile_rate") }
      let found = within.filter { one in
        one.stratum == "s=\(stratum)" && one.measure != "value_within_stratum"
          && one.metric.map(told.contains) == true
      }
      #expect(found.count == expected.count { $0.metric.map(told.contains) == true } && !found.isEmpty)
      for own in found {
        let group = own.group.map { whole.slices.predicate[$0] }
        let other = try #require(
          expected.first {
            $0.measure == own.measure && $0.metric == own.metric
              && $0.group.map { alone.slices.predicate[$0] } == group
          }, "\(own.measure) \(own.metric ?? "")")
        Self.expect(own, other, "\(own.measure) of \(own.metric ?? "") in \(stratum)")
      }
      for own in within where own.stratum == "s=\(stratum)" && own.measure == "value_within_stratum" {
        guard own.metric.map(told.contains) == true else { continue }
        let slice = try #require(own.group.map { whole.slices.predicate[$0] })
        let place = try #require(alone.slices.predicate.firstIndex(of: slice))
        let metric = try #require(alone.metrics.firstIndex { $0.id == own.metric })
        let estimate = alone.estimates[metric][place]
        let (value, other) = (own.estimate.value ?? .nan, estimate.value ?? .nan)
        #expect(
          isClose(value, other, within: 1e-12) || value.isNaN && other.isNaN,
          "\(own.metric ?? "") of \(slice)")
        // Draws are keyed by the slice's name.
        guard alone.task != .binary else { continue }
        #expect(own.estimate.lower == estimate.lower, "\(own.metric ?? "") of \(slice)")
      }
    }
  }

  private static func expect(_ a: MeasureResult, _ b: MeasureResult, _ what: String) {
    #expect(a.estimate.status == b.estimate.status, "\(what): \(a.estimate) \(b.estimate)")
    func near(_ x: Double?, _ y: Double?, _ part: String, _ tolerance: Double = 1e-9) {
      guard let x, let y else {
        #expect(x == nil && y == nil, "\(what): \(part)")
        return
      }
      #expect(x == y || abs(x - y) <= tolerance * max(1, abs(x)), "\(what): \(part) \(x) \(y)")
    }
    near(a.estimate.value, b.estimate.value, "value")
    // Draws are keyed by the stratum's name; the engines' intervals of areas and losses differ in the last digits.
    guard !["f1", "cohens_kappa", "roc_auc", "log_loss"].contains(a.metric) else { return }
    near(a.estimate.lower, b.estimate.lower, "lower")
    near(a.estimate.upper, b.estimate.upper, "upper")
    near(a.pValue, b.pValue, "p")
  }

  // MARK: Taken together

  private struct Row {
    let group, stratum, unit: String
    let weight, error: Double
  }

  private static func errors(_ one: Case, isWeighted: Bool) -> [Row] {
    one.rows.map { line in
      let fields = line.split(separator: ",").map(String.init)
      return Row(
        group: fields[0], stratum: fields[1], unit: fields[3],
        weight: isWeighted ? Double(fields[2]) ?? 0 : 1,
        error: abs((Double(fields[5]) ?? 0) - (Double(fields[4]) ?? 0)))
    }
  }

  /// Mean absolute error of f − m in each stratum, pooled and standardised, with the error that units make: by hand.
  @Test(arguments: [0, 1, 2]) func `Pooled and standardised by hand`(_ place: Int) throws {
    let one = Self.cases[place]
    let evaluation = try one.evaluate()
    let rows = Self.errors(one, isWeighted: place > 0)
    var (mean, size) = ([String: Double](), [String: Double]())
    for key in Set(rows.map { $0.group + $0.stratum }) {
      let own = rows.filter { $0.group + $0.stratum == key }
      size[key] = own.reduce(0) { $0 + $1.weight }
      mean[key] = own.reduce(0) { $0 + $1.weight * $1.error } / (size[key] ?? 1)
    }
    let strata = ["a", "b", "c"]
    func sizes(_ s: String) -> (Double, Double) { (size["f" + s] ?? 0, size["m" + s] ?? 0) }
    func difference(_ s: String) -> Double { (mean["f" + s] ?? 0) - (mean["m" + s] ?? 0) }
    for (id, weight) in [
      ("mantel_haenszel_difference", { (n: Double, m: Double) in n * m / (n + m) }),
      ("standardized_difference", { (n: Double, m: Double) in n + m }),
    ] {
      let weights = strata.map { weight(sizes($0).0, sizes($0).1) }
      let total = weights.reduce(0, +)
      let value = zip(strata, weights).reduce(0) { $0 + $1.1 * difference($1.0) } / total
      let found = try evaluation.result(id, family: "g", group: "g=f", metric: "mean_absolute_error")
      #expect(isClose(found.estimate.value ?? .nan, value, within: 1e-10))
      // What each row adds, summed by unit; without units cells are independent, each with its n/(n − 1).
      var sums: [String: Double] = [:]
      var variance = 0.0
      for (s, w) in zip(strata, weights) {
        for group in ["f", "m"] {
          let own = rows.filter { $0.group == group && $0.stratum == s }
          let parts = own.map {
            w / total * $0.weight * ($0.error - (mean[group + s] ?? 0)) / (size[group + s] ?? 1)
          }
          let n = Double(own.count)
          variance += parts.reduce(0) { $0 + $1 * $1 } * n / (n - 1)
          for (row, part) in zip(own, parts) { sums[row.unit, default: 0] += group == "f" ? part : -part }
        }
      }
      if place == 2 {
        let n = Double(sums.count)
        variance = sums.values.reduce(0) { $0 + $1 * $1 } * n / (n - 1)
      }
      let p = erfc(abs(value) / variance.squareRoot() / 2.0.squareRoot())
      #expect(isClose(found.pValue ?? .nan, p, within: 1e-8))
      #expect(found.estimate.status == .ok && found.detail == "3 of 3 levels of s")
    }
    let ratio = try evaluation.result(
      "mantel_haenszel_ratio", family: "g", group: "g=f", metric: "mean_absolute_error")
    let shares = strata.map { sizes($0).0 * sizes($0).1 / (sizes($0).0 + sizes($0).1) }
    let top = zip(strata, shares).reduce(0) { $0 + $1.1 * (mean["f" + $1.0] ?? 0) }
    let bottom = zip(strata, shares).reduce(0) { $0 + $1.1 * (mean["m" + $1.0] ?? 0) }
    #expect(isClose(ratio.estimate.value ?? .nan, top / bottom, within: 1e-10))
    #expect((ratio.estimate.lower ?? .nan) < top / bottom && (ratio.estimate.upper ?? .nan) > top / bottom)
    let homogeneity = try evaluation.result(
      "difference_homogeneity", family: "g", group: "g=f", metric: "mean_absolute_error")
    #expect((0...1).contains(homogeneity.pValue ?? -1))
    #expect(homogeneity.test?.hasPrefix(place == 2 ? "Hotelling" : "Welch") == true)
  }

  /// Two classes counted as a binary task, and as one of several classes: the same pooled numbers.
  @Test func `Two classes are a binary task`() throws {
    let rows = Self.rows(13) { random, shift in
      "\(random.next() % 2),\(Self.number(&random) < 0.3 + shift / 6 ? 1 : 0)"
    }
    func evaluate(_ kind: TaskKind) throws -> Evaluation {
      try MeasureRuns.evaluate(["g,s,w,id,y,d"] + rows) {
        ($0.label, $0.decision, $0.task.kind) = ("y", "d", kind)
        $0.slices = [SliceSpec(features: [.init(name: "g")])]
        $0.references = ["g": "m"]
        $0.measures.names = Self.everywhere
        $0.measures.controls = ["s"]
      }
    }
    let (binary, several) = (try evaluate(.binary), try evaluate(.multiclass))
    for measure in Self.everywhere {
      for (own, other) in [("selection_rate", "selection_rate[1]"), ("precision", "precision[1]")] {
        let (first, second) = (binary.results(measure), several.results(measure))
        let (a, b) = (first.filter { $0.metric == own }, second.filter { $0.metric == other })
        #expect(a.count == b.count && !a.isEmpty, "\(measure)")
        for one in a {
          let two = try #require(b.first { $0.stratum == one.stratum && $0.group == one.group })
          Self.expect(one, two, "\(measure) \(one.stratum ?? "")")
        }
      }
    }
  }

  // MARK: Edges

  @Test func `A control of one level pools nothing`() throws {
    let one = Self.cases[0]
    let constant = Case(
      name: "", header: one.header + ",k", rows: one.rows.map { $0 + ",same" }, configure: one.configure)
    let evaluation = try constant.evaluate(controls: ["k"])
    for id in ["mantel_haenszel_difference", "standardized_difference"] {
      let pooled = try evaluation.result(id, family: "g", group: "g=f", metric: "mean_prediction")
      let plain = try evaluation.result(
        "difference_to_reference", family: "g", group: "g=f", metric: "mean_prediction")
      #expect(isClose(pooled.estimate.value ?? .nan, plain.estimate.value ?? 0, within: 1e-12))
      #expect(isClose(pooled.estimate.lower ?? .nan, plain.estimate.lower ?? 0, within: 1e-12))
    }
    let homogeneity = try evaluation.result(
      "difference_homogeneity", family: "g", group: "g=f", metric: "mean_prediction")
    #expect(homogeneity.estimate.reason == "fewer than two strata have both groups")
  }

  /// A group without rows in a stratum, and a crossing without any rows.
  @Test func `Empty strata say nothing and are named`() throws {
    let one = Self.cases[0]
    let rows = one.rows.filter { !$0.hasPrefix("f,a,") }.map { row in
      row + (row.split(separator: ",")[1] == "b" ? ",x" : ",y")
    }
    let thinned = Case(name: "", header: one.header + ",t", rows: rows, configure: one.configure)
    let evaluation = try thinned.evaluate()
    let pooled = try evaluation.result(
      "mantel_haenszel_difference", family: "g", group: "g=f", metric: "mean_prediction")
    #expect(pooled.detail == "2 of 3 levels of s; without s=a")
    let missing = try evaluation.result(
      "value_within_stratum", family: "g", group: "g=f", metric: "mean_prediction", stratum: "s=a")
    #expect(missing.estimate.value == nil && missing.estimate.reason == "no rows")
    let crossed = try thinned.evaluate(controls: ["s*t"])
    let strata = Set(crossed.measures?.results.compactMap(\.stratum) ?? [])
    #expect(strata == ["s=a & t=y", "s=b & t=x", "s=c & t=y"])
  }

  /// What is compared within strata is not compared within itself; a query may span strata.
  @Test func `Queries that span strata`() throws {
    let lists = Case(
      name: "", header: "g,s,w,id,y,p",
      rows: Self.rows(15, 600, unit: 20) { random, shift in
        "\(random.next() % 3),\(shift + Self.number(&random) * 3)"
      }
    ) {
      ($0.label, $0.score, $0.task.query) = ("y", "p", "id")
      $0.metrics = ["mean_exposure", "ndcg@5", "precision@5"]
      $0.slices = [
        SliceSpec(features: [.init(name: "g")]), SliceSpec(features: [.init(name: "g"), .init(name: "s")]),
      ]
    }
    let evaluation = try lists.evaluate()
    // Within a stratum a list is that of the group's rows there, as in any slice.
    for metric in evaluation.metrics {
      let own = try evaluation.result(
        "value_within_stratum", family: "g", group: "g=f", metric: metric.id, stratum: "s=b")
      let slice = try #require(evaluation.slices.predicate.firstIndex(of: "g=f & s=b"))
      let place = try #require(evaluation.metrics.firstIndex { $0.id == metric.id })
      #expect(own.estimate.value == evaluation.estimates[place][slice].value)
      let pooled = try evaluation.result(
        "mantel_haenszel_difference", family: "g", group: "g=f", metric: metric.id)
      #expect(pooled.estimate.status == .ok, "\(metric.id): \(pooled.estimate.reason ?? "")")
      #expect(pooled.interval == "MOVER over strata, with units that span them")
      let homogeneity = try evaluation.result(
        "difference_homogeneity", family: "g", group: "g=f", metric: metric.id)
      #expect(homogeneity.test?.hasPrefix("Hotelling") == true, "\(metric.id)")
    }
    #expect(evaluation.measures?.results.contains { $0.stratum != nil && $0.family == 2 } == false)
  }

  @Test func `Too many cells`() throws {
    let rows = (0..<700).map { "k\($0 % 350),\($0 % 300),\($0 % 7),\($0 % 5)" }
    let failure = #expect(throws: Failure.self) {
      try MeasureRuns.evaluate(["g,s,y,p"] + rows) {
        ($0.label, $0.score, $0.task.kind) = ("y", "p", .regression)
        $0.slices = [SliceSpec(features: [.init(name: "g")])]
        $0.measures.names = ["group_max"]
        $0.measures.controls = ["s:values"]
      }
    }
    #expect(failure?.message.contains("cells") == true, "\(failure?.message ?? "")")
  }
}
