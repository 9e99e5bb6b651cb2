import Results

/// `report.sarif`, SARIF 2.1.0 (OASIS 2020): a rule a check, a result a group that did not pass, at the line of
/// the policy.
///
/// There is no `baselineState`: it is about a former log, which the gate does not know.
struct SARIFFile {
  /// GitHub lists as many results and drops the others.
  static let most = 5000

  private let judgement: Judgement
  private let policyPath: String

  /// - Parameter policyPath: of the policy, relative to the repository's root
  static func bytes(_ judgement: Judgement, policyPath: String) -> [UInt8] {
    var writer = JSONWriter(brokenDepth: 4)
    SARIFFile(judgement: judgement, policyPath: policyPath).write(to: &writer)
    return writer.bytes
  }

  /// Checks by identifier; a policy has no two alike, a rule's identifier must be unique all the same.
  private var rules: [CheckResult] {
    var known: Set<String> = []
    return judgement.checks.filter { known.insert($0.id).inserted }
  }

  private func write(to writer: inout JSONWriter) {
    writer.object { log in
      // Names the schema for editors; nothing is fetched.
      log.member("$schema") { $0.string("https://json.schemastore.org/sarif-2.1.0.json") }
      log.member("version") { $0.string("2.1.0") }
      log.member("runs") { list in list.array { $0.element { writeRun(to: &$0) } } }
    }
  }

  private func writeRun(to writer: inout JSONWriter) {
    let findings = GateFinding.notable(judgement)
    let rules = rules
    let places = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1.id, $0) })
    writer.object { run in
      run.member("tool") { tool in
        tool.object { $0.member("driver") { writeDriver(rules, to: &$0) } }
      }
      run.member("columnKind") { $0.string("unicodeCodePoints") }
      run.member("results") { list in
        list.array { array in
          for finding in findings.prefix(Self.most) {
            array.element { write(finding, rule: places[finding.check.id] ?? 0, to: &$0) }
          }
        }
      }
      run.member("properties") { bag in
        bag.object { bag in
          bag.member("verdict") { $0.string(judgement.verdict.rawValue) }
          bag.member("exitCode") { $0.integer(judgement.exitCode) }
          bag.member("summary") { $0.string(VerdictWording.summary(judgement)) }
          bag.member("resultsLeftOut") { $0.integer(max(0, findings.count - Self.most)) }
        }
      }
    }
  }

  private func writeDriver(_ rules: [CheckResult], to writer: inout JSONWriter) {
    writer.object { driver in
      driver.member("name") { $0.string("fairslice") }
      driver.member("version") { $0.string(judgement.producer.version) }
      driver.member("rules") { list in
        list.array { for rule in rules { $0.element { write(rule: rule, to: &$0) } } }
      }
    }
  }

  private func write(rule check: CheckResult, to writer: inout JSONWriter) {
    let subject = VerdictWording.subject(check).plain
    let slices = VerdictWording.slices(check).plain
    writer.object { rule in
      rule.member("id") { $0.string(check.id) }
      rule.member("shortDescription") { Self.message("\(subject) · \(slices)", to: &$0) }
      let note = check.note.map { " \($0)" } ?? ""
      rule.member("fullDescription") {
        Self.message("\(subject) for \(slices): limit \(VerdictWording.bound(check)).\(note)", to: &$0)
      }
      rule.member("defaultConfiguration") { configuration in
        configuration.object {
          $0.member("level") { $0.string(check.severity == .error ? "error" : "warning") }
        }
      }
    }
  }

  private func write(_ finding: GateFinding, rule: Int, to writer: inout JSONWriter) {
    writer.object { result in
      result.member("ruleId") { $0.string(finding.check.id) }
      result.member("ruleIndex") { $0.integer(rule) }
      result.member("level") { $0.string(Self.level(finding.status)) }
      result.member("message") {
        Self.message("\(VerdictWording.word(finding.verdict)): \(finding.sentence(judgement).plain)", to: &$0)
      }
      result.member("locations") { list in list.array { $0.element { writeLocation(finding.check, to: &$0) } }
      }
      result.member("partialFingerprints") { prints in
        prints.object {
          $0.member("fairslice/v1") { $0.string(Fingerprint.of(finding.item, finding.check)) }
        }
      }
      if finding.status == .waived { result.member("suppressions") { writeSuppression(finding, to: &$0) } }
      result.member("properties") { bag in
        bag.object { $0.member("verdict") { $0.string(finding.verdict.rawValue) } }
      }
    }
  }

  private func writeLocation(_ check: CheckResult, to writer: inout JSONWriter) {
    writer.object { location in
      location.member("physicalLocation") { physical in
        physical.object { physical in
          physical.member("artifactLocation") { artifact in
            artifact.object { $0.member("uri") { $0.string(Self.uri(policyPath)) } }
          }
          physical.member("region") { region in
            region.object { $0.member("startLine") { $0.integer(max(1, check.line ?? 1)) } }
          }
        }
      }
    }
  }

  private func writeSuppression(_ finding: GateFinding, to writer: inout JSONWriter) {
    let words = finding.waiver(judgement).map { VerdictWording.waiver($0).plain } ?? "Waived."
    writer.array { list in
      list.element {
        $0.object { suppression in
          suppression.member("kind") { $0.string("external") }
          suppression.member("status") { $0.string("accepted") }
          suppression.member("justification") { $0.string(TerminalText.printable(words)) }
        }
      }
    }
  }

  private static func message(_ text: String, to writer: inout JSONWriter) {
    let safe = escaped(TerminalText.printable(text))
    writer.object { $0.member("text") { $0.string(safe) } }
  }

  /// Braces would be read as placeholders, and brackets before a parenthesis as a link (§3.11.5, 3.11.6).
  private static func escaped(_ text: String) -> String {
    let hasLink = zip(text.unicodeScalars, text.unicodeScalars.dropFirst()).contains {
      $0 == "]" && $1 == "("
    }
    return text.escaped { scalar in
      switch scalar {
      case "{", "}": "\(scalar)\(scalar)"
      case "[", "]", "\\": hasLink ? "\\\(scalar)" : nil
      default: nil
      }
    }
  }

  private static func level(_ status: GateFinding.Status) -> String {
    switch status {
    case .failure: "error"
    case .inconclusive, .warning: "warning"
    case .waived, .passed: "note"
    }
  }

  /// A relative reference (RFC 3986): every byte but unreserved ones and `/` is escaped; a leading `./` is
  /// dropped.
  static func uri(_ path: String) -> String {
    let path = path.hasPrefix("./") ? path.dropFirst(2) : path[...]
    return path.utf8.reduce(into: "") { text, byte in
      switch byte {
      case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (byte < 16 ? "0" : "") + digits
      }
    }
  }
}
