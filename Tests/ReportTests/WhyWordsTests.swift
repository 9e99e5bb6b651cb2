@testable import Charts
import Foundation
import Results
import Testing

@testable import Report

/// Sentences on what was found, for every meaning and state.
@Suite struct WhyWordsTests {
  /// Two features of one quantity over all rows, or of a gap.
  private func why(
    _ metric: String = "roc_auc", _ meaning: ImportanceColumns.Meaning = .qualityLost, base: Double = 0.9,
    values: [Double], permuted: [Double]? = nil, holm: [Double], isGap: Bool = false
  ) throws -> WhyPage {
    var evaluation = EvaluationFixture.adult.make()
    let columns = ImportanceColumns(
      metric: metric, slice: isGap ? 2 : 0, reference: isGap ? 1 : nil, meaning: meaning, donors: .allRows,
      rows: 100, base: base, permuted: permuted ?? values.map { base - $0 }, importance: values,
      ratio: values.map { _ in .nan }, standardError: values.map { _ in 0.001 },
      shuffleError: values.map { _ in 0.0005 }, lower: values.map { $0 - 0.003 },
      upper: values.map { $0 + 0.003 },
      pValue: holm, holm: holm, benjaminiHochberg: holm, repeats: values.map { _ in 5 },
      reasons: values.map { _ in nil })
    evaluation.explanation = Explanation(
      model: ExplainedModel(name: "m.json", kind: "linear", output: "the score"),
      sampling: ExplanationSampling(
        rows: 100, rowCount: 100, repeats: .fixed, repeatLimit: 5, level: 0.95, seed: 7),
      features: values.indices.map { ExplainedFeature(name: ["alpha", "beta", "gamma"][$0], columns: []) },
      importances: [columns])
    return try #require(WhyPage(PageBuilder(evaluation, mentionsChartFiles: false)))
  }

