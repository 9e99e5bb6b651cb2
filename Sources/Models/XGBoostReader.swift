import Glibc
import Results

/// Reads an XGBoost model (JSON or UBJSON, format of versions 1.0 to 3.x): boosters gbtree and dart.
///
/// base_score is stored as the user gives it, `5E-1` or `[5E-1]` (from 3.1 on, where it may have a value for each
/// output), and becomes a margin through the objective's inverse link.
struct XGBoostReader {
  private let learner: DocumentPart
  private let objective: Objective
  private let outputCount: Int
  private let inputCount: Int
  /// Rounds to use; nil for all.
  private let rounds: BoostingRounds

  private struct Objective {
    var link: Link
    /// How base_score becomes a margin.
    var toMargin: (Double) -> Double = { $0 }
  }

  init(_ document: DocumentPart, rounds: BoostingRounds) throws(Failure) {
    learner = try document.member("learner")
    self.rounds = rounds
    objective = try Self.objective(learner.member("objective").member("name"))
    let parameters = try learner.member("learner_model_param")
    inputCount = try parameters.member("num_feature").integer(0...1_000_000)
    let classes = try parameters.optional("num_class")?.integer(0...100_000) ?? 0
    let targets = try parameters.optional("num_target")?.integer(0...100_000) ?? 1
    outputCount = max(1, classes, targets)
  }

  func ensemble() throws(Failure) -> TreeEnsemble {
    let names = try inputNames()
    let (model, weights) = try booster()
    var ensemble = TreeEnsemble(
      inputNames: names, outputNames: NativeModel.outputNames(outputCount), arithmetic: .single,
      link: objective.link, base: try base())
    ensemble.madeBy = "XGBoost"
    let trees = try model.member("trees").list()
    let outputs = try model.member("tree_info").integers(0...(outputCount - 1))
    guard outputCount == 1 || outputCount <= trees.count else {
      throw model.failure("\(trees.count) trees cannot have \(outputCount) outputs")
    }
    let used = try usedTrees(model, stored: trees.count)
    guard outputs.count == trees.count, weights.map({ $0.count == trees.count }) ?? true else {
      throw model.failure("\(trees.count) trees, but \(outputs.count) entries in tree_info or weight_drop")
    }
    for index in 0..<used {
      let tree = XGBoostTree(trees[index], output: outputs[index], weight: weights?[index] ?? 1)
      try ensemble.append(tree.draft(), place: trees[index].place)
    }
    ensemble.bestRound = try bestRound()
    return ensemble
  }

  /// The part with the trees, and dart's weights.
  private func booster() throws(Failure) -> (model: DocumentPart, weights: [Double]?) {
    let booster = try learner.member("gradient_booster")
    switch try booster.member("name").text() {
    case "gbtree": return (try booster.member("model"), nil)
    case "dart":
      return (try booster.member("gbtree").member("model"), try booster.member("weight_drop").numbers())
    case let name:
      throw booster.failure(
        "the booster “\(name)” is not supported",
        advice: "gbtree and dart are; a linear model can be given as coefficients (Documentation/Models.md).")
    }
  }

  private func usedTrees(_ model: DocumentPart, stored: Int) throws(Failure) -> Int {
    let parameters = try model.member("gbtree_model_param")
    let count = try parameters.member("num_trees").integer(0...100_000_000)
    guard count == stored else { throw model.failure("\(count) trees were announced, \(stored) are there") }
    guard let rounds = try chosenRounds() else { return stored }
    let parallel = try parameters.optional("num_parallel_tree")?.integer(0...1_000_000) ?? 1
    let (wanted, isTooMany) = rounds.multipliedReportingOverflow(by: max(1, parallel) * outputCount)
    guard !isTooMany, wanted <= stored, rounds > 0 else {
      throw model.failure(
        "\(rounds) rounds are asked for, \(stored / (max(1, parallel) * outputCount)) are stored")
    }
    return wanted
  }

  /// How many rounds count; nil for all.
  private func chosenRounds() throws(Failure) -> Int? {
    switch rounds {
    case .all: return nil
    case .first(let count): return count
    case .best:
      guard let best = try bestRound() else {
        throw learner.failure(
          "the file names no best round", advice: "The model was not stopped early: leave the rounds out.")
      }
      return best
    }
  }

  /// The number of rounds up to the best one, which early stopping leaves as an attribute.
  private func bestRound() throws(Failure) -> Int? {
    let best = try learner.optional("attributes")?.optional("best_iteration")?.integer(0...10_000_000)
    return best.map { $0 + 1 }
  }

  private func inputNames() throws(Failure) -> [String] {
    let names = try learner.optional("feature_names")?.texts() ?? []
    guard !names.isEmpty else { return (0..<inputCount).map { "f\($0)" } }
    guard names.count == inputCount else {
      throw learner.failure("\(names.count) feature names for \(inputCount) features")
    }
    return names
  }

  private func base() throws(Failure) -> [Double] {
    let part = try learner.member("learner_model_param").member("base_score")
    var texts: [Substring] = []
    if case .text(let text) = part.value {
      let bare = text.hasPrefix("[") && text.hasSuffix("]") ? text.dropFirst().dropLast() : text[...]
      texts = bare.split(separator: ",").map { $0.drop { $0 == " " } }
    }
    var scores: [Double] = []
    for text in texts { scores.append(Double(text) ?? .nan) }
    if texts.isEmpty { scores = try part.oneOrMore() }
    let margins = scores.map { objective.toMargin(Double(Float($0))) }
    guard margins.count == 1 || margins.count == outputCount, margins.allSatisfy(\.isFinite) else {
      throw part.failure(
        "expected a number, or one for each of \(outputCount) outputs, in the objective's range")
    }
    return margins.count == 1 ? Array(repeating: margins[0], count: outputCount) : margins
  }

  private static func objective(_ name: DocumentPart) throws(Failure) -> Objective {
    switch try name.text() {
    case "binary:logistic", "reg:logistic":
      return Objective(link: .logistic(slope: 1), toMargin: logit)
    case "binary:hinge": return Objective(link: .step)
    case "reg:squarederror", "reg:linear", "reg:squaredlogerror", "reg:absoluteerror", "reg:pseudohubererror",
      "reg:quantileerror", "binary:logitraw", "rank:pairwise", "rank:ndcg", "rank:map":
      return Objective(link: .identity)
    case "count:poisson", "reg:gamma", "reg:tweedie", "survival:cox", "survival:aft":
      return Objective(link: .exponential) { Double(logf(Float($0))) }
    case "multi:softprob", "multi:softmax": return Objective(link: .softmax)
    case let text:
      throw name.failure(
        "the objective “\(text)” is not supported",
        advice:
          "Documentation/Models.md lists those that are; any model can be scored through its predictions.")
    }
  }

  private static func logit(_ probability: Double) -> Double {
    Double(-logf(1 / Float(probability) - 1))
  }
}

extension DocumentPart {
  /// One number or a list of them.
  fileprivate func oneOrMore() throws(Failure) -> [Double] {
    if case .number(let number) = value { return [number] }
    return try numbers()
  }
}
