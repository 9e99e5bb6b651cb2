import Results

/// How much of an evaluation's clearest gap is noise, in a sentence or three.
package enum NoiseSentence {
  /// nil where nothing is known of it.
  package static func text(_ evaluation: Evaluation) -> String? {
    guard let table = evaluation.spreads, !table.spreads.isEmpty else { return nil }
    let builder = PageBuilder(evaluation, mentionsChartFiles: false)
    let clearest = builder.findings().first?.gap
    let own = clearest.flatMap { table.spread(family: $0.family, metric: $0.component) }
    guard let spread = own ?? table.spreads.first else { return nil }
    return "By \(builder.familyName(spread.family)), \(PageBuilder.lowered(builder.sentence(spread)))"
  }
}
