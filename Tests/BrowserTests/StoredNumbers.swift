import Foundation
import Results

/// The numbers that tables may show: those of `evaluation.json`, and those that follow from two or three of them.
struct StoredNumbers {
  private var stored: Set<Double> = []
  /// In units of 10⁻¹¹: text brings a number back within its last digits only.
  private var derived: Set<Int> = []
  /// Of a million and more, in units of 10⁻⁴.
  private var large: Set<Int> = []

  init(_ evaluation: Evaluation, json: Data) throws {
    collect(try JSONSerialization.jsonObject(with: json))
    deriveMeans(evaluation)
    deriveChanges(evaluation)
    deriveDetails(evaluation)
    for family in evaluation.families where family.features.count == 1 {
      deriveGaps(evaluation, Array(family.slices))
    }
  }

  func contains(_ number: Double) -> Bool {
    if abs(number) >= 1e6 {
      let units = Int((number * 1e4).rounded())
      return stored.contains(number) || [units - 1, units, units + 1].contains { large.contains($0) }
    }
    let units = Self.units(number)
    return stored.contains(number) || [units - 1, units, units + 1].contains { derived.contains($0) }
  }

  private static func units(_ number: Double) -> Int { Int((number * 1e11).rounded()) }

  private mutating func collect(_ value: Any) {
    switch value {
    case let list as [Any]: for one in list { collect(one) }
    case let object as [String: Any]: for one in object.values { collect(one) }
    case let number as NSNumber: stored.insert(number.doubleValue)
    default: break
    }
  }

  private mutating func derive(_ number: Double) {
    if abs(number) < 1e6 {
      derived.insert(Self.units(number))
    } else if abs(number) < 1e12 {
      large.insert(Int((number * 1e4).rounded()))
    }
  }

  /// Means of calibration bins.
  private mutating func deriveMeans(_ evaluation: Evaluation) {
    guard let bins = evaluation.calibration else { return }
    for (sum, weight) in zip(bins.scoreSum + bins.positiveSum, bins.weight + bins.weight) where weight > 0 {
      derive(sum / weight)
    }
  }

  /// Means of bins of predictions; exposure for relevance.
  private mutating func deriveDetails(_ evaluation: Evaluation) {
    guard let details = evaluation.details else { return }
    for (exposure, relevance) in zip(details.exposureShare, details.relevanceShare) where relevance > 0 {
      derive(exposure / relevance)
    }
    for sums in [details.binPredictionSum, details.binLabelSum] {
      for (sum, weight) in zip(sums, details.binWeight) where weight > 0 { derive(sum / weight) }
    }
  }

  /// What the candidate has more than the baseline.
  private mutating func deriveChanges(_ evaluation: Evaluation) {
    for (entry, column) in zip(evaluation.metrics, evaluation.estimates) {
      let before = evaluation.paired?[entry.id]?.baseline ?? []
      for (value, former) in zip(column.value, before) { derive(value - former) }
    }
  }

  /// The largest differences between groups at every threshold that is the same for all.
  private mutating func deriveGaps(_ evaluation: Evaluation, _ slices: [Int]) {
    guard let curves = evaluation.curves, curves.offsets.count > 1 else { return }
    let groups = slices.map { Trial(curves, $0) }
    for place in curves.thresholds.indices {
      let rates = groups.map { $0.rates(place) }
      func range(_ of: (Trial.Rates) -> Double?) -> Double? {
        let known = rates.compactMap(of)
        return known.count < 2 ? nil : (known.max() ?? 0) - (known.min() ?? 0)
      }
      let found = [range(\.selection), range(\.truePositive), range(\.falsePositive)]
      for one in found { if let one { derive(one) } }
      if let a = found[1], let b = found[2] { derive(max(a, b)) }
    }
  }
}

/// One group at any threshold, counted from the stored curves and from nothing else.
struct Trial {
  struct Rates {
    var selection: Double?
    var truePositive: Double?
    var falsePositive: Double?
    var precision: Double?
    var accuracy: Double?
  }

  /// Positives and negatives from a threshold on, by threshold; below the first lies what no threshold selects.
  private let selected: [(positives: Double, negatives: Double)]
  private let all: (positives: Double, negatives: Double)

  init(_ curves: ThresholdCurves, _ slice: Int) {
    var sums = [(positives: Double, negatives: Double)](repeating: (0, 0), count: curves.thresholds.count + 1)
    for entry in curves.offsets[slice]..<curves.offsets[slice + 1] {
      sums[curves.bin[entry] + 1].positives += curves.positives[entry]
      sums[curves.bin[entry] + 1].negatives += curves.negatives[entry]
    }
    for place in sums.indices.dropLast().reversed() {
      sums[place].positives += sums[place + 1].positives
      sums[place].negatives += sums[place + 1].negatives
    }
    all = sums[0]
    selected = Array(sums.dropFirst())
  }

  /// True and false positives, positives and negatives where a row is selected from this threshold on.
  func counts(_ place: Int) -> [Double] {
    [selected[place].positives, selected[place].negatives, all.positives, all.negatives]
  }

  func rates(_ place: Int) -> Rates { Self.rates(counts(place)) }

  static func rates(_ counts: [Double]) -> Rates {
    func share(_ part: Double, _ whole: Double) -> Double? { whole > 0 ? part / whole : nil }
    let (tp, fp, positives, negatives) = (counts[0], counts[1], counts[2], counts[3])
    return Rates(
      selection: share(tp + fp, positives + negatives), truePositive: share(tp, positives),
      falsePositive: share(fp, negatives), precision: share(tp, tp + fp),
      accuracy: share(tp + negatives - fp, positives + negatives))
  }
}
