import Metrics
import Results

extension Configuration {
  /// The metrics that it defines, as a policy may name them before there are data.
  package var ownMetrics: [Metric] { custom.map { Metric($0.entry) } }

  /// Refuses what would tell of a few rows whatever is withheld: sums over columns or scores, and counts at cuts of the
  /// score, are about other rows than the counts that are looked at.
  ///
  /// - Throws: `data`.
  package func refuseRevealing() throws(Failure) {
    let reason = "cannot be shown where small counts are withheld"
    if let metric = custom.first(where: { !$0.isOfCounts }) {
      throw Failure(
        .data, "custom metric “\(metric.name)” \(reason): \(metric.formula) may be about a few rows only",
        advice: "Leave it out, or make it of counts: TP, FP, FN, TN, P, N, PP, PN, n.")
    }
    let names = (metrics ?? []) + (gaps ?? [])
    let cut = names.first { BinaryRowMetrics.identifier($0)?.contains("@") == true }
    guard cut != nil || !atThresholds.isEmpty else { return }
    throw Failure(
      .data, "\(cut.map { "“\($0)”" } ?? "at_thresholds") \(reason): a step of the curve may be a few rows",
      advice: "Leave it out; the report draws curves whose steps are wide enough.")
  }
}
