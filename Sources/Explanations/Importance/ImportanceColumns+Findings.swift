import Metrics
import Results
import Statistics

extension ImportanceColumns {
  /// - Parameter findings: by feature
  init(
    _ quantity: ImportanceQuantity, _ findings: [ImportanceFinding], level: Double, keepsRaw: Bool
  ) {
    let base = quantity.base
    let importance = findings.map { quantity.importance($0.permuted - base) }
    let isOneSided = quantity.meaning == .qualityLost
    let tests = zip(findings, importance).map { finding, importance -> ImportanceTest? in
      guard finding.reason == nil, let variance = finding.variance else { return nil }
      return ImportanceTest(
        importance: importance, variance: variance, level: level, isOneSided: isOneSided,
        comparisons: quantity.comparisons)
    }
    // What could have been tested and shows nothing takes part in the adjustment: how many tests there are must not
    // depend on what they find.
    let p = zip(findings, tests).map { finding, test in
      test?.pValue ?? (finding.reason.map(ImportanceReason.isNothingFound) == true ? 1 : .nan)
    }
    self.init(
      metric: quantity.metric.id, slice: quantity.slice, reference: quantity.reference,
      comparisons: quantity.comparisons, meaning: quantity.meaning, donors: quantity.donors,
      rows: quantity.rows, base: base,
      permuted: findings.map(\.permuted), importance: importance.map { $0 == 0 ? 0 : $0 },
      ratio: findings.map { base == 0 ? .nan : $0.permuted / base },
      permutedSize: quantity.reference == nil ? [] : findings.map(\.permutedSize),
      standardError: zip(findings, tests).map { finding, test in
        test == nil ? .nan : finding.variance.map { $0.variance.squareRoot() } ?? .nan
      },
      shuffleError: findings.map(\.shuffleError),
      lower: tests.map { $0?.lower ?? .nan }, upper: tests.map { $0?.upper ?? .nan }, pValue: p,
      holm: Multiplicity.holm(p), benjaminiHochberg: Multiplicity.benjaminiHochberg(p),
      repeats: findings.map(\.repeats), reasons: findings.map(\.reason),
      raw: keepsRaw ? findings.map(\.raw) : [])
  }
}
