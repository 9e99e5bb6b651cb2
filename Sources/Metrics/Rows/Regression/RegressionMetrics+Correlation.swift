import Results

extension RegressionMetrics {
  /// How the interval is made where the variance is that of an influence function.
  static let influence = "influence function, Student t"
  static let onLogitScale = "influence function on the logit scale"
  static let onFisherScale = "influence function on Fisher's scale"
  /// How the interval of a mean is made.
  static let sandwich = "sandwich variance, Student t"
  private static let eitherConstant = "labels or predictions are all the same"

  static let pearson = define(
    "pearson_correlation", "Pearson correlation", "r",
    "covariance of prediction and label over the product of their standard deviations", .correlation,
    .higherIsBetter, interval: onFisherScale, undefined: eitherConstant,
    aliases: [.init("SciPy", "pearsonr")])
  static let squaredPearson = define(
    "squared_pearson_correlation", "Squared Pearson correlation", "r²",
    "the square of Pearson's correlation of prediction and label; blind to scale, shift and sign", .index,
    .higherIsBetter, interval: onLogitScale, undefined: eitherConstant,
    aliases: [.init("TFMA", "squared_pearson_correlation")])
  static let spearman = define(
    "spearman_correlation", "Spearman rank correlation", "ρ",
    "Pearson's correlation of the midranks of prediction and label; weighted, of the shares of weight below "
      + "and half at each value",
    .correlation, .higherIsBetter, interval: onFisherScale, undefined: eitherConstant,
    source: "Spearman 1904", aliases: [.init("SciPy", "spearmanr")])
  static let kendall = define(
    "kendall_tau", "Kendall rank correlation (τ-b)", "τ",
    "(concordant − discordant pairs) / √(pairs apart in prediction · pairs apart in label); weighted, each "
      + "pair by the product of its weights",
    .correlation, .higherIsBetter, interval: onFisherScale, undefined: eitherConstant,
    source: "Kendall 1945", aliases: [.init("SciPy", "kendalltau")])
  static let concordance = define(
    "concordance_index", "Concordance index", "C",
    "share of the pairs with different labels that predictions put in the right order, ties one half",
    .index, .higherIsBetter, interval: onLogitScale, undefined: "labels are all the same",
    source: "Harrell 1982", aliases: [.init("lifelines", "concordance_index"), .init("", "c_index")])

  static func loss(
    _ id: String, _ name: String, _ symbol: String, _ formula: String, interval: String? = sandwich,
    undefined: String? = nil, source: String = "", aliases: [MetricDefinition.Alias]
  ) -> MetricDefinition {
    define(
      id, name, symbol, formula, .loss, .lowerIsBetter, interval: interval, undefined: undefined,
      source: source, aliases: aliases)
  }

  static func share(
    _ id: String, _ name: String, _ symbol: String, _ formula: String, source: String = "",
    aliases: [MetricDefinition.Alias]
  ) -> MetricDefinition {
    define(
      id, name, symbol, formula, .mean, .higherIsBetter, interval: influence, range: -Double.infinity...1,
      undefined: "labels are all the same", source: source, aliases: aliases)
  }

  static func define(
    _ id: String, _ name: String, _ symbol: String, _ formula: String, _ kind: MetricEntry.Kind,
    _ direction: MetricEntry.Direction, interval: String? = sandwich, range: ClosedRange<Double>? = nil,
    undefined: String? = nil, source: String = "", aliases: [MetricDefinition.Alias] = []
  ) -> MetricDefinition {
    let entry = MetricEntry(
      id: id, name: name, symbol: symbol, formula: formula, kind: kind, direction: direction,
      denominator: "rows", interval: interval)
    return MetricDefinition(
      entry, tasks: [.regression], range: range, undefined: undefined, source: source, aliases: aliases)
  }
}
