import Models
import Results
import Settings

/// Which model is asked, and how it is reached.
package struct ModelSettings: Sendable, Equatable {
  package enum Source: Sendable, Equatable {
    /// A file that fairslice reads itself.
    case file(String)
    /// A program with its arguments, which speaks the scorer protocol.
    case program([String])
    /// A prediction server: `…/v2/models/NAME` (KServe) or `…/v1/models/NAME` (TensorFlow Serving).
    case server(String)
  }

  package enum Mismatch: String, Sendable, CaseIterable {
    /// A model that does not reproduce the predictions in the data is an error.
    case stop
    /// It is told.
    case warn
  }

  package var source: Source
  package var encoding: String?
  /// Rounds of a boosted model that count.
  package var rounds = BoostingRounds.all
  /// The output that scores the positive class; needed where a model has several.
  package var output: String?
  /// Columns that a program or server reads.
  package var features: [String] = []
  /// How far a score may be from the predictions column, relative to max(1, |score|).
  package var tolerance = 1e-6
  package var mismatch = Mismatch.stop

  package var program = ProcessScorer.Options()
  package var server = ServerScorer.Options()

  package init(source: Source) { self.source = source }

  static let keys = [
    "file", "program", "url", "encoding", "rounds", "output", "features", "tolerance", "mismatch", "outputs",
    "batch", "timeout", "format", "processes", "token_variable", "concurrency", "tries", "layout",
    "missing_number", "missing_text", "number_type", "flat", "matrix_tensor", "content_type", "signature",
    "output_tensor",
  ]

  /// A path, an address, or an object with either and more.
  init(_ setting: Setting) throws(Failure) {
    if case .string(let text) = setting.value {
      guard !text.isEmpty else { throw setting.failure(expected: "a model file or the address of a server") }
      self.init(source: Self.isAddress(text) ? .server(text) : .file(text))
      return
    }
    let members = try setting.members(among: Self.keys, of: "model")
    let sources = ["file", "program", "url"].filter { members[$0] != nil }
    guard sources.count == 1 else {
      throw setting.failure(expected: "one of “file”, “program” and “url”")
    }
    if let file = members["file"] {
      self.init(source: .file(try file.text()))
    } else if let program = members["program"] {
      let words = try program.texts()
      guard words.first?.isEmpty == false else {
        throw program.failure(expected: "a program and its arguments, as [\"python3\", \"scorer.py\"]")
      }
      self.init(source: .program(words))
    } else {
      self.init(source: .server(try members["url"]?.text() ?? ""))
    }
    for key in Self.keys where !["file", "program", "url"].contains(key) {
      if let member = members[key] { try set(key, to: member) }
    }
  }

  func resolvingPaths(_ resolve: (String) -> String) -> ModelSettings {
    var copy = self
    if case .file(let path) = source { copy.source = .file(resolve(path)) }
    copy.encoding = encoding.map(resolve)
    return copy
  }

  package static func isAddress(_ text: String) -> Bool {
    text.hasPrefix("http://") || text.hasPrefix("https://")
  }

  mutating func set(_ key: String, to setting: Setting) throws(Failure) {
    switch key {
    case "encoding": encoding = try setting.text()
    case "rounds": rounds = try Self.rounds(setting)
    case "output": output = try setting.dataText()
    case "features": features = try setting.texts()
    case "tolerance": tolerance = try setting.number({ $0 >= 0 }, "a number from 0, as 1e-6")
    case "mismatch": mismatch = try setting.choice(Mismatch.allCases)
    default: try setReach(key, to: setting)
    }
  }

  /// How a program or server is spoken to.
  private mutating func setReach(_ key: String, to setting: Setting) throws(Failure) {
    switch key {
    case "outputs":
      server.outputs = try setting.texts()
      program.outputs = server.outputs
    case "batch":
      server.batchRows = try setting.integer(1...10_000_000, "a whole number from 1 to 10000000")
      program.batchRows = server.batchRows
    case "timeout":
      server.seconds = try setting.number({ $0 > 0 && $0 < 1e6 }, "seconds above 0")
      (program.startSeconds, program.batchSeconds) = (server.seconds, server.seconds)
    case "format":
      program.formats = try setting.choice(ProgramFormat.allCases) == .csv ? [.csv] : program.formats
    case "processes": program.processes = try setting.integer(1...64, "a whole number from 1 to 64")
    case "token_variable": server.tokenVariable = try setting.text()
    case "concurrency": server.concurrency = try setting.integer(1...64, "a whole number from 1 to 64")
    case "tries": server.attempts = try setting.integer(1...20, "a whole number from 1 to 20")
    default: try setTensors(key, to: setting)
    }
  }

  /// How rows become tensors.
  private mutating func setTensors(_ key: String, to setting: Setting) throws(Failure) {
    switch key {
    case "layout": server.layout = try setting.choice(ServerScorer.Layout.allCases)
    case "missing_number": server.missingNumber = try setting.choice(ServerScorer.MissingNumber.allCases)
    case "missing_text": server.missingText = try setting.text()
    case "number_type": server.numberType = try setting.choice(ServerScorer.NumberType.allCases)
    case "flat": server.isFlat = try setting.bool()
    case "matrix_tensor": server.matrixName = try setting.text()
    case "content_type": server.contentType = try setting.text()
    case "signature": server.signature = try setting.text()
    default: server.output = try setting.text()
    }
  }

  private enum ProgramFormat: String, CaseIterable { case binary, csv }

  private static func rounds(_ setting: Setting) throws(Failure) -> BoostingRounds {
    switch setting.value {
    case .string("all"): return .all
    case .string("best"): return .best
    default:
      return .first(
        try setting.integer(1...10_000_000, "“all”, “best” or a whole number from 1"))
    }
  }
}

