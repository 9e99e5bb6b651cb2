import FairSlice

/// The program: arguments in, exit status out.
enum Program {
  static func run(_ arguments: [String]) -> Int32 {
    do {
      return try dispatch(arguments)
    } catch let error as UsageError {
      Terminal.report(error.message, advice: error.advice)
      return 64
    } catch let error as FairSliceError {
      Interruption.giveWay()
      Terminal.report(error.message, advice: error.advice)
      return error.exitCode
    } catch {
      Terminal.report("\(error)", advice: nil)
      return 70
    }
  }

  private static func dispatch(_ arguments: [String]) throws -> Int32 {
    guard let first = arguments.first else {
      Terminal.complain(Help.overview)
      return 64
    }
    switch first {
    case "--help", "-h": Terminal.write(Help.overview)
    case "--version": Terminal.write("fairslice \(version)\n")
    default:
      guard let command = Command(rawValue: first) else { throw unknown(first) }
      let parsed = try ParsedArguments(
        Array(arguments.dropFirst()), flags: command.flags, command: command.rawValue)
      if parsed.has("help") {
        Terminal.write(Help.text(for: command))
      } else {
        return try run(command, parsed)
      }
    }
    return 0
  }

  private static func run(_ command: Command, _ arguments: ParsedArguments) throws -> Int32 {
    switch command {
    case .evaluate: return try evaluate(arguments)
    case .initialise:
      var request = InitialiseRequest(data: try single(arguments, "DATA", command))
      request.output = arguments.text("out") ?? request.output
      return finish(try FairSlice.initialise(request))
    case .report:
      var request = ReportRequest(evaluation: try single(arguments, "evaluation.json", command))
      request.output = arguments.text("out")
      request.templates = arguments.text("templates")
      request.writesCharts = !arguments.has("no-charts")
      request.writesDocuments = !arguments.has("no-documents")
      request.suppressBelow = try arguments.suppressBelow
      request.assets = arguments.text("assets")
      request.context = arguments.text("dump-context")
      request.width = Terminal.width
      return finish(try FairSlice.report(request))
    case .gate: return try gate(arguments)
    case .explain: return try explain(arguments)
    case .index:
      var request = IndexRequest(folder: try single(arguments, "DIR", command))
      request.templates = arguments.text("templates")
      return finish(try FairSlice.index(request))
    case .metrics: return try metrics(arguments)
    case .help: return try help(arguments)
    case .benchmarkRead:
      let data = try single(arguments, "DATA", command)
      let columns = arguments.text("columns")?.split(separator: ",").map(String.init) ?? []
      let threads = try arguments.value(
        "threads", "a whole number from 1", { Int($0).flatMap { $0 > 0 ? $0 : nil } })
      let result = try measureReading(data: data, columns: columns, threads: threads ?? 1)
      Terminal.write("\(result.rows) rows, \(result.processorSeconds) CPU s\n")
      return 0
    case .benchmarkTrap: return trap([])
    }
  }

  /// Reads beyond the end of a list.
  private static func trap(_ statuses: [Int32]) -> Int32 { statuses[0] }

  private static func evaluate(_ arguments: ParsedArguments) throws -> Int32 {
    var request = try EvaluateRequest(arguments)
    request.width = Terminal.width
    request.environment = Terminal.environment
    let line = ProgressLine()
    defer { line.end() }
    let result = try FairSlice.evaluate(request) { line.update($0, $1) }
    line.end()
    return finish(result)
  }

  private static func explain(_ arguments: ParsedArguments) throws -> Int32 {
    var request = try ExplainRequest(single(arguments, "evaluation.json", .explain), arguments)
    request.width = Terminal.width
    let line = ProgressLine()
    defer { line.end() }
    let result = try FairSlice.explain(request) { line.update($0, $1) }
    line.end()
    return finish(result)
  }

  private static func gate(_ arguments: ParsedArguments) throws -> Int32 {
    var request = GateRequest(
      evaluation: try single(arguments, "evaluation.json", .gate), options: GateOptions(arguments))
    request.output = arguments.text("out")
    request.explain = arguments.text("explain")
    request.writesReport = arguments.has("report")
    request.templates = arguments.text("templates")
    request.suppressBelow = try arguments.suppressBelow
    request.assets = arguments.text("assets")
    request.environment = Terminal.environment
    request.keepsHistory = !arguments.has("no-history")
    request.runLabel = arguments.text("run-label")
    request.width = Terminal.width
    return finish(try FairSlice.gate(request))
  }

  private static func metrics(_ arguments: ParsedArguments) throws -> Int32 {
    var request = MetricsRequest()
    request.name = arguments.positional.first
    if arguments.positional.count > 1 { throw superfluous(arguments.positional[1], .metrics) }
    request.isMarkdown = arguments.has("markdown")
    request.isOfMeasures = arguments.has("measures")
    request.width = Terminal.width
    Terminal.write(try FairSlice.metrics(request))
    return 0
  }

  private static func finish(_ result: RunResult) -> Int32 {
    Terminal.write(result.summary)
    return result.exitCode
  }

  private static func help(_ arguments: ParsedArguments) throws -> Int32 {
    guard let name = arguments.positional.first else {
      Terminal.write(Help.overview)
      return 0
    }
    guard let command = Command(rawValue: name) else { throw unknown(name) }
    Terminal.write(Help.text(for: command))
    return 0
  }

  /// The one argument that a command takes.
  private static func single(
    _ arguments: ParsedArguments, _ name: String, _ command: Command
  ) throws(UsageError) -> String {
    guard let argument = arguments.positional.first else {
      throw UsageError(message: "\(command.rawValue) needs \(name)", advice: "Usage: \(command.usage)")
    }
    if arguments.positional.count > 1 { throw superfluous(arguments.positional[1], command) }
    return argument
  }

  static func superfluous(_ argument: String, _ command: Command) -> UsageError {
    UsageError(message: "“\(argument)” is one argument too many", advice: "Usage: \(command.usage)")
  }

  private static func unknown(_ name: String) -> UsageError {
    let known = Command.listed.map(\.rawValue)
    let near = nearestName(to: name, among: known).map { "Did you mean “\($0)”?" }
    let what = name.hasPrefix("-") ? "flag" : "command"
    return UsageError(
      message: "unknown \(what) “\(name)”",
      advice: near ?? "The commands are: \(known.joined(separator: ", ")).")
  }
}
