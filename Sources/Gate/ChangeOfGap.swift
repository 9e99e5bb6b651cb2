import Glibc
import Results
import Statistics

/// How much the gap between a group and its reference has grown.
struct ChangeOfGap: Sendable {
  /// The gap's size now and then: |difference|, or min(r, 1/r).
  let now: Double
  let before: Double
  private let harm: Double
  private let error: Double
  /// The same if the gap now had the other sign.
  private let mirrored: (distance: Double, error: Double)
  private let isRatio: Bool
  /// The gap now on the logarithmic scale, and the error of it less that then with a slope.
  private let logarithm: (gap: Double, error: @Sendable (Double) -> Double)

  /// - Parameter areShared: whether the reference contains the group, or units have rows in both: how much of a change they share is
  ///   not known here, and the errors add up at worst.
  init?(_ group: BaselineNumbers.Sides, _ reference: BaselineNumbers.Sides, kind: Gap.Kind, areShared: Bool) {
    guard let a = kind == .ratio ? group.logarithms : group,
      let b = kind == .ratio ? reference.logarithms : reference
    else { return nil }
    isRatio = kind == .ratio
    let gapNow = a.candidate - b.candidate
    let gapBefore = a.baseline - b.baseline
    now = isRatio ? exp(-abs(gapNow)) : abs(gapNow)
    before = isRatio ? exp(-abs(gapBefore)) : abs(gapBefore)
    // How fast harm grows with either gap: 1, or by the delta method the ratio itself.
    let slopes = (now: isRatio ? now : 1, before: isRatio ? before : 1)
    @Sendable func error(_ sign: Double, _ slopeNow: Double, _ slopeBefore: Double) -> Double {
      func variance(_ side: BaselineNumbers.Sides) -> Double {
        max(
          0,
          slopeNow * slopeNow * side.candidateVariance
            + slopeBefore * slopeBefore * side.baselineVariance
            - 2 * sign * slopeNow * slopeBefore * side.covariance)
      }
      let parts = (variance(a).squareRoot(), variance(b).squareRoot())
      return areShared ? parts.0 + parts.1 : (parts.0 * parts.0 + parts.1 * parts.1).squareRoot()
    }
    // Where the sign has turned, the sizes compare with the signs taken away.
    let sign = (gapNow < 0) == (gapBefore < 0) ? 1.0 : -1.0
    self.error = error(sign, slopes.now, slopes.before)
    logarithm = (abs(gapNow), { error(sign, 1, $0) })
    harm = isRatio ? before - now : now - before
    mirrored =
      isRatio
      ? (1 / now - before, error(-sign, 1 / now, slopes.before)) : (now + before, error(-sign, 1, 1))
  }

  /// A size has no sign: the gap now may have grown either way, so that the chance of the other way is added
  /// to "beyond"; and the one that it is held against may have been either, which "within" pays for twice.
  func quantity(level: Double) -> Quantity {
    var quantity = ChangeOfMetric.wald(harm, error * error, level: level)
    guard let wald = quantity.tails else { return quantity }
    let plain = isRatio ? onBothScales(wald) : wald
    quantity.limitTails = plain
    let mirrored = mirrored
    let least = isRatio ? 1 / now - 1 : now
    quantity.tails = { bound in
      let tails = plain(bound)
      let distance = max(least, mirrored.distance + bound)
      let other = mirrored.error > 0 ? Normal.survival(distance / mirrored.error) : 0
      return BoundTails(less: min(1, 2 * tails.less), greater: min(1, tails.greater + other))
    }
    return quantity
  }

  /// The ratio now against the lowest that is allowed, on the logarithmic scale as well: either scale alone errs
  /// where the ratio then is uncertain.
  private func onBothScales(
    _ wald: @escaping @Sendable (Double) -> BoundTails
  ) -> @Sendable (Double) -> BoundTails {
    let (logarithm, before) = (logarithm, before)
    return { bound in
      let least = before - bound
      guard least > 0 else { return wald(bound) }
      return BoundTest.wald(
        estimate: logarithm.gap + log(least), standardError: logarithm.error(before / least), bound: 0
      ).weaker(wald(bound))
    }
  }
}
