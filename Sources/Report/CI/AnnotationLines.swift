import Results

/// Workflow commands by which a GitHub job marks lines of the policy.
struct AnnotationLines {
  /// GitHub shows ten of a kind for a step and drops the others without a word.
  static let most = 10

  private let judgement: Judgement
  private let policyPath: String

  /// - Parameter policyPath: of the policy, relative to the repository's root
  static func text(_ judgement: Judgement, policyPath: String) -> String {
    AnnotationLines(judgement: judgement, policyPath: policyPath).text
  }

  private var text: String {
    let findings = GateFinding.notable(judgement)
    guard findings.count > Self.most else { return findings.map(line).joined() }
    let rest = findings.count - Self.most + 1
    return findings.prefix(Self.most - 1).map(line).joined()
      + command(
        findings[Self.most - 1].status, line: nil, title: "fairslice",
        message: "\(Wording.count(rest)) more findings are in summary.md and verdict.json. "
          + VerdictWording.summary(judgement))
  }

  private func line(_ finding: GateFinding) -> String {
    let title = "\(VerdictWording.word(finding.verdict)) \(finding.check.id)"
    return command(
      finding.status, line: finding.check.line, title: Shortened.middle(title, to: 200),
      message: finding.sentence(judgement).rendered { Shortened.middle($0, to: 200) })
  }

  private func command(_ status: GateFinding.Status, line: Int?, title: String, message: String) -> String {
    let kind: String =
      switch status {
      case .failure: "error"
      case .inconclusive, .warning: "warning"
      case .waived, .passed: "notice"
      }
    let place = "file=\(Self.property(policyPath))" + (line.map { ",line=\($0)" } ?? "")
    return "::\(kind) \(place),title=\(Self.property(title))::\(Self.data(message))\n"
  }

  /// Line breaks are spelled out before.
  private static func data(_ text: String) -> String {
    TerminalText.printable(text).escaped { $0 == "%" ? "%25" : nil }
  }

  private static func property(_ text: String) -> String {
    data(text).escaped { $0 == ":" ? "%3A" : $0 == "," ? "%2C" : nil }
  }
}

/// Names too long for the place where they are shown.
enum Shortened {
  /// Beginning and end, with an ellipsis between them. Counts UTF-8 bytes.
  static func middle(_ text: String, to limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    var head = ""
    var tail = ""
    for character in text.prefix(limit) where head.utf8.count + String(character).utf8.count <= limit / 2 {
      head.append(character)
    }
    for character in text.suffix(limit).reversed() {
      let piece = String(character)
      if piece.utf8.count + tail.utf8.count > limit / 2 { break }
      tail = piece + tail
    }
    return head + "…" + tail
  }
}
