import Charts
import Results
import Templating

extension WhyPage {
  private static let listedNotes = 20

  /// Which model was asked, and whether it is the one that made the predictions.
  func modelSentences() -> [String] {
    let model = explanation.model
    var kind = VisibleText.of(model.kind)
    if let encoding = model.encoding { kind += ", encoding \(VisibleText.of(encoding))" }
    var sentences = [
      "Explained is \(VisibleText.of(model.output)) of \(VisibleText.of(model.name)) (\(kind))."
    ]
    sentences.append(agreement(model))
    return sentences
  }

  private func agreement(_ model: ExplainedModel) -> String {
    guard let column = model.comparedWith.map({ VisibleText.of($0) }), model.comparedRows > 0 else {
      return "The data hold no predictions to compare it with: every number of this part speaks of the model."
    }
    let rows = Wording.plural(model.comparedRows, "row", "rows")
    let most =
      model.largestDifference > 0 ? ", by at most \(Wording.value(model.largestDifference))" : ""
    guard model.differingRows > 0 else {
      return model.largestDifference > 0
        ? "It reproduces the column \(column) on all \(rows)\(most.replacing("by at most", with: "to within"))."
        : "It reproduces the column \(column) on all \(rows)."
    }
    let share =
      "\(Wording.count(model.differingRows)) of \(rows) "
      + "(\(WhyWords.percent(Double(model.differingRows) / Double(model.comparedRows))))"
    return
      "It differs from the column \(column) on \(share)\(most): what follows speaks of the model, not of that column."
  }

  /// Which rows were scored again and where moved values came from.
  func samplingSentences() -> [String] {
    let sampling = explanation.sampling
    let isAll = sampling.rows >= sampling.rowCount
    let rows =
      isAll
      ? "All \(Wording.plural(sampling.rowCount, "row", "rows"))"
      : "\(Wording.count(sampling.rows)) of \(Wording.plural(sampling.rowCount, "row", "rows"))"
    var text =
      "\(rows) \(sampling.rows == 1 ? "was" : "were") scored again, \(repeats(sampling)), \(donors(sampling))"
    text += "; seed \(sampling.seed)."
    var sentences = [text]
    if let unit = sampling.unit {
      sentences.append(
        "Rows with the same \(VisibleText.of(unit)) count as one unit in every standard error.")
    }
    if sampling.isWeighted {
      sentences.append("Rows are weighted in every metric; the rows that give values are not.")
    }
    return sentences
  }

  private func repeats(_ sampling: ExplanationSampling) -> String {
    let times = Wording.plural(sampling.repeatLimit, "time", "times")
    switch sampling.repeats {
    case .fixed: return "\(times) for each feature"
    case .automatic:
      return
        "for each feature until shuffle noise was below a fifth of sampling noise, at most \(times)"
    case .exact: return "for each feature with the values of every other row in turn (the exact expectation)"
    }
  }

  private func donors(_ sampling: ExplanationSampling) -> String {
    let hasSlices = explanation.importances.contains { $0.donors == .sameSlice }
    let own = hasSlices ? " (of the same group, for a group's own importance)" : ""
    switch sampling.conditioning {
    case .none: return "with the feature's values taken from other rows\(own)"
    case .strata:
      let names = PageBuilder.listed(sampling.strata.map { VisibleText.of($0) })
      return "with the feature's values taken from rows that agree in \(names)\(own)"
    case .leaves:
      return
        "with the feature's values taken from rows in the same leaf of a small tree that predicts it from the others\(own)"
    }
  }

  /// What was left out, or done otherwise than asked.
  func notes() -> [String] {
    let shown = explanation.notes.prefix(WhyPage.listedNotes).map { VisibleText.of($0) }
    let left = explanation.notes.count - shown.count
    let rest =
      left > 0 ? ["\(Wording.plural(left, "more note is", "more notes are")) in evaluation.json."] : []
    return shown + rest
  }

  /// Features that are not drawn.
  func unusedSentence() -> String? {
    let unused = explanation.features.indices.filter { !isUsed($0) }.map(name)
    guard !unused.isEmpty else { return nil }
    let verb = unused.count == 1 ? "It changes nothing and is" : "They change nothing and are"
    return "Not used by the model: \(WhyWords.listed(unused, limit: 20)). \(verb) not drawn."
  }

  func methods() -> TemplateValue {
    let sampling = explanation.sampling
    return [
      "level": .text(Wording.level(sampling.level)),
      "isExact": .bool(sampling.repeats == .exact),
      "hasUnit": .bool(sampling.unit != nil),
      "isConditional": .bool(sampling.conditioning != .none),
      "isLeaves": .bool(sampling.conditioning == .leaves),
      "hasGaps": .bool(!gaps.isEmpty),
      "hasEffects": .bool(!explanation.effects.isEmpty),
      "hasAttributions": .bool(explanation.attributions != nil || !explanation.decompositions.isEmpty),
      "attributionMethod": .optional(explanation.attributions.map { VisibleText.of($0.method) }),
      "attributionScale": .optional(
        (explanation.attributions?.scale ?? explanation.decompositions.first?.scale).map { WhyPage.words($0) }
      ),
      "hasInteractions": .bool(!explanation.interactions.isEmpty),
      "hasFlips": .bool(!explanation.flips.isEmpty),
      "sha256": .optional(explanation.model.sha256),
      "name": .text(VisibleText.of(explanation.model.name)),
    ]
  }
}
