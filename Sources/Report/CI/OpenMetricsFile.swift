import Results

/// `metrics.txt` in the OpenMetrics text format: gauges for the gate, for each check, and for each group.
struct OpenMetricsFile {
  private let judgement: Judgement
  private var text = ""

  static func bytes(_ judgement: Judgement) -> [UInt8] {
    var file = OpenMetricsFile(judgement)
    file.write()
    return Array(file.text.utf8)
  }

  private init(_ judgement: Judgement) { self.judgement = judgement }

  private mutating func write() {
    let codes = "0 pass, 1 fail, 2 inconclusive, 3 waived"
    family("fairslice_gate_verdict", "Verdict of the gate: \(codes).")
    sample("fairslice_gate_verdict", [("policy", judgement.policy.name)], Self.code(judgement.verdict))
    family("fairslice_rows", "Rows evaluated.")
    sample("fairslice_rows", [], Double(judgement.rows))
    family("fairslice_check_verdict", "Verdict of a check: \(codes).")
    for check in judgement.checks {
      sample("fairslice_check_verdict", Self.labels(check), Self.code(check.verdict))
    }
    family("fairslice_bound", "Inclusive bound of a check.")
    for check in judgement.checks {
      let bounds = [("min", check.minimum), ("max", check.maximum)]
      for (side, bound) in bounds {
        sample("fairslice_bound", Self.labels(check) + [("side", side)], bound)
      }
    }
    groups("fairslice_value", "The bounded number of a group.") { $0.value }
    groups("fairslice_lower", "Lower limit of its interval.") { $0.lower }
    groups("fairslice_upper", "Upper limit of its interval.") { $0.upper }
    groups("fairslice_verdict", "Verdict of a group: \(codes).") { Self.code($0.verdict) }
    groups("fairslice_group_rows", "Rows of the group.") { $0.isWithheld ? nil : Double($0.rows) }
    groups("fairslice_denominator", "Rows in the metric's denominator.") {
      $0.isWithheld ? nil : Double($0.denominator)
    }
    text += "# EOF\n"
  }

  private mutating func family(_ name: String, _ help: String) {
    text += "# TYPE \(name) gauge\n# HELP \(name) \(help)\n"
  }

  private mutating func groups(_ name: String, _ help: String, _ value: (CheckItem) -> Double?) {
    family(name, help)
    for check in judgement.checks {
      for item in check.items {
        let labels =
          Self.labels(check) + [
            ("metric", item.component), ("slice", item.slice), ("reference", item.reference ?? ""),
          ]
        sample(name, labels, value(item))
      }
    }
  }

  private mutating func sample(_ name: String, _ labels: [(String, String)], _ value: Double?) {
    guard let value else { return }
    let list = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
    text += name + (list.isEmpty ? "" : "{\(list)}") + " " + Self.number(value) + "\n"
  }

  private static func labels(_ check: CheckResult) -> [(String, String)] {
    [("check", check.id), ("severity", check.severity.rawValue)]
  }

  private static func number(_ value: Double) -> String {
    value.isNaN ? "NaN" : value.isInfinite ? (value > 0 ? "+Inf" : "-Inf") : NumberText.text(value)
  }

  private static func code(_ verdict: Verdict) -> Double {
    switch verdict {
    case .pass: 0
    case .fail: 1
    case .inconclusive: 2
    case .waived: 3
    }
  }

  private static func escaped(_ text: String) -> String {
    TerminalText.printable(text).escaped { $0 == "\\" || $0 == "\"" ? "\\\($0)" : nil }
  }
}
