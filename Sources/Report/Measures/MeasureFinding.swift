import Charts
import Glibc
import Results

/// A value of a measure, read against its fair value.
struct MeasureFinding {
  let result: MeasureResult
  let entry: MeasureEntry
  /// Its place among the results.
  let place: Int

  /// Ratios are read on the logarithmic scale: a half is as far from 1 as a double.
  var isRatio: Bool {
    guard entry.fair == 1 else { return false }
    let estimate = result.estimate
    return [estimate.value, estimate.lower, estimate.upper].allSatisfy { ($0 ?? 1) >= 0 }
  }

  /// Whether its interval lies on one side of the fair value.
  var isSure: Bool { fair.map { Wording.excludes($0, result.estimate) } ?? false }

  private var fair: Double? { entry.fair.flatMap { $0.isFinite ? $0 : nil } }

  /// Whether it has both a fair value and an interval, and so could be sure.
  var isJudged: Bool {
    fair != nil && result.estimate.status == .ok && result.estimate.lower != nil
      && result.estimate.upper != nil
  }

  /// How many times the half of its interval that points to the fair value fits between that and the value: above 1
  /// where the interval excludes it, whatever the measure's unit.
  var clarity: Double {
    guard isSure, let fair, let value = result.estimate.value,
      let lower = result.estimate.lower, let upper = result.estimate.upper
    else { return 0 }
    let far = abs(scaled(value) - scaled(fair))
    let half = abs(scaled(value) - scaled(value > fair ? lower : upper))
    let ratio = far / half
    return ratio.isNaN ? .infinity : ratio
  }

  private func scaled(_ value: Double) -> Double { isRatio ? log(value) : value }

  /// What is drawn.
  func reading(isLogarithmic: Bool) -> Reading {
    func scaled(_ value: Double) -> Double { isLogarithmic ? log(value) : value }
    let estimate = result.estimate
    return Reading(
      estimate.value.map(scaled), estimate.lower.map(scaled), estimate.upper.map(scaled),
      isUnstable: isSmall)
  }

  /// Where nothing was counted, nothing is known to be few.
  var isSmall: Bool {
    let count = result.estimate.denominator
    return count > 0 && count < Wording.smallCount
  }
}

/// The measures of an evaluation in brief: how many there are, and the clearest.
struct MeasureSummary {
  let findings: [MeasureFinding]

  /// nil where no measures were asked for.
  init?(_ evaluation: Evaluation) {
    guard let table = evaluation.measures else { return nil }
    let entries = Dictionary(table.entries.map { ($0.id, $0) }) { first, _ in first }
    findings = table.results.enumerated().compactMap { place, result in
      entries[result.measure].map { MeasureFinding(result: result, entry: $0, place: place) }
    }
  }

  /// `132 values of 24 measures`.
  var counts: String {
    let measures = Set(findings.map(\.result.measure)).count
    return
      "\(Wording.plural(findings.count, "value", "values")) of \(Wording.plural(measures, "measure", "measures"))"
  }

  /// What the intervals say, in a sentence.
  var sentence: String {
    let judged = findings.filter(\.isJudged)
    let missing = findings.count { $0.result.estimate.value == nil }
    var text = "None of these values has both a fair value and an interval."
    if !judged.isEmpty {
      let sure = judged.count(where: \.isSure)
      text =
        "Of \(Wording.plural(judged.count, "value", "values")) with an interval and a fair value, "
        + "\(sure == 0 ? "none" : Wording.count(sure)) \(sure == 1 ? "has an interval that excludes" : "have intervals that exclude") it."
    }
    if missing > 0 {
      text += " \(Wording.plural(missing, "value is", "values are")) missing, each with its reason."
    }
    return text
  }

  /// The clearest values, at most one of each measure; of single rows' inequality, which is never 0, none, and none of one
  /// stratum, of which there are many with few rows.
  func clearest(_ count: Int) -> [MeasureFinding] {
    var seen: Set<String> = []
    let ordered = findings.filter {
      $0.isSure && $0.entry.family != "individual" && $0.result.stratum == nil
    }
    .map { (finding: $0, clarity: $0.clarity) }
    .sorted {
      $0.clarity != $1.clarity ? $0.clarity > $1.clarity : $0.finding.place < $1.finding.place
    }
    let distinct = ordered.map(\.finding).filter { seen.insert($0.result.measure).inserted }
    return Array(distinct.prefix(count))
  }
}
