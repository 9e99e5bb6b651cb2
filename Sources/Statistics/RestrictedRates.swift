/// Two rates and their complements, estimated under a hypothesis that ties them.
struct RestrictedRates {
  var p1, q1, p2, q2: Double

  var swapped: RestrictedRates { RestrictedRates(p1: p2, q1: q2, p2: p1, q2: q1) }

  func differenceVariance(_ n1: Double, _ n2: Double) -> Double { p1 * q1 / n1 + p2 * q2 / n2 }
}
