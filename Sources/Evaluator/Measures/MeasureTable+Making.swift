import Fairness
import Results

extension MeasureTable {
  /// Results in the order of the catalogue, each measure's in the order in which they were found.
  init(of results: [MeasureResult]) {
    let places = Dictionary(
      uniqueKeysWithValues: FairnessMeasure.all.enumerated().map { ($1.id, $0) })
    var ordered = [[MeasureResult]](repeating: [], count: FairnessMeasure.all.count)
    for result in results { ordered[places[result.measure] ?? 0].append(result) }
    let found = Set(ordered.compactMap(\.first?.measure))
    self.init(
      entries: FairnessMeasure.all.filter { found.contains($0.id) }.map(\.entry),
      results: ordered.flatMap { $0 })
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
