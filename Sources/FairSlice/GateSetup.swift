import Evaluator
import Foundation
import Gate
import Metrics
import Report
import Results
import Settings

/// Reads what a gate needs before anything is judged, so that a mistake in it costs no time.
struct GateSetup {
  let judge: Judge
  /// Path of the policy as it was given, for tools that point into it.
  let policyPath: String

  /// - Parameters:
  ///   - configuration: has the policy, unless the options name one.
  ///   - evaluation: what is to be judged, where it is there already; its metrics may be ones that only it has.
  /// - Throws: `usage`, `data` or `missingInput`.
  init(
    _ options: GateOptions, configuration: Configuration?, evaluation: Evaluation? = nil
  ) throws(Failure) {
    let own = configuration?.ownMetrics ?? evaluation?.metrics.map { Metric($0) }.filter(\.isOwn) ?? []
    let (policy, path) = try Self.policy(options, configuration, own)
    policyPath = path
    var judge = Judge(policy: policy)
    if let text = options.inconclusive {
      judge.folding = try Setting(.string(text), place: "--inconclusive", kind: .usage)
        .choice([Judgement.Folding.pass, .fail, .inconclusive])
    }
    if let path = options.baseline {
      let file = try InputFile(path, what: "baseline", advice: "Give the evaluation.json of another run.")
      judge.baseline = Judge.BaselineRun(
        evaluation: try Evaluation(json: Data(file.bytes), name: path, judgingOnly: true), source: file.source
      )
    }
    judge.waivers = try Self.waivers(options, policy)
    if let configuration {
      let names = [configuration.baselineData, configuration.baselineScore, configuration.baselineDecision]
      try judge.requireBaseline(names.contains { $0 != nil })
    }
    self.judge = judge
  }

  private static func policy(
    _ options: GateOptions, _ configuration: Configuration?, _ own: [Metric]
  ) throws(Failure) -> (Policy, String) {
    if let text = options.policyText { return (try policy(text: text, options), "policy") }
    if let path = options.policy {
      let file = try policyFile(path)
      if let found = try policy(in: try configurationWithGate(file, path), own) { return found }
      return (try policy(file, path, own), path)
    }
    guard let found = try policy(in: configuration, own) else {
      throw Failure(
        .usage, "there is no policy to judge by",
        advice: "Say --policy FILE, or write a “gate” section into the configuration.")
    }
    return found
  }

  /// Of a policy that is no file.
  private static func policy(text: String, _ options: GateOptions) throws(Failure) -> Policy {
    if let path = options.policy {
      throw Failure(
        .usage, "a policy is given as text, and “\(path)” is named, too", advice: "Leave one of them out.")
    }
    let bytes = Array(text.utf8)
    let source = Judgement.Source(name: "policy", sha256: Digest.hexadecimal(bytes) ?? "")
    return try Policy(text: bytes, name: "policy", source: source)
  }

  /// Of a configuration that has one.
  private static func policy(
    in configuration: Configuration?, _ own: [Metric]
  ) throws(Failure) -> (Policy, String)? {
    switch configuration?.gate {
    case .file(let path): return (try policy(try policyFile(path), path, own), path)
    case .section(let setting, let lines, let name):
      let text = setting.value.canonicalText
      let source = Judgement.Source(name: baseName(name), sha256: Digest.hexadecimal(Array(text.utf8)) ?? "")
      return (
        try Policy(setting, lines: lines, path: "gate", name: name, source: source, own: own), name
      )
    case nil: return nil
    }
  }

  private static func policyFile(_ path: String) throws(Failure) -> InputFile {
    try InputFile(path, what: "policy", advice: "Documentation/Policy.md says how to write one.")
  }

  private static func policy(_ file: InputFile, _ path: String, _ own: [Metric]) throws(Failure) -> Policy {
    try Policy(text: file.bytes, name: path, source: file.source, own: own)
  }

  /// What `--policy` names may be a configuration: its gate is meant.
  private static func configurationWithGate(
    _ file: InputFile, _ path: String
  ) throws(Failure) -> Configuration? {
    var text = SettingsText(file.bytes, name: path)
    guard case .object(let members) = try text.document(), members.contains(where: { $0.name == "gate" })
    else { return nil }
    return try Configuration(file: path)
  }

  private static func waivers(_ options: GateOptions, _ policy: Policy) throws(Failure) -> WaiverBook? {
    guard let path = options.waivers else {
      if options.asOf != nil {
        throw Failure(
          .usage, "--as-of is the day by which waivers are judged, and there are none",
          advice: "Say --waivers FILE.")
      }
      return nil
    }
    let day: Day
    if let text = options.asOf {
      guard let read = Day(text) else {
        throw Failure(.usage, "--as-of: expected a day, found “\(text)”", advice: "Write --as-of 2026-03-01.")
      }
      day = read
    } else {
      day = Day(Date())
    }
    let file = try InputFile(
      path, what: "waiver file", advice: "Documentation/Policy.md says how to write one.")
    return try WaiverBook(
      text: file.bytes, name: path, source: file.source, asOf: day, maximumDays: policy.maximumWaiverDays)
  }

  static func baseName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}

/// A small file that was read whole.
struct InputFile {
  let bytes: [UInt8]
  let source: Judgement.Source

  /// - Parameter what: what it is, for the message where it is missing
  init(_ path: String, what: String, advice: String? = nil) throws(Failure) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Failure(.missingInput, "\(path): there is no such \(what)", advice: advice)
    }
    guard !isFolder.boolValue, let data = FileManager.default.contents(atPath: path) else {
      throw Failure(.missingInput, "\(path): the \(what) cannot be read")
    }
    bytes = Array(data)
    source = Judgement.Source(name: GateSetup.baseName(path), sha256: Digest.hexadecimal(bytes) ?? "")
  }
}