extension Configuration {
  /// Names another model; what was said of how to use it stands.
  package mutating func replaceModel(_ setting: Setting) throws(Failure) {
    let new = try ModelSettings(setting)
    if model == nil { model = new } else { model?.source = new.source }
  }

  /// - Throws: the setting's kind where there is no model that it could be about.
  package mutating func setModel(_ key: String, to setting: Setting) throws(Failure) {
    guard var settings = model else { throw Self.withoutModel(setting) }
    try settings.set(key, to: setting)
    model = settings
  }

  /// - Throws: the setting's kind where there is no model to explain.
  package mutating func setExplain(_ key: ExplainSettings.Key, to setting: Setting) throws(Failure) {
    guard model != nil else { throw Self.withoutModel(setting) }
    try explain.set(key, to: setting)
  }

  private static func withoutModel(_ setting: Setting) -> Failure {
    Failure(
      setting.kind, "\(setting.place) belongs to a model, and none is named",
      advice: "Name it with --model FILE, or as “model” in the configuration.")
  }
}

extension ModelSettings {
  /// What decides the numbers, for the stored configuration: base names, no addresses of machines.
  var echo: JSONValue {
    var members: [JSONValue.Member] = []
    func add(_ key: String, _ value: JSONValue?) { if let value { members.append(.init(key, value)) } }
    func baseName(_ path: String) -> JSONValue {
      .string(path.split(separator: "/").last.map(String.init) ?? path)
    }
    switch source {
    case .file(let path): add("file", baseName(path))
    // Options may hold what is nobody's business.
    case .program(let words): add("program", .array(words.prefix { !$0.hasPrefix("-") }.map(baseName)))
    case .server(let url): add("url", (try? ServerPlace(url)).map { .string($0.path) })
    }
    add("encoding", encoding.map(baseName))
    switch rounds {
    case .all: break
    case .best: add("rounds", .string("best"))
    case .first(let count): add("rounds", .integer(count))
    }
    add("output", output.map { .string($0) })
    addReach(add)
    if !features.isEmpty { add("features", .array(features.map { .string($0) })) }
    add("tolerance", .number(tolerance))
    add("mismatch", .string(mismatch.rawValue))
    return .object(members)
  }

  /// What a server or program is told beside the rows, as far as it differs from what it would be told anyway.
  private func addReach(_ add: (String, JSONValue?) -> Void) {
    let usual = ServerScorer.Options()
    if server.outputs != usual.outputs { add("outputs", .array(server.outputs.map { .string($0) })) }
    add("layout", server.layout.map { .string($0.rawValue) })
    add("missing_number", server.missingNumber.map { .string($0.rawValue) })
    if server.missingText != usual.missingText { add("missing_text", .string(server.missingText)) }
    if server.numberType != usual.numberType { add("number_type", .string(server.numberType.rawValue)) }
    if server.isFlat { add("flat", .bool(true)) }
    if server.matrixName != usual.matrixName { add("matrix_tensor", .string(server.matrixName)) }
    add("content_type", server.contentType.map { .string($0) })
    add("signature", server.signature.map { .string($0) })
    add("output_tensor", server.output.map { .string($0) })
  }

  /// The model's name without folders, addresses and arguments.
  package var name: String {
    switch source {
    case .file(let path): path.split(separator: "/").last.map(String.init) ?? path
    case .program(let words): words[0].split(separator: "/").last.map(String.init) ?? words[0]
    case .server(let url): (try? ServerPlace(url))?.model ?? "server"
    }
  }
}
