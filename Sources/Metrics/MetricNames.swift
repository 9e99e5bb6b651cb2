import Results

extension Metric {
  /// The identifier without a class or k: `recall` of `recall[A]`, `ndcg` of `ndcg@10`.
  package var baseID: String { MetricDefinition.base(id) }
}

extension MetricDefinition {
  package static func base(_ id: String) -> String {
    String(id.prefix { $0 != "[" && $0 != "@" })
  }

  /// Whether a name means this metric: its identifier, the identifier without class or k, or an alias.
  package func isCalled(_ name: String) -> Bool {
    if entry.id == name { return true }
    let key = MetricName.key(name)
    return entry.id.lowercased() == key || Self.base(entry.id) == key
      || aliases.contains { $0.name.lowercased() == name.lowercased() }
      || cut.map { cut in aliases.contains { $0.name.lowercased() + cut == name.lowercased() } } ?? false
      || MetricName.words(name).map(isCalled) ?? false
  }

  /// Whether a tool calls it so.
  package func isCalled(_ name: String, by tool: String) -> Bool {
    aliases.contains { alias in
      alias.tool == tool
        && [alias.name, alias.name + (cut ?? "")].contains { $0.lowercased() == name.lowercased() }
    }
  }

  /// The threshold at the end of the identifier: `@0.5`.
  private var cut: Substring? { entry.id.lastIndex(of: "@").map { entry.id[$0...] } }
}

/// How names are told apart.
package enum MetricName {
  /// In lower case, words joined by underscores.
  package static func key(_ name: String) -> String {
    name.lowercased().replacing("-", with: "_").replacing(" ", with: "_")
  }

  /// The words of a name that is written as classes are: `false_positives` of `FalsePositives`,
  /// `auc_precision_recall` of `AUCPrecisionRecall`; nil where it is not.
  package static func words(_ name: String) -> String? {
    let letters = Array(name)
    guard letters.first?.isUppercase == true, letters.contains(where: \.isLowercase),
      letters.allSatisfy({ $0.isLetter || $0.isNumber })
    else { return nil }
    var text = ""
    for (place, letter) in letters.enumerated() {
      if place > 0, letter.isUppercase {
        let isNext = place + 1 < letters.count && letters[place + 1].isLowercase
        if !letters[place - 1].isUppercase || isNext { text += "_" }
      }
      text += letter.lowercased()
    }
    return text.contains("_") ? text : nil
  }
}
