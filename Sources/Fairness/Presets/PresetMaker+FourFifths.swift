import Metrics
import Results

extension PresetMaker {
  /// 29 CFR 1607.4(D): each group's selection rate against the highest, with tests, practical significance and how many
  /// people the ratio rests on.
  func fourFifths(_ family: PresetFamily) -> PresetTable {
    var table = ImpactTable(family, level: evaluation.level, isClustered: isClustered) {
      SelectionCount($0.counts)
    }
    table.addRows()
    table.addRate(
      selected: ("selected", "Selected"), rate: ("selection_rate", "Selection rate"), tells: .decisions,
      estimate: selectionRate)
    table.addRatio(
      choice, tells: .decisions, "selection rate / highest selection rate; Koopman's score interval")
    table.addTests()
    let statuses = table.counts.indices.map { status($0, table) }
    table.draft.texts(
      "indicator", "Indicator", tells: .decisions, basis: .reference,
      "by value; statistically significant where p ≤ \(NumberText.text(RuleNumbers.significance))", statuses)
    table.addTestNames()
    addPractical(to: &table)
    return table.draft.table(
      "four_fifths", "Selection by \(family.features.joined(separator: " × "))",
      "Each group against the group with the highest selection rate.", family: family.index,
      reference: table.reference?.slice, isSearched: true, together: smallReferenceNote(table.reference))
  }

  private func addPractical(to table: inout ImpactTable) {
    let weights = table.family.groups.map(\.counts.weight)
    table.add(
      "shortfall", "Shortfall", .number, "selections more that the group would have at the highest rate"
    ) { .value($1.shortfall(weight: weights[$0])) }
    table.add("odds_ratio", "Odds ratio", .ratio, "odds of selection / those of the reference group") {
      $1.oddsRatio.isNaN ? .none("0 / 0") : .value($1.oddsRatio)
    }
    table.add("cohens_h", "Cohen's h", .number, "2·asin√rate − 2·asin√highest rate") { .value($1.cohensH) }
    addPeople(to: &table)
  }

  /// How many people the result rests on; not under weights or repeated units.
  private func addPeople(to table: inout ImpactTable) {
    guard evaluation.roles.weight == nil, !isClustered else { return }
    func cell(_ people: Int?) -> TableDraft.Cell {
      people.map { .value(Double($0)) } ?? .none("no number is enough")
    }
    table.add(
      "people_to_reverse", "People to reverse", .count,
      "selections that would have to pass from the reference group for this group's rate to be the higher: 1 means that nothing can be inferred (Q&A 21)"
    ) { cell($1.peopleToReverse) }
    table.add(
      "people_to_four_fifths", "People to 4/5", .count, "the same for an impact ratio of at least 0.8"
    ) { cell($1.peopleToReach(ratio: RuleNumbers.fourFifths)) }
    table.add(
      "people_to_insignificance", "People to p > 0.05", .count, "the same for a test that is not significant"
    ) { cell($1.peopleToReach(significance: RuleNumbers.significance)) }
  }

  private func smallReferenceNote(_ reference: PresetGroup?) -> String {
    guard let reference, reference.share < RuleNumbers.smallShare else { return "" }
    return
      "The highest rate is that of \(name(reference.slice)), \(ImpactTable.percent(reference.share)) of the rows. A "
      + "minimum_share of \(NumberText.text(RuleNumbers.smallShare)) leaves such groups out."
  }

  private func status(_ row: Int, _ table: ImpactTable) -> String {
    if table.isReference(row) { return "highest rate" }
    let reason = table.reason(row, choice)
    guard let comparison = table.comparison(row) else {
      return reason.isEmpty ? "" : "not compared: \(reason)"
    }
    guard !comparison.ratio.isNaN else { return "nobody is selected" }
    let isBelow = comparison.ratio < RuleNumbers.fourFifths
    let place = isBelow ? "below four fifths" : "at or above four fifths"
    guard !table.isClustered else { return place }
    if isBelow, comparison.peopleToReverse == 1 { return "\(place), rests on one person" }
    let isSignificant = comparison.test.p <= RuleNumbers.significance
    if isBelow { return isSignificant ? "\(place), significant" : "\(place), not significant" }
    return isSignificant ? "\(place), yet significant" : place
  }
}
