import Results

/// Everything that a gate writes for continuous integration, made from its judgement; the summary has a sentence besides.
package enum GateOutputs {
  /// The files of a gate, `verdict.json` first, so that it stands even where a later one cannot be written.
  ///
  /// - Parameters:
  ///   - policyPath: of the policy as the repository knows it; findings are shown at its lines
  ///   - noise: how much of the clearest gap is noise (`NoiseSentence`)
  package static func files(
    _ judgement: Judgement, policyPath: String, noise: String? = nil
  ) -> [(path: String, bytes: [UInt8])] {
    [
      ("verdict.json", judgement.json()),
      ("junit.xml", JUnitFile.bytes(judgement)),
      ("summary.md", SummaryMarkdown.bytes(judgement, noise: noise)),
      ("report.sarif", SARIFFile.bytes(judgement, policyPath: policyPath)),
      ("gl-code-quality.json", CodeQualityFile.bytes(judgement, policyPath: policyPath)),
      ("results.tap", TAPFile.bytes(judgement)),
      ("metrics.txt", OpenMetricsFile.bytes(judgement)),
      ("badge.svg", BadgeFile.bytes(judgement)),
      (blessing(judgement), []),
    ]
  }

  /// TFX's convention: an empty file that says whether a model may be pushed. Only a gate that ends with
  /// status 0 blesses.
  package static func blessing(_ judgement: Judgement) -> String {
    judgement.exitCode == 0 ? blessed : notBlessed
  }

  package static let blessed = "BLESSED"
  private static let notBlessed = "NOT_BLESSED"

  /// The file of a former run that contradicts this one and has to go.
  package static func staleBlessing(_ judgement: Judgement) -> String {
    judgement.exitCode == 0 ? notBlessed : blessed
  }

  /// Workflow commands for a GitHub job's log, at most ten, the worst first; empty where all passed.
  package static func annotations(_ judgement: Judgement, policyPath: String) -> String {
    AnnotationLines.text(judgement, policyPath: policyPath)
  }

  /// What a GitHub job appends to the file that its environment variable `GITHUB_STEP_SUMMARY` names.
  package static func stepSummary(_ judgement: Judgement, noise: String? = nil) -> [UInt8] {
    SummaryMarkdown.bytes(judgement, noise: noise)
  }

  /// A table and sentences; controls and workflow commands in names are made visible.
  package static func terminal(_ judgement: Judgement, width: Int) -> String {
    GateTerminal.text(judgement, width: width)
  }
}
