import Metrics
import Results
import Slicing

/// The groups that a check is about, family by family.
struct Selection: Sendable {
  struct Family: Sendable {
    /// Index into the evaluation's families.
    var index: Int
    /// Slices that the check names, ascending.
    var slices: [Int]
  }

  var families: [Family] = []

  var slices: [Int] { families.flatMap(\.slices) }
}

/// Finds the slices that selectors mean.
struct SelectionFinder: Sendable {
  private let evaluation: Evaluation
  private let features: [[String]]

  init(_ evaluation: Evaluation) {
    self.evaluation = evaluation
    features = evaluation.families.map(\.features)
  }

  /// - Parameter needsGroups: whether the check compares groups; then only families with several count.
  /// - Throws: a `data` failure where a selector names a feature, cross or group that the evaluation does not
  ///   have: a check that matches nothing must never pass.
  func find(_ check: Check, needsGroups: Bool, place: String) throws(Failure) -> Selection {
    var chosen: [Int: Set<Int>] = [:]
    for selector in check.selectors {
      let found = try find(selector, place: place)
      for (family, slices) in found where !(needsGroups && family == 0) {
        chosen[family, default: []].formUnion(slices)
      }
    }
    if chosen.isEmpty {
      throw Failure(
        .data, "\(place): the evaluation has no groups to compare",
        advice: "Evaluate with slices, as --slice sex.")
    }
    let families = chosen.keys.sorted().map { family in
      Selection.Family(index: family, slices: chosen[family]?.sorted() ?? [])
    }
    return Selection(families: families)
  }

  private func find(_ selector: Selector, place: String) throws(Failure) -> [(Int, [Int])] {
    switch selector.form {
    case .overall: return [(0, [0])]
    case .all: return evaluation.families.indices.map { ($0, Array(evaluation.families[$0].slices)) }
    case .family(let name): return try family(name, selector, place)
    case .groups(let terms): return try groups(terms, selector, place)
    }
  }

  private func family(_ name: String, _ selector: Selector, _ place: String) throws(Failure) -> [(Int, [Int])]
  {
    let wanted = Set(EscapedText(name).split(at: "*").map(\.plain))
    let found = evaluation.families.indices.filter { $0 > 0 && Set(features[$0]) == wanted }
    guard !found.isEmpty else { throw unknownFamily(selector, wanted, place) }
    return found.map { ($0, Array(evaluation.families[$0].slices)) }
  }

  private func groups(
    _ terms: [Selector.Term], _ selector: Selector, _ place: String
  ) throws(Failure) -> [(Int, [Int])] {
    let wanted = Set(terms.map(\.feature))
    let families = evaluation.families.indices.filter { $0 > 0 && Set(features[$0]) == wanted }
    guard !families.isEmpty else { throw unknownFamily(selector, wanted, place) }
    var found: [(Int, [Int])] = []
    for family in families {
      let slices = evaluation.families[family].slices.filter { slice in
        let groups = self.groups(of: slice)
        return terms.allSatisfy { term in
          groups.contains { $0.feature == term.feature && term.pattern.matches($0.group) }
        }
      }
      if !slices.isEmpty { found.append((family, slices)) }
    }
    guard !found.isEmpty else { throw unknownGroup(selector, families, place) }
    return found
  }

  /// Feature and group of each part of a slice's predicate, unescaped.
  func groups(of slice: Int) -> [(feature: String, group: String)] {
    EscapedText(evaluation.slices.predicate[slice]).terms.map { ($0.feature.plain, $0.group.plain) }
  }

  /// Whether a text is the slice's predicate or the group of one of its features.
  func isCalled(_ slice: Int, _ text: String) -> Bool {
    evaluation.slices.predicate[slice] == text || groups(of: slice).contains { $0.group == text }
  }

  private func unknownFamily(_ selector: Selector, _ wanted: Set<String>, _ place: String) -> Failure {
    let known = Array(Set(features.flatMap { $0 })).sorted()
    if let unknown = wanted.sorted().first(where: { !known.contains($0) }) {
      return Failure(
        .data,
        "\(place): “\(unknown)” in slices “\(selector.text)” is no feature that the evaluation is sliced by",
        advice: Suggestion.phrase(for: unknown, among: known))
    }
    let names = evaluation.families.dropFirst().map(\.name)
    return Failure(
      .data, "\(place): the evaluation is not sliced by “\(selector.text)”",
      advice: "Evaluate with --slice '\(SliceName.family(wanted.sorted()))'; "
        + Suggestion.phrase(for: selector.text, among: names))
  }

  private func unknownGroup(_ selector: Selector, _ families: [Int], _ place: String) -> Failure {
    let known = families.flatMap { evaluation.families[$0].slices.map { evaluation.slices.predicate[$0] } }
    return Failure(
      .data, "\(place): slices “\(selector.text)” matches no group of the evaluation",
      advice: Suggestion.phrase(for: selector.text, among: known))
  }

  /// The slice that a check names as reference: a predicate, or a group of a family by one feature.
  func reference(_ text: String, in family: SliceFamily, place: String) throws(Failure) -> Int {
    let terms = EscapedText(text).terms
    for slice in family.slices {
      let groups = groups(of: slice)
      if terms.isEmpty, groups.count == 1, groups[0].group == text || evaluation.slices.label[slice] == text {
        return slice
      }
      if !terms.isEmpty, terms.count == groups.count,
        terms.allSatisfy({ term in
          groups.contains { $0.feature == term.feature.plain && $0.group == term.group.plain }
        })
      {
        return slice
      }
    }
    let known = family.slices.map { evaluation.slices.predicate[$0] }
    throw Failure(
      .data, "\(place): \(family.name) has no group “\(text)” to be the reference",
      advice: Suggestion.phrase(for: text, among: known))
  }
}
