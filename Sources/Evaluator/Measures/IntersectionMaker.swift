import Fairness
import Metrics
import Results
import Statistics

/// Groups of one feature or of several crossed, all at once: differential fairness and the disparity over groups.
struct IntersectionMaker {
  let input: BinaryMeasureInput

  func add(_ family: MeasuredFamily, to sink: inout MeasureSink) {
    guard
      sink.asks(forAnyOf: [.differentialFairness, .biasAmplification, .demographicDisparityAcrossGroups])
    else { return }
    let groups = family.groups.map(input.counts)
    // AIF360's own data sets encode a protected attribute as privileged or not, and its formula runs over the codes.
    let compared =
      sink.tool == .aif360
      ? family.reference.map { [input.outside(family.groups[$0], of: family), groups[$0]] } ?? groups
      : groups
    let base = MeasureSink.Base(GroupCounts.total(groups).counts)
    for variant in [FairnessMeasure.Variant.predictions, FairnessMeasure.Variant.labels] {
      let ofLabels = variant == FairnessMeasure.Variant.labels
      guard !ofLabels || input.hasLabel else { continue }
      let place = MeasureSink.Place(family: family.index, variant: variant)
      sink.add(.differentialFairness, place, base) { epsilon(compared, ofLabels: ofLabels) }
      sink.add(.demographicDisparityAcrossGroups, place, base) {
        MeasureNumber(
          ConditionalDisparity.acrossGroups(groups, ofLabels: ofLabels),
          reason: "no interval of a mean over groups that share their totals is known")
      }
    }
    guard input.hasLabel else { return }
    sink.add(.biasAmplification, MeasureSink.Place(family: family.index), base) {
      MeasureNumber(
        DifferentialFairness.biasAmplification(compared),
        reason: "no interval of a difference of two largest ratios is known")
    }
  }

  /// ε with limits from the groups' Wilson limits, which hold at once (Šidák).
  private func epsilon(_ groups: [GroupCounts], ofLabels: Bool) -> MeasureNumber {
    let value =
      ofLabels ? DifferentialFairness.ofLabels(groups) : DifferentialFairness.ofDecisions(groups)
    let rate = ofLabels ? BinaryMetric.prevalence.rate : BinaryMetric.selectionRate.rate
    let shares = groups.compactMap { rate?.share(of: $0.counts) }.filter { $0.value != nil }
    return MeasureNumber(
      value, DifferentialFairness.limits(shares, level: input.level),
      "simultaneous Wilson score limits (Šidák)", reason: "a share of 0 or 1 is possible, and ε then infinite"
    )
  }
}
