import Results

/// `junit.xml`: the gate as a suite, each group of each check as a test case of the class that bears the
/// check's identifier.
///
/// Only what fails the gate is a `failure`; what is inconclusive, waived or only warns is `skipped`, with the
/// reason as its message. There are no times: the file is the same whenever it is made.
struct JUnitFile {
  private let judgement: Judgement
  private let findings: [GateFinding]

  init(_ judgement: Judgement) {
    self.judgement = judgement
    findings = GateFinding.all(judgement)
  }

  static func bytes(_ judgement: Judgement) -> [UInt8] { Array(JUnitFile(judgement).text.utf8) }

  private var text: String {
    let excluded = judgement.checks.map(\.excluded.count).reduce(0, +)
    let failures = findings.count { $0.status == .failure }
    let skipped = findings.count { $0.status != .failure && $0.status != .passed } + excluded
    let name = MarkupText.escaped(judgement.title.isEmpty ? "fairslice" : "fairslice: \(judgement.title)")
    let counts =
      "tests=\"\(findings.count + excluded)\" failures=\"\(failures)\" errors=\"0\""
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"\(name)\" \(counts)>\n"
    text += "  <testsuite name=\"\(name)\" \(counts) skipped=\"\(skipped)\">\n" + properties
    for finding in findings { text += testCase(finding) }
    for check in judgement.checks { for exclusion in check.excluded { text += leftOut(exclusion, check) } }
    let output = ([VerdictWording.summary(judgement)] + judgement.notes).map(MarkupText.escaped)
    text += "    <system-out>\(output.joined(separator: "\n"))</system-out>\n"
    return text + "  </testsuite>\n</testsuites>\n"
  }

  private var properties: String {
    var pairs = [
      ("verdict", judgement.verdict.rawValue), ("exit_code", String(judgement.exitCode)),
      ("policy", judgement.policy.name), ("policy_sha256", judgement.policy.sha256),
      ("version", judgement.producer.version),
    ]
    if let asOf = judgement.asOf { pairs.append(("as_of", asOf)) }
    if let baseline = judgement.baseline { pairs.append(("baseline", baseline.name)) }
    let lines = pairs.map { name, value in
      "      <property name=\"\(name)\" value=\"\(MarkupText.escaped(value))\"/>\n"
    }
    return "    <properties>\n" + lines.joined() + "    </properties>\n"
  }

  private func testCase(_ finding: GateFinding) -> String {
    let sentence = MarkupText.escaped(finding.sentence(judgement).plain)
    let outcome: String =
      switch finding.status {
      case .passed: ""
      case .failure:
        "<failure type=\"\(finding.verdict.rawValue)\" message=\"\(sentence)\">\(sentence)</failure>"
      case .inconclusive: "<skipped message=\"INCONCLUSIVE: \(sentence)\"/>"
      case .warning:
        "<skipped message=\"Warning only, \(VerdictWording.word(finding.verdict)): \(sentence)\"/>"
      case .waived: "<skipped message=\"WAIVED: \(sentence)\"/>"
      }
    var text = "    <testcase name=\"\(MarkupText.escaped(finding.title.plain))\""
    text += " classname=\"\(MarkupText.escaped(finding.check.id))\" time=\"0\">\n"
    if !outcome.isEmpty { text += "      \(outcome)\n" }
    text += "      <system-out>\(VerdictWording.word(finding.verdict)): \(sentence)</system-out>\n"
    return text + "    </testcase>\n"
  }

  private func leftOut(_ exclusion: Gap.Exclusion, _ check: CheckResult) -> String {
    let id = MarkupText.escaped(check.id)
    let reason = MarkupText.escaped(exclusion.reason)
    return
      "    <testcase name=\"\(id): \(MarkupText.escaped(exclusion.group))\" classname=\"\(id)\" time=\"0\">\n"
      + "      <skipped message=\"Left out: \(reason)\"/>\n    </testcase>\n"
  }
}
