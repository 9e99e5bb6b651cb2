import FairSlice

/// The texts of `help`.
enum Help {
  static let overview: String = {
    var lines = [
      "fairslice \(version): where does a model do worse, for whom, and by how much?", "",
      "Usage: fairslice COMMAND …", "",
    ]
    for command in Command.listed {
      lines.append("  " + padded(command.rawValue, to: 10) + command.summary)
    }
    lines += [
      "", "  fairslice help COMMAND explains a command, fairslice --version tells the version.", "",
      "Try: fairslice evaluate predictions.csv --label y --score p --slice sex --out report", "",
    ]
    return lines.joined(separator: "\n")
  }()

  static func text(for command: Command) -> String {
    var lines = ["Usage: \(command.usage)", "", sentence(command), ""]
    if let groups = command.flagGroups {
      for (title, flags) in groups { lines += ["\(title):"] + flags.map(line) + [""] }
      lines.append("Flags override the configuration file. DATA may be - for standard input.")
    } else {
      lines += ["Flags:"] + command.flags.map(line) + [""]
    }
    if command != .help {
      lines += exitStatus(command)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func exitStatus(_ command: Command) -> [String] {
    let done =
      switch command {
      case .gate: ["Exit status: 0 pass, 1 fail, 3 inconclusive. Without a verdict:"]
      case .evaluate: ["Exit status: 0 done; with a gate 0 pass, 1 fail, 3 inconclusive. Otherwise:"]
      default: ["Exit status: 0 done. Otherwise:"]
      }
    return done + [
      "64 wrong flag, 65 wrong data or configuration, 66 missing input, 69 a model's program or server fails, 73 cannot write."
    ]
  }

  private static func sentence(_ command: Command) -> String {
    (command.summary.first?.uppercased() ?? "") + command.summary.dropFirst() + "."
  }

  private static func line(_ flag: Flag) -> String {
    let name = "--" + flag.name + (flag.value.map { " " + $0 } ?? "")
    return "  " + padded(name, to: 30) + flag.help + (flag.isRepeatable ? " (repeatable)" : "")
  }

  private static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(2, width - text.count))
  }
}
