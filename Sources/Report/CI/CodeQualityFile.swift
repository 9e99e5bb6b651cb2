import Results

/// `gl-code-quality.json`: GitLab's list of code quality findings, at the policy's lines.
enum CodeQualityFile {
  /// - Parameter policyPath: of the policy, relative to the repository's root
  static func bytes(_ judgement: Judgement, policyPath: String) -> [UInt8] {
    var writer = JSONWriter(brokenDepth: 1)
    writer.array { list in
      for finding in GateFinding.notable(judgement).prefix(SARIFFile.most) {
        list.element { write(finding, judgement, policyPath, to: &$0) }
      }
    }
    return writer.bytes
  }

  private static func write(
    _ finding: GateFinding, _ judgement: Judgement, _ policyPath: String, to writer: inout JSONWriter
  ) {
    let sentence = finding.sentence(judgement).plain
    writer.object { object in
      object.member("description") {
        $0.string(TerminalText.printable("\(VerdictWording.word(finding.verdict)): \(sentence)"))
      }
      object.member("check_name") { $0.string(TerminalText.printable(finding.check.id)) }
      object.member("fingerprint") { $0.string(Fingerprint.of(finding.item, finding.check)) }
      object.member("severity") { $0.string(severity(finding.status)) }
      object.member("location") {
        $0.object { location in
          location.member("path") { $0.string(policyPath) }
          location.member("lines") {
            $0.object { lines in lines.member("begin") { $0.integer(finding.check.line ?? 1) } }
          }
        }
      }
    }
  }

  private static func severity(_ status: GateFinding.Status) -> String {
    switch status {
    case .failure: "critical"
    case .inconclusive: "major"
    case .warning: "minor"
    case .waived, .passed: "info"
    }
  }
}
