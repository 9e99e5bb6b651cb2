import Results

/// Which features to draw effects of and to look for interactions between.
struct FeatureChoice: Sendable {
  /// Indices of the named groups; nil where the most important ones are taken.
  private let effects: [Int]?
  private let pairs: [(Int, Int)]?
  private let effectLimit: Int

  /// - Throws: `data` where a name is no feature.
  init(_ settings: ExplanationSettings, _ groups: [FeatureGroup]) throws(Failure) {
    func index(_ name: String, _ what: String) throws(Failure) -> Int {
      guard let index = groups.firstIndex(where: { $0.name == name }) else {
        throw Failure(
          .data, "\(what): the model has no feature “\(name)”",
          advice: Suggestion.phrase(for: name, among: groups.map(\.name)))
      }
      return index
    }
    effectLimit = settings.effectLimit
    effects = try settings.effects.map { names throws(Failure) in
      var indices: [Int] = []
      for name in names {
        let found = try index(name, "effects")
        if !indices.contains(found) { indices.append(found) }
      }
      return indices
    }
    pairs = try settings.interactions.map { lists throws(Failure) in
      var pairs: [(Int, Int)] = []
      for names in lists {
        pairs.append((try index(names[0], "interactions"), try index(names[1], "interactions")))
      }
      return pairs
    }
  }

  /// What to draw, in the order of the names or of importance. Several columns that move together have no one effect, and
  /// are only taken where they are named.
  func effects(_ ranking: [Int], _ groups: [FeatureGroup]) -> [(index: Int, group: FeatureGroup)] {
    let chosen = effects ?? Array(ranking.filter { groups[$0].members.count == 1 }.prefix(effectLimit))
    return chosen.map { ($0, groups[$0]) }
  }

  /// The named pairs, or those of the four most important features that the model uses.
  func interactions(_ ranking: [Int], _ features: [ExplainedFeature]) -> [(Int, Int)] {
    if let pairs { return pairs }
    let first = ranking.filter { features[$0].isUsed != false }.prefix(4).sorted()
    return first.indices.flatMap { one in first[(one + 1)...].map { (first[one], $0) } }
  }

  /// Features by their importance for the first quantity over all rows, the most important first; ties, and features
  /// without one, in their own order.
  static func ranking(_ importances: [ImportanceColumns], count: Int) -> [Int] {
    let overall = importances.filter { $0.slice == 0 && !$0.isGap }
    let leading = overall.first { $0.meaning == .qualityLost } ?? overall.first
    let sizes = (0..<count).map { feature -> Double in
      guard let leading, leading.importance[feature].isFinite else { return -.infinity }
      return leading.meaning == .qualityLost ? leading.importance[feature] : abs(leading.importance[feature])
    }
    return (0..<count).sorted { sizes[$0] == sizes[$1] ? $0 < $1 : sizes[$0] > sizes[$1] }
  }
}
