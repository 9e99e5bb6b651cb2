/// Whether a text that the catalogue gives for “undefined” is true of a table: written down once more, by the rows.
protocol UndefinedCases: PropertyTable {
  /// Whether the words are true; nil for words that nobody has taught this test.
  func isTrue(_ words: String, of id: String) -> Bool?
}

extension UndefinedCases {
  /// Of words that are joined by “or” and “and”.
  func isUndefined(_ text: String, of id: String) -> Bool? {
    if let whole = isTrue(text, of: id) { return whole }
    var any = false
    for part in text.replacing(", or ", with: "|").replacing(", and ", with: " and ").replacing(
      " or ", with: "|"
    )
    .replacing(", ", with: "|").split(separator: "|") {
      var all = true
      for word in part.split(separator: " and ", omittingEmptySubsequences: true) {
        guard let one = isTrue(String(word), of: id) else { return nil }
        all = all && one
      }
      any = any || all
    }
    return any
  }

  func allEqual<Value: Equatable>(_ values: [Value]) -> Bool { values.allSatisfy { $0 == values.first } }
}

extension BinaryPropertyTable: UndefinedCases {
  func isTrue(_ words: String, of id: String) -> Bool? {
    if let threshold = Self.thresholds.first(where: { id.hasSuffix("@\($0)") }) {
      return deciding(at: threshold).isTrue(words, ofDecisions: id)
    }
    return isTrue(words, ofDecisions: id)
  }

  private func isTrue(_ words: String, ofDecisions id: String) -> Bool? {
    func none(_ label: UInt8?, _ decision: UInt8?) -> Bool {
      !labels.indices.contains { row in
        (label == nil || labels[row] == label) && (decision == nil || decisions[row] == decision)
      }
    }
    switch words {
    case "no rows": return false
    case "no positives": return none(1, nil)
    case "no negatives": return none(0, nil)
    case "no predicted positives": return none(nil, 1)
    case "no predicted negatives": return none(nil, 0)
    case "no false positives": return none(0, 1)
    case "no false negatives": return none(1, 0)
    case "no true negatives": return none(0, 0)
    case "a class is absent from the labels or the decisions":
      return none(1, nil) || none(0, nil) || none(nil, 1) || none(nil, 0)
    case "labels and decisions are all of one class": return allEqual(labels + decisions)
    case "TPR = FPR": return rateOfPositives == rateOfNegatives
    default: return isTrueOfScores(words, id)
    }
  }

  /// Of weight; exact, because weights are multiples of 1/8.
  private func selected(of label: UInt8) -> (over: Double, under: Double) {
    labels.indices.filter { labels[$0] == label }.reduce((0, 0)) { sum, row in
      let weight = weights?[row] ?? 1
      return (sum.0 + weight * Double(decisions[row]), sum.1 + weight)
    }
  }

  private var rateOfPositives: Double { selected(of: 1).over * selected(of: 0).under }
  private var rateOfNegatives: Double { selected(of: 0).over * selected(of: 1).under }

  private func isTrueOfScores(_ words: String, _ id: String) -> Bool? {
    let positives = zip(labels, scores).filter { $0.0 == 1 }.map(\.1)
    let negatives = zip(labels, scores).filter { $0.0 == 0 }.map(\.1)
    switch words {
    case "all scores are 0": return scores.allSatisfy { $0 == 0 }
    case "negatives' scores are all 0": return negatives.allSatisfy { $0 == 0 }
    case "all scores are equal", "all scores equal": return allEqual(scores)
    case "fewer than k rows": return rowCount < (id.hasSuffix("[10]") ? 10 : 4)
    case "the baseline decides nobody positively": return !baselineDecisions.contains(1)
    case "the baseline decides nobody negatively": return !baselineDecisions.contains(0)
    case "no cut reaches the precision":
      return !Set(scores).contains { cut in deciding(at: cut).hasPrecision(0.8) }
    case "a cut separates the classes":
      let (p, n) = (positives, negatives)
      guard let low = p.min(), let high = p.max(), let least = n.min(), let most = n.max() else {
        return true
      }
      return most <= low || high <= least
    default: return nil
    }
  }

  private func hasPrecision(_ wanted: Double) -> Bool {
    var (hits, all) = (0.0, 0.0)
    for row in labels.indices where decisions[row] == 1 {
      hits += (weights?[row] ?? 1) * Double(labels[row])
      all += weights?[row] ?? 1
    }
    return all > 0 && hits / all >= wanted
  }
}

