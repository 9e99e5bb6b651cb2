import Metrics

/// How a group fares in every beginning of a list; the kernels are in `PrefixDistance`, `GroupPlaces` and
/// `RankedGroupTest` (Metrics).
extension FairnessMeasure {
  private static let yang = "Yang & Stoyanovich 2017"
  private static let steps =
    "i = 10, 20, …; in lists of fewer than 100 rows steps of a tenth of their rows, from 2; "
    + "Z the most of any order; mean over queries"
  private static let noPrefix = "no list of three rows or more has rows of the group and others"

  package static let prefixDifference = ranking(
    "rnd", "Prefix difference (rND)",
    "(1/Z) Σ_i |share of the group in the first i − in all| / log2(i), \(steps)", source: yang, range: share,
    fair: 0,
    meaning:
      "0: every beginning of a list has the group in its share of the list, above or below alike; "
      + "1: no order is farther from that; random orders are above 0 too",
    undefined: noPrefix, aliases: [.init("FairRank", "rND")])
  package static let prefixDivergence = ranking(
    "rkl", "Prefix divergence (rKL)",
    "(1/Z) Σ_i KL(group and others in the first i ‖ in all) / log2(i), \(steps)", source: yang,
    range: share, fair: 0,
    meaning:
      "0: every beginning of a list has the group in its share of the list, above or below alike; "
      + "1: no order is farther from that; random orders are above 0 too",
    undefined: noPrefix, aliases: [.init("FairRank", "rKL")])
  package static let prefixRatio = ranking(
    "rrd", "Prefix ratio difference (rRD)",
    "(1/Z) Σ_i |group / others in the first i − in all| / log2(i), a fraction with a 0 being 0, \(steps)",
    source: yang, range: share, fair: 0,
    meaning:
      "0: every beginning of a list has the group and others in the list's ratio; "
      + "1: no order is farther from that; random orders are above 0 too",
    undefined: noPrefix + ", the group being no majority", aliases: [.init("FairRank", "rRD")])

  package static let infeasibleIndex = ranking(
    "infeasible_index", "Infeasible index",
    "#{i: some group has fewer than ⌊i · its share of the list⌋ of the first i rows}, mean over queries",
    source: "Geyik, Ambler & Kenthapadi 2019", range: ratio, fair: 0,
    meaning:
      "0: every beginning of a list has each group in its share, rounded down; random orders are above 0 too",
    undefined: "no query has rows",
    aliases: [.init("AIF360", "infeasible_index"), .init("", "InfeasibleIndex")])
  package static let infeasibleCount = ranking(
    "infeasible_count", "Infeasible count",
    "#{i, g: g has fewer than ⌊i · its share of the list⌋ of the first i rows}, mean over queries",
    source: "Geyik, Ambler & Kenthapadi 2019", range: ratio, fair: 0,
    meaning:
      "0: every beginning of a list has each group in its share, rounded down; random orders are above 0 too",
    undefined: "no query has rows", aliases: [.init("", "InfeasibleCount")])

  package static let rankedGroupFairness = ranking(
    "ranked_group_fairness", "Lists that pass FA*IR's test",
    "share of lists with at least m(i) of the group among the first i rows for every i ≤ k, "
      + "m(i) = F⁻¹(α_c; i, its share of the list), F binomial, α_c so that α = 10 % fail by chance",
    source: "Zehlike et al. 2017; Zehlike, Sühr & Castillo 2020", range: share, fair: nil,
    meaning:
      "1: no list has significantly few rows of the group in any beginning; "
      + "0.9 or more is what lists drawn by chance reach",
    undefined: "no list can fail: among so few rows, or of so small a group, none is no surprise",
    aliases: [.init("FairSearch", "is_fair"), .init("", "FA*IR")])
}
