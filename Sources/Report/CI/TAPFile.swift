import Results

/// `results.tap` in the Test Anything Protocol, version 13, one test point a group of a check.
///
/// TAP's own directive `# TODO` ("expected to fail") marks what fails and does not fail the gate (waived,
/// warnings), `# SKIP` what could not be settled.
enum TAPFile {
  static func bytes(_ judgement: Judgement) -> [UInt8] {
    let findings = GateFinding.all(judgement)
    var lines = ["TAP version 13", "1..\(findings.count)"]
    for (index, finding) in findings.enumerated() {
      let isOK = finding.status == .passed || finding.status == .inconclusive
      let directive = directive(finding, judgement).map { " # \($0)" } ?? ""
      lines.append("\(isOK ? "ok" : "not ok") \(index + 1) - \(escaped(finding.title.plain))\(directive)")
      if finding.status != .passed {
        lines.append(
          "# \(VerdictWording.word(finding.verdict)): \(escaped(finding.sentence(judgement).plain))")
      }
    }
    for check in judgement.checks {
      for exclusion in check.excluded {
        lines.append(
          "# \(escaped(check.id)): \(escaped(exclusion.group)) left out: \(escaped(exclusion.reason))")
      }
    }
    lines += judgement.notes.map { "# \(escaped($0))" }
    lines.append("# \(escaped(VerdictWording.summary(judgement)))")
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// In the words of TAP version 13: SKIP and TODO are directives, no remarks.
  private static func directive(_ finding: GateFinding, _ judgement: Judgement) -> String? {
    switch finding.status {
    case .passed, .failure: nil
    case .inconclusive: "SKIP inconclusive"
    case .warning: "TODO warning only, \(finding.verdict.rawValue)"
    case .waived:
      finding.waiver(judgement).map { "TODO waived until \(escaped($0.expires))" } ?? "TODO waived"
    }
  }

  /// A `#` would begin a directive.
  private static func escaped(_ text: String) -> String {
    TerminalText.printable(text).escaped { $0 == "\\" || $0 == "#" ? "\\\($0)" : nil }
  }
}
