extension LeftOut {
  /// Outputs of tools that are wrong, or that say what they do not mean, and are not reproduced under any setting.
  package static let defects = [
    LeftOut(
      "Fairlearn", "percentile bootstrap intervals of a difference or ratio between groups",
      "max − min is never below 0, so that the interval never holds a true gap of 0, however many rows there are",
      "simultaneous limits over all pairs of groups, which can reach 0"),
    LeftOut(
      "Fairlearn", "ratios of a metric that is negative in a group (R²)",
      "the smaller over the larger of values with different signs means nothing", "undefined, with the reason"
    ),
    LeftOut(
      "Fairlearn", "groups in which a metric is NaN are passed over in silence",
      "a group without data cannot fail", "the same value, with the groups that are left out named beside it"),
    LeftOut(
      "Aequitas", "fpr_, fnr_, tpr_ and tnr_significance",
      "the tests are of rows by decision: they compare FDR and FOR", "score tests of the right denominators"),
    LeftOut(
      "AIF360", "generalized_entropy_index with α = 0", "divided once too often by the mean benefit",
      "Theil's L of the paper; reports are of α = 2 and α = 1"),
    LeftOut(
      "AIF360", "coefficient_of_variation of older releases, and of holisticai",
      "2√GE(2) is not σ/μ", "√(2 GE(2))"),
    LeftOut(
      "AIF360", "consistency where rows tie at the k-th distance", "depends on the order of rows",
      "tied rows share the votes that are left"),
    LeftOut(
      "AIF360", "conditional_demographic_disparity", "conditions on groups, not on strata",
      "the same number under its own name, `demographic_disparity_across_groups`; with controls the real one"),
    LeftOut(
      "Clarify", "KL, JS, LP and KS over only the classes that both facets have", "KL can be negative",
      "every class counts, KL is infinite where the focal group lacks one"),
    LeftOut(
      "Clarify", "FT where rows tie at the k-th distance", "depends on the order of rows",
      "tied rows share the votes that are left"),
    LeftOut(
      "holisticai", "abroca", "is the difference of the areas, not the area between the curves",
      "the area between"),
    LeftOut(
      "audit-AI", "Breslow–Day p-values", "one degree of freedom for each table",
      "strata − 1, with Tarone's term"),
    LeftOut(
      "LiFT", "entropy indices of group values", "every group counts once, whatever its size",
      "indices of rows (`generalized_entropy_index`), and the part between groups"),
    LeftOut(
      "LiFT", "KL and JS divergence", "in bits, KL with a count added to each class",
      "in nats, of the shares as they are"),
    LeftOut(
      "AIF360", "infeasible_index of three or more groups",
      "counts a prefix once for each group that lacks rows, which is the paper's InfeasibleCount",
      "both, each under its own name: `infeasible_index` and `infeasible_count`"),
    LeftOut(
      "FairRank", "normalisers of rND, rKL and rRD",
      "a mean of ten simulated rankings stands for the largest value, so that results may exceed 1",
      "the largest value of any order"),
    LeftOut(
      "FairSearch", "adjusted tables of minimum targets",
      "the nearest table is taken, with which more than α of fair lists may fail (10.5 % for k = 20, p = 0.25, α = 10 %)",
      "the strictest table that holds α"),
    LeftOut(
      "LiFT", "permutation p-values", "can be 0", "(1 + exceedances) / (1 + permutations)"),
  ]
}
