import Glibc

extension Shrinkage {
  /// The beta-binomial prior of highest likelihood. An infinite concentration where the groups vary no
  /// more than chance allows; nil where `betaBinomialMoments` is.
  ///
  /// Damped Newton steps on (log α, log β) from the moments. O(groups) each, some ten of them.
  package static func betaBinomialLikelihood(successes: [Double], trials: [Double]) -> BetaBinomial? {
    guard let start = betaBinomialMoments(successes: successes, trials: trials) else { return nil }
    let groups = zip(successes, trials).filter { $0.1 > 0 }.map { Group(k: $0.0, n: $0.1) }
    let size = min(1e4, max(0.5, start.concentration))
    var point = (a: log(size * start.mean), b: log(size * (1 - start.mean)))
    var value = logLikelihood(groups, point)
    for _ in 0..<200 {
      guard exp(point.a) + exp(point.b) < 1e8 else {
        return BetaBinomial(mean: start.mean, betweenVariance: 0, concentration: .infinity)
      }
      let step = ascent(groups, point)
      var length = min(1, 2 / max(abs(step.a), abs(step.b)))
      var (next, nextValue) = (point, -Double.infinity)
      while length > 1e-9 {
        next = (point.a + length * step.a, point.b + length * step.b)
        nextValue = logLikelihood(groups, next)
        if nextValue >= value { break }
        length /= 2
      }
      guard nextValue >= value else { break }
      (point, value) = (next, nextValue)
      if length * max(abs(step.a), abs(step.b)) < 1e-11 { break }
    }
    let concentration = exp(point.a) + exp(point.b)
    let mean = exp(point.a) / concentration
    return BetaBinomial(
      mean: mean, betweenVariance: mean * (1 - mean) / (concentration + 1), concentration: concentration)
  }

  /// The log-likelihood of a prior Beta(alpha, beta) given the groups' counts, constants included.
  package static func logLikelihood(
    alpha: Double, beta: Double, successes: [Double], trials: [Double]
  ) -> Double {
    let groups = zip(successes, trials).map { Group(k: $0.0, n: $0.1) }
    let arrangements = groups.reduce(0) {
      $0 + SaddlePoint.logGamma($1.n + 1) - SaddlePoint.logGamma($1.k + 1)
        - SaddlePoint.logGamma($1.n - $1.k + 1)
    }
    return arrangements + logLikelihood(groups, (log(alpha), log(beta)))
  }

  private struct Group {
    let k, n: Double
  }

  /// Up to a constant that does not depend on the prior.
  private static func logLikelihood(_ groups: [Group], _ point: (a: Double, b: Double)) -> Double {
    let (a, b) = (exp(point.a), exp(point.b))
    let base = logBeta(a, b)
    return groups.reduce(0) { $0 + logBeta($1.k + a, $1.n - $1.k + b) - base }
  }

  private static func logBeta(_ a: Double, _ b: Double) -> Double {
    SaddlePoint.logGamma(a) + SaddlePoint.logGamma(b) - SaddlePoint.logGamma(a + b)
  }

  /// Newton's step on (log α, log β), or the gradient where the likelihood is not concave.
  private static func ascent(_ groups: [Group], _ point: (a: Double, b: Double)) -> (a: Double, b: Double) {
    let (a, b) = (exp(point.a), exp(point.b))
    var (ga, gb, haa, hbb, hab) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for g in groups {
      let sum = Polygamma.digamma(g.n + a + b) - Polygamma.digamma(a + b)
      ga += Polygamma.digamma(g.k + a) - Polygamma.digamma(a) - sum
      gb += Polygamma.digamma(g.n - g.k + b) - Polygamma.digamma(b) - sum
      let curve = Polygamma.trigamma(g.n + a + b) - Polygamma.trigamma(a + b)
      haa += Polygamma.trigamma(g.k + a) - Polygamma.trigamma(a) - curve
      hbb += Polygamma.trigamma(g.n - g.k + b) - Polygamma.trigamma(b) - curve
      hab -= curve
    }
    (haa, hbb, hab) = (a * a * haa + a * ga, b * b * hbb + b * gb, a * b * hab)
    (ga, gb) = (a * ga, b * gb)
    let determinant = haa * hbb - hab * hab
    guard haa < 0, determinant > 0 else { return (ga, gb) }
    return ((hab * gb - hbb * ga) / determinant, (hab * ga - haa * gb) / determinant)
  }
}
