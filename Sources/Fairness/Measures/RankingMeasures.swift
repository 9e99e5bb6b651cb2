import Metrics

/// How fairly ranked lists treat groups; the kernels are in `RankingFairness` (Metrics).
extension FairnessMeasure {
  static func ranking(
    _ id: String, _ name: String, _ formula: String, source: String, range: ClosedRange<Double>,
    fair: Double?, meaning: String, undefined: String, aliases: [MetricDefinition.Alias]
  ) -> FairnessMeasure {
    FairnessMeasure(
      id: id, name: name, family: .ranking, formula: formula, source: source, range: range, fair: fair,
      meaning: meaning, undefined: undefined, aliases: aliases)
  }

  package static let rankDivergence = ranking(
    "ndkl", "Normalised discounted KL divergence",
    "(1/Z) Σ_i KL(D_first i ‖ D_all) / log2(i + 1), mean over queries",
    source: "Geyik, Ambler & Kenthapadi 2019", range: ratio, fair: 0,
    meaning: "0: every beginning of a list has the groups in the shares of the whole list",
    undefined: "no query has rows", aliases: [.init("FairRankTune", "NDKL")])
  package static let attentionFairness = ranking(
    "awrf", "Attention-weighted rank fairness",
    "1 − ½ Σ_g |exposure share_g − row share_g|, mean over queries",
    source: "Raj & Ekstrand 2022", range: share, fair: 1,
    meaning: "1: every group is seen as much as its share of rows", undefined: "no query has rows",
    aliases: [.init("", "AWRF")])
  package static let skewAtCutoff = ranking(
    "skew_at_k", "Skew of the first k", "ln(share of the group among the first k / its share of all rows)",
    source: "Geyik, Ambler & Kenthapadi 2019", range: anything, fair: 0,
    meaning: "0: the group has its share of the first k; below 0: less, −∞ where it has none of them",
    undefined: "the group has no row",
    aliases: [.init("LiFT", "SKEWS"), .init("", "MinSkew"), .init("", "MaxSkew")])
  package static let exposureRatio = ranking(
    "exposure_ratio", "Exposure ratio", "mean exposure_f / mean exposure_r, exposure 1/log2(1 + rank)",
    source: "Singh & Joachims 2018", range: ratio, fair: 1,
    meaning: "1: rows of both groups are seen alike; below 1: those of the focal group less",
    undefined: "a group has no rows",
    aliases: [.init("FairRankTune", "EXP"), .init("", "demographic parity of exposure")])
  package static let treatmentRatio = ranking(
    "disparate_treatment_ratio", "Disparate treatment ratio",
    "(mean exposure_f / mean relevance_f) / (mean exposure_r / mean relevance_r)",
    source: "Singh & Joachims 2018", range: ratio, fair: 1,
    meaning: "1: exposure is in proportion to relevance in both groups alike",
    undefined: "a group has no rows, or no relevance",
    aliases: [.init("FairRankTune", "EXPU"), .init("", "DTR")])
}