extension CountedPropertyTable: UndefinedCases {
  func isTrue(_ words: String, of id: String) -> Bool? { rows.isTrue(words, of: id) }
}

extension ClassPropertyTable: UndefinedCases {
  func isTrue(_ words: String, of id: String) -> Bool? {
    let own = names.firstIndex { id.hasSuffix("[\($0)]") }.map { UInt16($0) }
    switch words {
    // Every row has a class and is predicted to have one.
    case "no rows", "no class is predicted", "no rows of any class",
      "no row has a class or is predicted as one", "every row has all classes or none does":
      return false
    case "no class that has rows is predicted": return Set(labels).isDisjoint(with: decisions)
    case "all rows are of one class, or only one class is predicted":
      return allEqual(labels) || allEqual(decisions)
    case "labels and decisions are all of one class": return allEqual(labels + decisions)
    case "no class has rows with and without it", "fewer than two classes have rows": return allEqual(labels)
    case "no rows of the class": return own.map { !labels.contains($0) }
    case "no rows of other classes", "none of other classes":
      return own.map { own in labels.allSatisfy { $0 == own } }
    case "the class is never predicted", "it is never predicted": return own.map { !decisions.contains($0) }
    case "the class is always predicted": return own.map { own in decisions.allSatisfy { $0 == own } }
    default: return nil
    }
  }
}

extension LabelSetPropertyTable: UndefinedCases {
  func isTrue(_ words: String, of id: String) -> Bool? {
    let own = names.firstIndex { id.hasSuffix("[\($0)]") }
    func any(_ marks: [[UInt8]]) -> Bool { marks.contains { $0.contains(1) } }
    switch words {
    case "no rows": return false
    case "no row is predicted to have a label", "no class is predicted": return !any(decisions)
    case "no row has a label", "no rows of any class": return !any(labels)
    case "no row has a label or is predicted to", "no row has a class or is predicted as one":
      return !any(labels) && !any(decisions)
    case "no class that has rows is predicted":
      return names.indices.allSatisfy { !labels[$0].contains(1) || !decisions[$0].contains(1) }
    case "no class has rows with and without it": return labels.allSatisfy(allEqual)
    case "every row has all classes or none does": return allEqual(labels.flatMap { $0 })
    case "no row has some labels and not others":
      return (0..<rowCount).allSatisfy { row in allEqual(labels.map { $0[row] }) }
    case "no rows of the class": return own.map { !labels[$0].contains(1) }
    case "no rows of other classes", "none of other classes": return own.map { !labels[$0].contains(0) }
    case "the class is never predicted", "it is never predicted":
      return own.map { !decisions[$0].contains(1) }
    case "the class is always predicted": return own.map { !decisions[$0].contains(0) }
    default: return nil
    }
  }
}

extension NumberPropertyTable: UndefinedCases {
  func isTrue(_ words: String, of id: String) -> Bool? {
    switch words {
    case "the mean label is 0":
      return labels.indices.reduce(0) { $0 + (weights?[$1] ?? 1) * labels[$1] } == 0
    case "a label or prediction is −1 or less": return (labels + predictions).contains { $0 <= -1 }
    case "labels are all the same": return allEqual(labels)
    case "predictions are all the same": return allEqual(predictions)
    case "labels or predictions are all the same": return allEqual(labels) || allEqual(predictions)
    default: return nil
    }
  }
}

extension RankedPropertyTable: UndefinedCases {
  func isTrue(_ words: String, of id: String) -> Bool? {
    let inside = queries.indices.filter { isInside[$0] }
    switch words {
    case "no rows": return inside.isEmpty
    case "no query has a row with gain", "no relevance": return inside.allSatisfy { relevance[$0] == 0 }
    case "no query has a relevant row": return inside.allSatisfy { relevance[$0] < 1 }
    case "none among the first k":
      let k = Int(id.drop { $0 != "@" }.dropFirst()) ?? 0
      // A row is certainly behind where k rows of its query have higher scores.
      return inside.allSatisfy { row in
        queries.indices.count { queries[$0] == queries[row] && scores[$0] > scores[row] } >= k
      }
    default: return nil
    }
  }
}
