import FairSlice

extension ModelOptions {
  /// The flags of a model and of explanations.
  static let flagGroups: [(title: String, flags: [Flag])] = [
    (
      "Model",
      [
        Flag("model", "FILE", "a model file, or a server's …/v2/models/NAME or …/v1/models/NAME"),
        Flag("model-program", "TEXT", "a program with arguments, split at blanks, that scores rows"),
        Flag("encoding", "FILE", "how columns become the model's inputs"),
        Flag("model-output", "NAME", "the output that scores the positive class"),
        Flag("model-rounds", "N", "rounds of a boosted model that count: all, best or a number"),
        Flag("model-feature", "COLUMN", repeatable: true, "a column that a program or server reads"),
        Flag("model-tolerance", "NUMBER", "how far the model may be from the predictions (1e-6)"),
        Flag("model-mismatch", "RULE", "stop (default) or warn, where it is further"),
      ]
    ),
    (
      "What to explain",
      [
        Flag("repeats", "N", "shuffles of each feature (10), automatic, or exact for few rows"),
        Flag("explain-metric", "NAME", repeatable: true, "measure the loss of these metrics"),
        Flag("explain-gap", "NAME", repeatable: true, "explain the gaps of these metrics"),
        Flag("together", "NAME=A,B", repeatable: true, "columns that move together"),
        Flag("together-above", "NUMBER", "features associated at least so strongly move together"),
        Flag("within", "COLUMN", repeatable: true, "take values from rows that agree in this column"),
        Flag("conditional", "RULE", "leaves, or a depth: take values from similar rows"),
        Flag("explain-rows", "N", "rows that are scored again; all unless said"),
        Flag("effect", "FEATURE", repeatable: true, "draw how the score changes along it"),
        Flag("list-row", "N", repeatable: true, "take the prediction of this row apart"),
        Flag("flip", "COLUMN", repeatable: true, "change this attribute and count whose decision flips"),
        Flag("interaction", "A*B", repeatable: true, "measure how far two features act together"),
      ]
    ),
  ]

  init(_ arguments: ParsedArguments) throws(UsageError) {
    self.init()
    model = arguments.text("model")
    program = arguments.text("model-program")?.split(separator: " ").map(String.init)
    if model != nil, program != nil {
      throw UsageError(message: "--model and --model-program name two models", advice: "Keep one of them.")
    }
    encoding = arguments.text("encoding")
    output = arguments.text("model-output")
    rounds = arguments.text("model-rounds")
    features = arguments.list("model-feature")
    tolerance = try arguments.value("model-tolerance", "a number from 0", Double.init)
    mismatch = arguments.text("model-mismatch")
    repeats = arguments.text("repeats")
    metrics = arguments.list("explain-metric")
    gaps = arguments.list("explain-gap")
    together = arguments.list("together") ?? []
    togetherAbove = try arguments.value("together-above", "a number above 0, at most 1", Double.init)
    within = arguments.list("within")
    conditional = arguments.text("conditional")
    rows = try arguments.value("explain-rows", "a whole number from 10", { Int($0) })
    effects = arguments.list("effect")
    flips = arguments.list("flip")
    interactions = arguments.list("interaction")
    listedRows = try Self.rows(arguments.list("list-row"))
  }

  private static func rows(_ texts: [String]?) throws(UsageError) -> [Int]? {
    guard let texts else { return nil }
    var rows: [Int] = []
    for text in texts {
      guard let row = Int(text), row > 0 else {
        throw UsageError(
          message: "--list-row: expected the number of a row, from 1, found “\(text)”",
          advice: "Write for example --list-row 2.")
      }
      rows.append(row)
    }
    return rows
  }
}

extension ExplainRequest {
  init(_ evaluation: String, _ arguments: ParsedArguments) throws(UsageError) {
    self.init(evaluation: evaluation)
    data = arguments.text("data")
    configuration = arguments.text("config")
    options = try ModelOptions(arguments)
    threads = try arguments.value("threads", "a whole number from 1", { Int($0) })
    output = arguments.text("out")
    templates = arguments.text("templates")
    writesReport = !arguments.has("no-report")
    writesCharts = !arguments.has("no-charts")
    writesDocuments = !arguments.has("no-documents")
    suppressBelow = try arguments.suppressBelow
    assets = arguments.text("assets")
  }
}
