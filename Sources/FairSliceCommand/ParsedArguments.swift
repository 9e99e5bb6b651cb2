import FairSlice

/// The arguments of a command, sorted into flags and the rest.
struct ParsedArguments: Equatable {
  private(set) var values: [String: [String]] = [:]
  private(set) var positional: [String] = []

  /// Takes `--flag value`, `--flag=value`, switches, and after `--` nothing but positional arguments. `-`
  /// alone is positional, and `-5` is the value of the flag before it.
  ///
  /// - Throws: `UsageError` for an unknown flag (with the nearest one), a missing or superfluous value, a flag
  ///   that is given twice and may not be.
  init(_ arguments: [String], flags: [Flag], command: String) throws(UsageError) {
    let advice = "See: fairslice help \(command)"
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        positional += rest
        return
      }
      guard argument.hasPrefix("-"), argument != "-" else {
        positional.append(argument)
        continue
      }
      let (name, attached) = Self.split(argument)
      guard let name, let flag = flags.first(where: { $0.name == name }) else {
        throw Self.unknown(argument, flags: flags, advice: advice)
      }
      if flag.value == nil {
        guard attached == nil else {
          throw UsageError(message: "--\(flag.name) takes no value", advice: advice)
        }
        values[flag.name] = []
        continue
      }
      guard let value = attached ?? Self.next(&rest) else {
        throw UsageError(message: "--\(flag.name) needs a value: \(flag.value ?? "")", advice: advice)
      }
      if value.isEmpty, ["FILE", "DIR"].contains(flag.value) {
        throw UsageError(
          message: "--\(flag.name) is empty", advice: "A shell variable that is not set gives an empty text.")
      }
      guard flag.isRepeatable || values[flag.name] == nil else {
        throw UsageError(message: "--\(flag.name) is given twice", advice: "Keep one of them.")
      }
      values[flag.name, default: []].append(value)
    }
  }

  func has(_ flag: String) -> Bool { values[flag] != nil }
  func text(_ flag: String) -> String? { values[flag]?.last }
  func list(_ flag: String) -> [String]? { values[flag] }

  func value<Value>(_ flag: String, _ expected: String, _ read: (String) -> Value?) throws(UsageError)
    -> Value?
  {
    guard let text = text(flag) else { return nil }
    guard let value = read(text) else {
      throw UsageError(
        message: "--\(flag): expected \(expected), found “\(text)”",
        advice: "Write for example --\(flag) \(Self.example(of: flag)).")
    }
    return value
  }

  var suppressBelow: Int? {
    get throws(UsageError) { try value("suppress-below", "a whole number from 2", { Int($0) }) }
  }

  private static func example(of flag: String) -> String {
    ["threshold": "0.5", "level": "0.95", "seed": "42", "suppress-below": "10"][flag] ?? "2"
  }

  private static func split(_ argument: String) -> (name: String?, attached: String?) {
    guard argument.hasPrefix("--") else { return (argument == "-h" ? "help" : nil, nil) }
    let body = argument.dropFirst(2)
    guard let equals = body.firstIndex(of: "=") else { return (String(body), nil) }
    return (String(body[..<equals]), String(body[body.index(after: equals)...]))
  }

  /// The next argument, unless it is a flag itself.
  private static func next(_ rest: inout ArraySlice<String>) -> String? {
    guard let value = rest.first, !value.hasPrefix("--") else { return nil }
    return rest.popFirst()
  }

  private static func unknown(_ argument: String, flags: [Flag], advice: String) -> UsageError {
    let name = argument.drop { $0 == "-" }.prefix { $0 != "=" }
    let near = nearestName(to: String(name), among: flags.map(\.name))
    return UsageError(
      message: "unknown flag “\(argument.prefix { $0 != "=" })”",
      advice: near.map { "Did you mean --\($0)? " + advice } ?? advice)
  }
}