  @Test func qualityLost() throws {
    #expect(
      try why(values: [0.022, 0.01], holm: [0.001, 0.04]).findings() == [
        "When alpha is shuffled, the model's ROC AUC falls by 0.022 (0.019 to 0.025), the largest loss. Next: beta."
      ])
    #expect(
      try why(values: [0.01, 0.022], holm: [0.2, 0.001]).findings() == [
        "When beta is shuffled, the model's ROC AUC falls by 0.022 (0.019 to 0.025); of no other feature can a loss be shown."
      ])
    #expect(
      try why("brier_score", base: 0.1, values: [0.022, 0], holm: [0.01, 1]).findings().first?.hasPrefix(
        "When alpha is shuffled, the model's Brier score rises by 0.022") == true)
    #expect(
      try why(values: [0.022, 0.01], holm: [0.05, 0.06]).findings() == [
        "Of no feature can it be shown that the model's ROC AUC needs it (Holm-adjusted p < 0.05)."
      ])
    #expect(
      try why(values: [.nan, .nan], holm: [.nan, .nan]).findings().first?.hasPrefix("Of no feature") == true)
  }

  @Test func changes() throws {
    #expect(
      try why("selection_rate", .change, values: [0.01, -0.03], holm: [0.01, 0.01]).findings() == [
        "When beta is shuffled, the model's selection rate falls by 0.030 (change −0.033 to −0.027)."
      ])
    #expect(
      try why("selection_rate", .change, values: [0.01], holm: [0.5]).findings() == [
        "No feature changes the model's selection rate by more than chance (Holm-adjusted p < 0.05)."
      ])
  }

  @Test func gaps() throws {
    func sentence(_ base: Double, _ values: [Double], _ permuted: [Double], _ holm: [Double]) throws
      -> String?
    {
      try why(
        "true_positive_rate", .gapClosed, base: base, values: values, permuted: permuted, holm: holm,
        isGap: true
      ).findings().last
    }
    #expect(
      try sentence(0.26, [0.12, 0.01], [0.14, 0.25], [0.001, 0.5])
        == "The gap in true positive rate between Male and Female shrinks from 0.260 to 0.140 when alpha is shuffled "
        + "(change towards zero 0.120, 0.117 to 0.123).")
    #expect(
      try sentence(-0.26, [0.12, 0.01], [-0.14, -0.25], [0.001, 0.5])?.contains("shrinks from 0.260 to 0.140")
        == true)
    #expect(
      try sentence(0.1, [0.15, 0.001], [-0.05, 0.099], [0.001, 0.5])?.contains(
        "turns round, from 0.100 to −0.050")
        == true)
    #expect(
      try sentence(0.1, [-0.05, 0.001], [0.15, 0.099], [0.001, 0.5])?.contains("grows from 0.100 to 0.150")
        == true)
    #expect(
      try sentence(0.1, [0.05], [0.05], [0.2])?.hasPrefix("Of no feature can it be shown that a gap") == true)
    // What turns a gap round closes it less than what brings it to zero.
    #expect(
      try sentence(0.1, [0.19, 0.09], [-0.09, 0.01], [0.001, 0.001])?.contains("to 0.010 when beta") == true)
  }

  /// Holm covers the features of one gap; the finding is picked from all of them.
  @Test func theGapFindingPaysForAllGaps() throws {
    func finding(_ holm: Double, gaps: Int) throws -> String? {
      var evaluation = try why(
        "true_positive_rate", .gapClosed, base: 0.26, values: [0.12, 0.01], holm: [holm, 0.9], isGap: true
      ).evaluation
      let one = try #require(evaluation.explanation?.importances.first)
      var other = one
      other.holm = one.holm.map { _ in 1 }
      evaluation.explanation?.importances += Array(repeating: other, count: gaps - 1)
      return try #require(WhyPage(PageBuilder(evaluation, mentionsChartFiles: false))).findings().last
    }
    #expect(try finding(0.02, gaps: 1)?.contains("shrinks from 0.260 to 0.140") == true)
    #expect(try finding(0.02, gaps: 2)?.contains("shrinks") == true)
    #expect(
      try finding(0.02, gaps: 3)?.hasPrefix(
        "Of no feature can it be shown that a gap between groups rests on it (p < 0.05, adjusted over features and over "
          + "all 3 gaps)") == true)
  }

  @Test func filledMarksWhoseIntervalsReachPastZeroAreExplained() throws {
    func caption(_ value: Double) throws -> String {
      try #require(try why(values: [value, 0], holm: [0.04, 1]).importanceFigure()).caption
    }
    #expect(try caption(0.002).contains("the test is one-sided, the interval two-sided"))
    #expect(try !caption(0.02).contains("one-sided"))
  }

  /// The sum is of the sampled rows, on the scale of the attributions.
  @Test func aDecompositionSaysOfWhichRowsAndOnWhichScale() throws {
    func figure(_ change: (inout Explanation) -> Void) throws -> Figure {
      var evaluation = ExplanationFixture.explained()
      if var explanation = evaluation.explanation {
        change(&explanation)
        evaluation.explanation = explanation
      }
      let page = try #require(WhyPage(PageBuilder(evaluation, mentionsChartFiles: false)))
      return try #require(page.decompositionFigures().first)
    }
    let margin = try figure { _ in }
    #expect(margin.heading == "Where the difference in mean margin between Male and Female comes from")
    #expect(
      margin.caption.hasPrefix(
        "Over 1,000 and 1,000 sampled rows, on the scale of the model's margin (log-odds for a logistic one), the mean "
          + "prediction in Male lies "))
    let score = try figure {
      for index in $0.decompositions.indices { $0.decompositions[index].scale = .score }
      $0.attributions = nil
    }
    #expect(score.heading.contains("in mean score between"))
    #expect(score.caption.hasPrefix("Over the sampled rows, on the scale of the score, the mean prediction"))
  }

  @Test func aPickedPairIsSaidToBePicked() throws {
    func captions(_ comparisons: Int) throws -> String {
      var evaluation = try why(
        "true_positive_rate", .gapClosed, base: 0.26, values: [0.12, 0.01], holm: [0.001, 0.9], isGap: true
      ).evaluation
      evaluation.explanation?.importances[0].comparisons = comparisons
      let page = try #require(WhyPage(PageBuilder(evaluation, mentionsChartFiles: false)))
      return page.gapFigures().map(\.caption).joined()
    }
    #expect(try captions(10).hasSuffix("allow for its pair having been picked as the widest of 10."))
    #expect(try !captions(1).contains("picked"))
  }

  @Test func notesAreTold() {
    var evaluation = ExplanationFixture.explained()
    evaluation.explanation?.notes = (0..<23).map { "Note <\($0)> on what was left out." }
    let page = PageTests.render(evaluation)
    #expect(page.contains("<li>Note &lt;0&gt; on what was left out.</li>"))
    #expect(page.contains("<li>3 more notes are in evaluation.json.</li>") && !page.contains("&lt;20&gt;"))
    let lines = ExplanationText.lines(evaluation, width: 100)
    #expect(lines.contains("  Note: Note <19> on what was left out."))
    #expect(lines.last == "  Note: 3 more notes are in evaluation.json.")
  }

  /// Few groups share the panel of partial dependence with all rows; their numbers stand in the table.
  @Test func smallFamiliesHaveTheirPartialDependence() throws {
    let page = try #require(WhyPage(PageBuilder(WhyTests.evaluation, mentionsChartFiles: false)))
    let figure = try #require(page.effectFigures().first { $0.id == "fig-why-effect-age" })
    let plot = try #require(figure.chart as? EffectPlot)
    let partial = plot.panels.filter { $0.name.hasPrefix("PDP") }
    #expect(partial.map(\.name) == ["PDP by sex"])
    #expect(partial[0].series.map(\.label) == ["all rows", "Female", "Male"])
    #expect(!partial[0].individual.isEmpty)
    let looks = partial[0].series.indices.map { plot.look(partial[0], $0).dash }
    #expect(looks[1] != looks[2], "told apart without colour")
    let columns = figure.table.columns.filter { $0.hasPrefix("PDP") }
    #expect(columns == ["PDP, all rows", "PDP, Female", "PDP, Male"])
  }

  @Test func theModelAndItsPredictions() throws {
    var page = WhyPageState(try why(values: [0.1], holm: [0.01]))
    #expect(
      page.model { _ in } == [
        "Explained is the score of m.json (linear).",
        "The data hold no predictions to compare it with: every number of this part speaks of the model.",
      ])
    #expect(
      page.model {
        $0.comparedWith = "score"
        $0.comparedRows = 100
        $0.largestDifference = 3e-8
      }.last == "It reproduces the column score on all 100 rows, to within 3×10⁻⁸.")
    #expect(
      page.model {
        $0.largestDifference = 0
      }.last == "It reproduces the column score on all 100 rows.")
    #expect(
      page.model {
        $0.differingRows = 12
        $0.largestDifference = 0.25
      }.last
        == "It differs from the column score on 12 of 100 rows (12.0 %), by at most 0.250: what follows speaks of the "
        + "model, not of that column.")
  }

  @Test func sampling() throws {
    var page = WhyPageState(try why(values: [0.1], holm: [0.01]))
    #expect(
      page.sampling { _ in } == [
        "All 100 rows were scored again, 5 times for each feature, with the feature's values taken from other rows; seed 7."
      ])
    #expect(
      page.sampling {
        $0.rowCount = 1000
        $0.repeats = .automatic
        $0.conditioning = .strata
        $0.strata = ["sex", "race"]
      }.first
        == "100 of 1,000 rows were scored again, for each feature until shuffle noise was below a fifth of sampling noise, "
        + "at most 5 times, with the feature's values taken from rows that agree in sex and race; seed 7.")
    let exact = page.sampling {
      $0.repeats = .exact
      $0.conditioning = .leaves
      $0.unit = "person"
      $0.isWeighted = true
    }
    #expect(exact[0].contains("the exact expectation") && exact[0].contains("same leaf of a small tree"))
    #expect(exact[1] == "Rows with the same person count as one unit in every standard error.")
    #expect(exact[2].hasPrefix("Rows are weighted"))
  }

  @Test func warningsComeInOrderAndNoSkillIsABanner() throws {
    var evaluation = ExplanationFixture.explained()
    evaluation.explanation?.warnings = ExplanationWarning.Kind.allCases.reversed().map {
      ExplanationWarning(kind: $0, message: "Message on \($0.rawValue) <b>&.")
    }
    let page = PageTests.render(evaluation)
    let places = ExplanationWarning.Kind.allCases.map {
      page.range(of: "Message on \($0.rawValue) &lt;b&gt;&amp;.")
    }
    #expect(places.allSatisfy { $0 != nil })
    let starts = places.compactMap { $0?.lowerBound }
    #expect(starts == starts.sorted())
    #expect(page.contains("<p class=\"no-skill\" role=\"note\"><b>No skill shown.</b>"))
    #expect(
      Set(ExplanationWarning.Kind.allCases.map(WhyWords.title)).count
        == ExplanationWarning.Kind.allCases.count)
  }

  @Test func flips() throws {
    let page = try #require(WhyPage(PageBuilder(WhyTests.evaluation, mentionsChartFiles: false)))
    let flips = page.explanation.flips
    #expect(
      page.flipSentence(flips[0])
        == "Changing only sex from Female to Male changes 3.1 % of 5,421 decisions (2.7 % to 3.6 %): 148 to positive, "
        + "20 to negative; the score moves by +0.012 on average.")
    #expect(page.flipSentence(flips[2]) == nil)
    var none = flips[0]
    (none.toPositive, none.toNegative, none.share) = (0, 0, 0)
    #expect(
      page.flipSentence(none) == "Changing only sex from Female to Male changes none of 5,421 decisions.")
  }
}

/// A page whose model and sampling can be changed step by step.
private struct WhyPageState {
  private var evaluation: Evaluation

  init(_ page: WhyPage) { evaluation = page.evaluation }

  private var page: WhyPage? { WhyPage(PageBuilder(evaluation, mentionsChartFiles: false)) }

  mutating func model(_ change: (inout ExplainedModel) -> Void) -> [String] {
    if var model = evaluation.explanation?.model {
      change(&model)
      evaluation.explanation?.model = model
    }
    return page?.modelSentences() ?? []
  }

  mutating func sampling(_ change: (inout ExplanationSampling) -> Void) -> [String] {
    if var sampling = evaluation.explanation?.sampling {
      change(&sampling)
      evaluation.explanation?.sampling = sampling
    }
    return page?.samplingSentences() ?? []
  }
}
