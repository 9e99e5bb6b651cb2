import Results

/// Reads a LightGBM text model (`save_model`, versions v2 to v4), numerical and categorical splits.
struct LightGBMReader {
  private let head: LightGBMSection
  private let trees: [LightGBMSection]
  private let inputCount: Int
  /// Trees a round, which is the number of outputs.
  private let outputCount: Int
  private let rounds: BoostingRounds

  init(_ bytes: [UInt8], name: String, rounds: BoostingRounds) throws(Failure) {
    let sections = try Self.sections(bytes, name: name)
    head = sections[0]
    trees = Array(sections.dropFirst())
    self.rounds = rounds
    inputCount = try head.integer("max_feature_idx", 0...999_999) + 1
    outputCount = try head.integer("num_tree_per_iteration", 1...10_000)
    guard outputCount == 1 || outputCount <= trees.count else {
      throw head.failure("\(trees.count) trees cannot have \(outputCount) outputs")
    }
  }

  /// The head and the trees.
  private static func sections(_ bytes: [UInt8], name: String) throws(Failure) -> [LightGBMSection] {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.data, "\(name): the file is not valid UTF-8", advice: "Save the model again as text.")
    }
    var sections = [LightGBMSection(place: name)]
    var isComplete = false
    for (index, rest) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = rest.last == "\r" ? rest.dropLast() : rest
      if line == "end of trees" {
        isComplete = true
        break
      }
      if line.hasPrefix("Tree=") {
        guard line == "Tree=\(sections.count - 1)" else {
          throw Failure(.data, "\(name):\(index + 1): Tree=\(sections.count - 1) should stand here")
        }
        sections.append(LightGBMSection(place: "\(name):\(index + 1): \(line)"))
      } else if !line.isEmpty {
        try sections[sections.count - 1].add(line)
      }
    }
    guard isComplete else {
      throw Failure(
        .data, "\(name): “end of trees” is missing", advice: "The file is cut short; save the model again.")
    }
    return sections
  }

  private func usedTrees() throws(Failure) -> Int {
    switch rounds {
    case .all: return trees.count
    case .best:
      throw head.failure(
        "a LightGBM file names no best round",
        advice:
          "Of a model that was stopped early, LightGBM saves only the rounds up to the best: leave them out.")
    case .first(let count):
      guard (1...max(1, trees.count / outputCount)).contains(count) else {
        throw head.failure("\(count) rounds are asked for, \(trees.count / outputCount) are stored")
      }
      return count * outputCount
    }
  }

  func ensemble() throws(Failure) -> TreeEnsemble {
    let names = try head.text("feature_names").split(separator: " ").map(String.init)
    guard names.count == inputCount else {
      throw head.failure("\(names.count) feature names for \(inputCount) features")
    }
    guard trees.count % outputCount == 0 else {
      throw head.failure("\(trees.count) trees are no multiple of \(outputCount) a round")
    }
    let used = try usedTrees()
    var ensemble = TreeEnsemble(
      inputNames: names, outputNames: NativeModel.outputNames(outputCount), arithmetic: .double,
      link: try link(), base: Array(repeating: 0, count: outputCount))
    ensemble.madeBy = "LightGBM"
    if head.words.contains("average_output") { ensemble.divisor = max(1, Double(used / outputCount)) }
    for (index, tree) in trees.prefix(used).enumerated() {
      try ensemble.append(LightGBMTree(tree, output: index % outputCount).draft(), place: tree.place)
    }
    return ensemble
  }

  /// `objective=binary sigmoid:1`; without a line the objective was the user's own, and scores are margins.
  private func link() throws(Failure) -> Link {
    guard let text = head.values["objective"] else { return .identity }
    let words = text.split(separator: " ")
    switch words.first ?? "" {
    case "binary", "multiclassova": return .logistic(slope: try slope(words))
    case "cross_entropy": return .logistic(slope: 1)
    case "cross_entropy_lambda": return .logOnePlusExponential
    case "multiclass": return .softmax
    case "poisson", "gamma", "tweedie": return .exponential
    case "regression", "regression_l2": return words.contains("sqrt") ? .signedSquare : .identity
    case "regression_l1", "huber", "fair", "quantile", "mape", "lambdarank", "rank_xendcg", "custom", "none":
      return .identity
    default:
      throw head.failure(
        "the objective “\(text.prefix(80))” is not supported",
        advice:
          "Documentation/Models.md lists those that are; any model can be scored through its predictions.")
    }
  }

  private func slope(_ words: [Substring]) throws(Failure) -> Double {
    guard let word = words.first(where: { $0.hasPrefix("sigmoid:") }) else { return 1 }
    guard let slope = Double(word.dropFirst(8)), slope.isFinite else {
      throw head.failure("objective: “\(word.prefix(40))” has no number")
    }
    return slope
  }
}
