import Fairness
import Results

extension MeasureTable {
  /// Results in the order of the catalogue, each measure's in the order in which they were found.
  init(of results: [MeasureResult]) {
    let places = Dictionary(
      uniqueKeysWithValues: FairnessMeasure.all.enumerated().map { ($1.id, $0) })
    let ordered = results.enumerated().sorted { a, b in
      let (first, second) = (places[a.element.measure] ?? 0, places[b.element.measure] ?? 0)
      return first == second ? a.offset < b.offset : first < second
    }.map(\.element)
    let found = Set(ordered.map(\.measure))
    self.init(
      entries: FairnessMeasure.all.filter { found.contains($0.id) }.map(\.entry), results: ordered)
  }
}

extension FairnessMeasure {
  /// As an evaluation carries it.
  var entry: MeasureEntry {
    MeasureEntry(
      id: id, name: name, family: family.rawValue, formula: formula, source: source, meaning: meaning,
      fair: fair, undefined: undefined)
  }
}
