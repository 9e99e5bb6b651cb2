/// How much groups differ in truth: the variance of their values less what chance adds to it (Lum, Zhang & Bower 2022, "De-biasing
/// 'bias' measurement").
package struct BetweenGroupVariance: Sendable, Equatable {
  /// The sample variance of the groups' estimates, which is too large by the mean of their sampling variances.
  package let observed: Double
  /// That mean.
  package let noise: Double
  package let groups: Int

  /// Unbiased; below 0 where the groups differ less than chance would have them.
  package var corrected: Double { observed - noise }

  /// The standard deviation of the true values; 0 where `corrected` is below 0.
  package var standardDeviation: Double { max(0, corrected).squareRoot() }

  /// Nil with fewer than two groups.
  package init?(estimates: [Double], variances: [Double]) {
    let count = Double(estimates.count)
    guard estimates.count > 1, estimates.count == variances.count else { return nil }
    let mean = estimates.reduce(0, +) / count
    observed = estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    noise = variances.reduce(0, +) / count
    groups = estimates.count
  }

  /// Rates, with the unbiased variances p(1 − p)/(n − 1). Groups with fewer than two trials are left out.
  package init?(successes: [Double], trials: [Double]) {
    let known = zip(successes, trials).filter { $0.1 > 1 }
    self.init(
      estimates: known.map { $0.0 / $0.1 },
      variances: known.map { $0.0 / $0.1 * (1 - $0.0 / $0.1) / ($0.1 - 1) })
  }

  /// What a bootstrap replicate of these groups says: replicates vary about the estimates, which vary about the truth, so that chance
  /// has to be taken off twice.
  package func corrected(replicate: BetweenGroupVariance) -> Double { replicate.corrected - noise }
}
