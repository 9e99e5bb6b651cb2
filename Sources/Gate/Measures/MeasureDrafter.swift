import Fairness
import Metrics
import Results
import Slicing
import Statistics

/// Finds the values of a fairness measure that a check is about.
struct MeasureDrafter {
  let drafter: Drafter
  let check: Check
  let demand: MeasureDemand

  private var evaluation: Evaluation { drafter.evaluation }
  private var place: String { drafter.place(check) }

  /// - Throws: a `data` failure where the evaluation has no such value: a check that matches nothing must never pass.
  func draft(_ selection: Selection) throws(Failure) -> Drafter.Result {
    guard let table = evaluation.measures else {
      throw Failure(
        .data, "\(place) is about the measure “\(demand.name)”, and the evaluation has no measures",
        advice: computing)
    }
    let named = try named(in: table)
    let narrowed = try narrowed(named)
    let chosen = narrowed.filter { selects($0, selection) }
    guard !chosen.isEmpty else { throw nowhere(narrowed) }
    let fair = Dictionary(table.entries.map { ($0.id, $0) }) { first, _ in first }
    var result = Drafter.Result()
    for one in chosen { add(one, fair[one.measure], to: &result) }
    return result
  }

  private var computing: String { "Evaluate with measures: [\"\(demand.name)\"] in the configuration." }

  // MARK: Finding

  private func named(in table: MeasureTable) throws(Failure) -> [MeasureResult] {
    let known = demand.meant.map(\.id)
    let key = demand.name.lowercased()
    let isOwn = known == [key] || table.entries.contains { $0.id == key }
    let found = table.results.filter {
      isOwn ? $0.measure == key : $0.name.lowercased() == key || known.contains($0.measure)
    }
    let measures = Self.distinct(found.map(\.measure))
    guard measures.count < 2 else {
      throw Failure(
        .data, "\(place): “\(demand.name)” may mean \(Self.listed(measures))", advice: "Name one of them.")
    }
    guard found.isEmpty else { return found }
    guard known.isEmpty, !table.entries.contains(where: { $0.id == key }) else {
      throw Failure(
        .data, "\(place) needs \(demand.name), which the evaluation does not have", advice: computing)
    }
    let all = FairnessMeasure.all
    let names =
      table.entries.map(\.id) + all.map(\.id) + all.flatMap { $0.aliases.map(\.name) }
      + table.results.map(\.name)
    throw Failure(
      .data, "\(place): there is no measure “\(demand.name)”",
      advice: Suggestion.phrase(for: demand.name, among: Self.distinct(names)))
  }

  /// Those of the metric, stratum and variant that are asked for.
  private func narrowed(_ found: [MeasureResult]) throws(Failure) -> [MeasureResult] {
    var found = found
    if let metric = demand.metric { found = try matching("metric", metric, found) { $0.metric } }
    if let stratum = demand.stratum {
      found = try matching("stratum", stratum, found) { $0.stratum }
    } else {
      let pooled = found.filter { $0.stratum == nil }
      guard !pooled.isEmpty else {
        throw Failure(
          .data, "\(place): every value of \(demand.name) is within a stratum",
          advice: "Say stratum: \"*\" for all of them, or name one: \(Self.listed(found.map(\.stratum))).")
      }
      found = pooled
    }
    if let variant = demand.variant { found = try matching("variant", variant, found) { $0.variant } }
    return found
  }

  private func matching(
    _ key: String, _ text: String, _ found: [MeasureResult], _ of: (MeasureResult) -> String?
  ) throws(Failure) -> [MeasureResult] {
    let pattern = Selector.Pattern(EscapedText(text))
    let matches = found.filter { of($0).map { pattern.matches($0) || $0 == text } ?? false }
    guard matches.isEmpty else { return matches }
    throw Failure(
      .data, "\(place): no value of \(demand.name) has the \(key) “\(text)”",
      advice: Suggestion.phrase(for: text, among: Self.distinct(found.compactMap(of))))
  }

  /// A value of a group where the group is meant, one of all groups where the whole attribute is.
  private func selects(_ result: MeasureResult, _ selection: Selection) -> Bool {
    let family = result.family.flatMap { evaluation.families[$0].features.isEmpty ? nil : $0 } ?? 0
    guard let selected = selection.families.first(where: { $0.index == family }) else { return false }
    guard let group = result.group, family != 0 else {
      return selected.slices.count == evaluation.families[family].count
    }
    return selected.slices.contains(group)
  }

  private func nowhere(_ found: [MeasureResult]) -> Failure {
    let places = found.map { result -> String? in
      if let group = result.group { return evaluation.slices.predicate[group] }
      return result.family.map { evaluation.families[$0].name }.flatMap { $0.isEmpty ? nil : $0 }
        ?? SliceName.overall
    }
    let slices = check.selectors.map { "“\($0.text)”" }.joined(separator: ", ")
    return Failure(
      .data, "\(place): \(demand.name) has no value for slices \(slices)",
      advice: "It has values for \(Self.listed(places)).")
  }

  private static func distinct(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }

  private static func listed(_ texts: [String?]) -> String {
    let all = distinct(texts.compactMap { $0 })
    return all.prefix(8).map { "“\($0)”" }.joined(separator: ", ") + (all.count > 8 ? ", …" : "")
  }
}
