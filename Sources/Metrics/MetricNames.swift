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
    let key = name.lowercased().replacing("-", with: "_").replacing(" ", with: "_")
    return entry.id.lowercased() == key || Self.base(entry.id) == key
      || aliases.contains { $0.name.lowercased() == name.lowercased() }
  }
}
