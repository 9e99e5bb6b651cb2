import Results

extension Findings {
  /// One metric compared between two groups, or between a group and a reference.
  public struct Gap: Sendable, Equatable {
    /// How two values are compared.
    public enum Kind: String, Sendable, CaseIterable {
      /// Group − reference; between groups the largest value − the smallest.
      case difference
      /// Group / reference; between groups the smallest value / the largest.
      case ratio

      init(_ kind: Results.Gap.Kind) {
        self =
          switch kind {
          case .difference: .difference
          case .ratio: .ratio
          }
      }
    }

    /// What a group is compared with.
    public enum Comparison: String, Sendable, CaseIterable {
      /// The largest value against the smallest.
      case betweenGroups = "between_groups"
      /// Each group against all rows, which contain it.
      case toOverall = "to_overall"
      /// Each group against a named group.
      case toReference = "to_reference"
      /// Each group against all rows outside it.
      case toComplement = "to_complement"
      /// Each group against the group with the best value.
      case toBest = "to_best"
      /// Each group against the group with the most rows.
      case toLargest = "to_largest"

      init(_ comparison: Results.Gap.Comparison) {
        self =
          switch comparison {
          case .betweenGroups: .betweenGroups
          case .toOverall: .toOverall
          case .toReference: .toReference
          case .toComplement: .toComplement
          case .toBest: .toBest
          case .toLargest: .toLargest
          }
      }
    }

    /// A group that could not take part.
    public struct Exclusion: Sendable, Hashable {
      /// The group's slice, as a predicate.
      public let group: String
      /// Why it was left out.
      public let reason: String
    }

    /// Identifier: `equal_opportunity`, or that of the metric compared.
    public let name: String
    /// The features whose groups are compared: `sex*race`.
    public let family: String
    /// The metric that was compared; where a gap looks at several (equalized odds), the one that decided.
    public let component: String
    /// How values are compared.
    public let kind: Kind
    /// What a group is compared with.
    public let comparison: Comparison
    /// The group; between groups that with the larger value. nil where no two groups could be compared.
    public let group: Slice?
    /// The other group; nil for a complement, which is no slice, and where no two groups could be compared.
    public let reference: Slice?
    /// The size of the gap, with its interval.
    public let estimate: Estimate
    /// Two-sided p-value of “no gap”, not adjusted for looking at many; nil where there is no test.
    public let pValue: Double?
    /// The test that it comes from.
    public let test: String?
    /// How the interval was made.
    public let interval: String?
    /// Groups that were left out of a search for the largest, smallest or best value.
    public let excluded: [Exclusion]

    init(_ gap: Results.Gap, _ findings: Findings) {
      (name, component) = (gap.metric, gap.component)
      family = findings.evaluation.families[gap.family].name
      kind = Kind(gap.kind)
      comparison = Comparison(gap.comparison)
      group = gap.group.map { findings.slices[$0] }
      reference = gap.reference.map { findings.slices[$0] }
      estimate = Estimate(gap.estimate)
      (pValue, test, interval) = (gap.pValue, gap.test, gap.interval)
      excluded = gap.excluded.map { Exclusion(group: $0.group, reason: $0.reason) }
    }
  }

  /// The gaps that were found, or some of them, in reporting order. Complexity: O(gaps).
  ///
  /// - Parameters:
  ///   - name: identifier (`equal_opportunity`, a metric); nil for all
  ///   - family: the features whose groups are compared, `sex` or `sex*race`; nil for all
  ///   - comparison: what groups are compared with; nil for all
  ///   - kind: differences or ratios; nil for both
  /// - Returns: empty where nothing fits. A gap that could not be computed is there, and its estimate says why.
  public func gaps(
    _ name: String? = nil, by family: String? = nil, comparison: Gap.Comparison? = nil, kind: Gap.Kind? = nil
  ) -> [Gap] {
    evaluation.gaps.filter { gap in
      (name == nil || gap.metric == name) && (kind == nil || Gap.Kind(gap.kind) == kind)
        && (comparison == nil || Gap.Comparison(gap.comparison) == comparison)
        && (family == nil || evaluation.families[gap.family].name == family)
    }.map { Gap($0, self) }
  }
}
