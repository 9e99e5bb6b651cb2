import Charts
import Results
import Templating

extension LabPage {
  var lead: String {
    let count = curves.thresholds.count - (lab.operating == nil ? 0 : 1)
    let now = lab.operating.map { "Decisions are made at \(threshold($0)). " } ?? "Decisions were given. "
    return now
      + "Here is what each of \(Wording.count(count)) \(lab.operating == nil ? "" : "other ")thresholds would have decided on these rows, and what a smaller gap "
      + "between groups would cost in accuracy."
  }

  /// What stands in for this part on paper.
  func paperWords(tried: [Int]) -> String {
    let groups = PageBuilder.listed(tried.map(builder.familyName))
    let whose = groups.isEmpty ? "" : ", for everybody or for each group of \(groups),"
    return
      "This part is interactive and needs the page in a browser: there the threshold can be moved\(whose) and the "
      + "page shows the rates, gaps and accuracy that would follow, every threshold drawn, and what half of a gap would cost."
  }

  /// In the order in which they are stored.
  var warnings: [String] {
    lab.warnings.map { warning in
      switch warning {
      case .sameData:
        "Exploratory: thresholds are chosen on the rows that they are judged on, which flatters them, and no interval "
          + "here pays for the choice. Confirm on fresh data before anything is changed."
      case .groupThresholds:
        "A threshold that depends on the group treats people differently by that attribute. Where it is a protected one, "
          + "this may be unlawful (disparate treatment), whatever it does to a gap. Get legal advice first."
      case .cutSearch:
        "Where there are many groups, the search for thresholds by group was cut short: every point can be reached, a "
          + "better one may have been missed."
      }
    }
  }

  /// The price of half the gap, in a sentence.
  func finding(_ family: Int) -> String? {
    guard let trade = leading(family), let now = trade[.current, "accuracy"], now.count == 1,
      !now.gap[0].isNaN
    else { return nil }
    let name = PageBuilder.lowered(gapName(trade))
    var text =
      "The \(name) gap is \(Wording.value(now.gap[0])) at an accuracy of \(Wording.value(now.value[0]))."
    guard now.gap[0] > 0 else { return text }
    let single = cheapest(trade, .single, now)
    let byGroup = cheapest(trade, .byGroup, now)
    text +=
      single.map {
        " Half of it or less is reached by one threshold for all, \(threshold($0.thresholds[0])), at "
          + "\(Wording.value($0.value)) at best"
      } ?? " No single threshold halves it"
    text +=
      byGroup.map { ", and by a threshold for each group at \(Wording.value($0.value)) at best." }
      ?? ", and no choice by group does."
    return text
  }

  struct Choice {
    var thresholds: [Int]
    var value: Double
    var gap: Double
  }

  /// The best accuracy on a frontier within half of the gap in force.
  func cheapest(
    _ trade: DecisionLab.Trade, _ kind: DecisionLab.Series.Kind, _ now: DecisionLab.Series
  ) -> Choice? {
    guard let series = trade[kind, now.quality],
      let place = series.gap.lastIndex(where: { $0 <= now.gap[0] / 2 })
    else { return nil }
    return Choice(
      thresholds: Array(series.thresholds(of: place)), value: series.value[place], gap: series.gap[place])
  }

  /// One row a gap: as decided, and the best within half of it.
  func priceTable(_ family: Int) -> DataTable {
    priceTable("What half of a gap would cost", trades(family)) { gapName($0) }
  }

  /// The same for crosses: the gap that leads.
  func crossTable() -> DataTable? {
    let crosses = evaluation.families.indices.filter { evaluation.families[$0].features.count > 1 }
    let trades = crosses.compactMap(leading)
    guard !trades.isEmpty else { return nil }
    return priceTable("Crossed attributes", trades) {
      "\(builder.familyName($0.family)), \(PageBuilder.lowered(gapName($0)))"
    }
  }

  private func priceTable(
    _ caption: String, _ trades: [DecisionLab.Trade], name: (DecisionLab.Trade) -> String
  ) -> DataTable {
    let half = "half the gap"
    return DataTable(
      caption: caption,
      columns: [
        "Gap", "as decided", "accuracy", "one threshold, \(half)", "accuracy", "by group, \(half)",
        "accuracy",
      ],
      rows: trades.compactMap { trade in
        guard let now = trade[.current, "accuracy"], now.count == 1 else { return nil }
        var cells: [DataTable.Cell] = [
          .number(text(now.gap[0], now.gapLower[0], now.gapUpper[0]), now.gap[0]),
          .number(text(now.value[0], now.lower[0], now.upper[0]), now.value[0]),
        ]
        for kind in [DecisionLab.Series.Kind.single, .byGroup] {
          guard let choice = cheapest(trade, kind, now) else {
            cells += [.text("not reached"), .text("—")]
            continue
          }
          let cut = kind == .single ? " at \(threshold(choice.thresholds[0]))" : ""
          let change = choice.value - now.value[0]
          cells += [
            .number(Wording.value(choice.gap) + cut, choice.gap),
            .number(
              "\(Wording.value(choice.value)) (\(Wording.value(change, signed: true)))", choice.value),
          ]
        }
        return (name(trade), cells)
      })
  }

  private func text(_ value: Double, _ lower: Double, _ upper: Double) -> String {
    value.isNaN ? "—" : NumberText.interval(value, lower, upper)
  }

  /// Attributes that the page does not draw or cannot try, and families that the lab leaves out.
  func othersSentence(tried: [Int]) -> String? {
    var parts: [String] = []
    func say(_ families: [Int], _ words: String) {
      if !families.isEmpty {
        parts.append(
          "\(PageBuilder.sentence(PageBuilder.listed(families.map(builder.familyName)))): \(words).")
      }
    }
    let hidden = Array(families.dropFirst(LabPage.drawnFamilies))
    say(
      hidden,
      "charts are \(builder.mentionsChartFiles ? "in charts/" : "left out here"), numbers in evaluation.json")
    say(families.filter { !tried.contains($0) }, "no sliders, to keep this page light")
    for omission in lab.omitted {
      parts.append("\(builder.familyName(omission.family)) is left out: \(omission.reason).")
    }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }
}
