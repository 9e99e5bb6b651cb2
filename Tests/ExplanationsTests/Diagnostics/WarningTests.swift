import Explanations
import Glibc
import Results
import Statistics
import Tables
import TestSupport
import Testing

@Suite struct WarningTests {
  private func diagnostics(
    _ columns: [Column]? = nil, labels: [UInt8], hasLabel: Bool = true, weights: [Double]? = nil,
    units: [Int32]? = nil, used: Set<Int>? = nil, ranks: [Double]? = nil
  ) throws -> Diagnostics {
    let columns =
      columns
      ?? (0..<3).map { MadeRows.numbers("x\($0)", MadeRows.noise(labels.count, seed: UInt64($0 + 50))) }
    return try Diagnostics(
      MadeRows.input(
        columns, labels: labels, hasLabel: hasLabel, weights: weights, units: units, used: used, ranks: ranks),
      ExplanationSettings())
  }

  private func importance(
    _ values: [Double], metric: String, base: Double, holm: [Double]? = nil, slice: Int = 0,
    reference: Int? = nil
  ) -> ImportanceColumns {
    let none = [Double](repeating: .nan, count: values.count)
    return ImportanceColumns(
      metric: metric, slice: slice, reference: reference, meaning: .qualityLost, donors: .allRows, rows: 100,
      base: base, permuted: none, importance: values, ratio: none, standardError: none, shuffleError: none,
      lower: none, upper: none, pValue: none, holm: holm ?? values.map { _ in 0 }, benjaminiHochberg: none,
      repeats: values.map { _ in 1 }, reasons: values.map { _ in nil })
  }

  // MARK: Features

  @Test func aFeatureThatIsTheLabelIsSuspected() throws {
    let labels = MadeRows.labels(300, seed: 1)
    let columns = [
      MadeRows.numbers("x", MadeRows.noise(300, seed: 1)), MadeRows.numbers("paid", labels.map(Double.init)),
    ]
    let warnings = try diagnostics(columns, labels: labels).leakageWarnings()
    #expect(warnings.map(\.feature) == [1])
    #expect(warnings[0].message.contains("“paid” alone tells the label almost perfectly (ROC AUC 1.000)"))
    #expect(try diagnostics(columns, labels: labels, used: [0]).leakageWarnings().isEmpty)
  }

  @Test func copiesAreToldOnceAndAsExtrapolation() throws {
    let x = MadeRows.noise(1000, seed: 1)
    let columns = [
      MadeRows.numbers("x", x), MadeRows.numbers("free", MadeRows.noise(1000, seed: 2)),
      MadeRows.numbers("copy", x.map { $0 * 2 }),
    ]
    let diagnostics = try diagnostics(columns, labels: MadeRows.labels(1000, seed: 1))
    let associations = diagnostics.associationWarnings()
    #expect(associations.map(\.feature) == [0])
    #expect(associations[0].message.contains("“x” and “copy” are strongly associated (|Spearman| 1.00)"))
    let outside = diagnostics.extrapolationWarnings()
    #expect(outside.map(\.feature) == [0, 2])
    #expect(outside[0].message.contains("Moving “x” puts 90 % of the rows where the data have none"))
    let unused = try self.diagnostics(columns, labels: MadeRows.labels(1000, seed: 1), used: [0, 1])
    #expect(unused.associationWarnings().isEmpty)
  }

  // MARK: Rows

  @Test func fewRowsAreTold() throws {
    let few = try diagnostics(labels: Array(repeating: 0, count: 80) + [1]).rowWarnings()
    #expect(few.count == 1)
    #expect(few[0].message.hasPrefix("Only 81 rows, 1 positive:"))
    let enough = Array(repeating: UInt8(0), count: 80) + Array(repeating: 1, count: 20)
    #expect(try diagnostics(labels: enough).rowWarnings().isEmpty)
    #expect(try diagnostics(labels: enough.map { 1 - $0 }).rowWarnings().isEmpty)
    #expect(
      try diagnostics(labels: enough.map { _ in 0 }, hasLabel: false).rowWarnings().isEmpty)
    let units = (0..<100).map { Int32($0 / 10) }
    #expect(
      try diagnostics(labels: enough, units: units).rowWarnings()[0].message.hasPrefix("Only 10 units:"))
  }

  @Test func trainingRowsAreTold() throws {
    let warning = { (texts: [String?]) -> ExplanationWarning? in
      guard case .category(let column) = MadeRows.category("split", texts) else { return nil }
      return Diagnostics.trainingWarning(column)
    }
    #expect(try #require(warning(["train", "test", nil, "Train"])).message.contains("on 2 of the 4 rows"))
    #expect(try #require(warning(["train", "train"])).message.contains("on all rows"))
    #expect(warning(["test", "holdout", nil]) == nil)
  }

  // MARK: Skill

  /// A model whose scores are noise is told in at least 97.5 % of data sets, the limit of a two-sided interval of the AUC,
  /// less 3 Monte Carlo errors. Probabilities that scatter about the base rate pass two tests: one more in twenty.
  @Test(arguments: [true, false])
  func noSkillIsFoundAsOftenAsTheLevelSays(probabilities: Bool) throws {
    let runs = 400
    var quiet = 0
    for seed in 0..<UInt64(runs) {
      let labels = MadeRows.labels(150, rate: 0.4, seed: seed)
      let scores = MadeRows.noise(150, seed: seed + 10_000).map {
        probabilities ? 1 / (1 + exp(0.4 - 0.02 * $0)) : $0
      }
      let made = try diagnostics([MadeRows.numbers("x", scores)], labels: labels)
      if made.skillWarnings(scores).isEmpty { quiet += 1 }
    }
    let rate = probabilities ? 0.075 : 0.025
    #expect(Double(quiet) / Double(runs) <= rate + 3 * (rate * (1 - rate) / Double(runs)).squareRoot())
  }

  /// Twenty copies of each row are no more evidence than the rows themselves.
  @Test func unitsCountOnce() throws {
    var quiet = (rows: 0, units: 0)
    for seed in 0..<UInt64(60) {
      let labels = MadeRows.labels(60, seed: seed).flatMap { Array(repeating: $0, count: 20) }
      let scores = MadeRows.noise(60, seed: seed + 99).flatMap { Array(repeating: $0, count: 20) }
      let column = [MadeRows.numbers("x", scores)]
      let units = (0..<1200).map { Int32($0 / 20) }
      if try diagnostics(column, labels: labels).skillWarnings(scores).isEmpty { quiet.rows += 1 }
      if try diagnostics(column, labels: labels, units: units).skillWarnings(scores).isEmpty {
        quiet.units += 1
      }
    }
    #expect(quiet.units <= 6)
    #expect(quiet.rows > 15)
  }

  @Test func aModelWithSkillIsNotBlamed() throws {
    let labels = MadeRows.labels(500, seed: 1)
    let noise = MadeRows.noise(500, seed: 2)
    let margins = zip(labels, noise).map { Double($0) - 0.5 + $1 }
    let made = try diagnostics(labels: labels)
    #expect(made.skillWarnings(margins).isEmpty)
    #expect(made.skillWarnings(margins.map { 1 / (1 + exp(-$0)) }).isEmpty)
    #expect(made.skillWarnings(labels.map(Double.init)).isEmpty)
    #expect(try diagnostics(labels: labels, hasLabel: false).skillWarnings(noise).isEmpty)
    #expect(try diagnostics(labels: labels.map { _ in 1 }).skillWarnings(noise).isEmpty)
  }

  @Test func reversedScoresAreToldAndOverconfidentOnesOtherwise() throws {
    let labels = MadeRows.labels(500, seed: 1)
    let margins = zip(labels, MadeRows.noise(500, seed: 2)).map { Double($0) - 0.5 + $1 }
    let made = try diagnostics(labels: labels)
    let reversed = made.skillWarnings(margins.map { -$0 })
    #expect(try #require(reversed.first).message.contains("is not shown to rank rows better than chance"))
    #expect(made.skillNotes(margins.map { -$0 }).isEmpty)
    let sure = margins.map { 1 / (1 + exp(-9 * $0)) }
    #expect(made.skillWarnings(sure).isEmpty, "its ranks hold")
    #expect(try #require(made.skillNotes(sure).first).hasPrefix("The model ranks rows better than chance"))
    #expect(made.skillNotes(margins.map { 1 / (1 + exp(-$0)) }).isEmpty)
  }

  /// Log loss says nothing of scores that are no probabilities, even in [0, 1].
  @Test func scoresThatAreNoProbabilitiesAreJudgedByRankAlone() throws {
    let labels = MadeRows.labels(500, seed: 1)
    let margins = zip(labels, MadeRows.noise(500, seed: 2)).map { Double($0) - 0.5 + $1 }
    let sure = margins.map { 1 / (1 + exp(-9 * $0)) }
    let made = try diagnostics(labels: labels, ranks: sure)
    #expect(made.skillNotes(sure).isEmpty && made.skillWarnings(sure).isEmpty)
    let reversed = try #require(made.skillWarnings(sure.map { 1 - $0 }).first)
    #expect(reversed.message.contains("ROC AUC") && !reversed.message.contains("log loss"))
  }

  /// Weights 0 leave only rows on which the model is right.
  @Test func weightsCount() throws {
    let labels = (0..<400).map { UInt8($0 % 2) }
    let scores = (0..<400).map { row -> Double in
      let right = row % 4 < 2
      return (row % 2 == 1) == right ? 0.8 : 0.2
    }
    let weights = (0..<400).map { $0 % 4 < 2 ? 1.0 : 0 }
    #expect(try !diagnostics(labels: labels).skillWarnings(scores).isEmpty)
    #expect(try diagnostics(labels: labels, weights: weights).skillWarnings(scores).isEmpty)
  }

  // MARK: Dominance

  @Test func oneFeatureThatCarriesAllIsTold() throws {
    let made = try diagnostics(labels: (0..<200).map { UInt8($0 % 2) })
    let skill = made.dominanceWarnings([importance([0.02, 0.28, 0.2], metric: "roc_auc", base: 0.8)])
    #expect(skill.map(\.feature) == [1])
    #expect(skill[0].message.contains("“x1” carries 93 % of what the model gains"))
    let share = made.dominanceWarnings([importance([-0.5, 0.01, 0.2], metric: "f1", base: 0.8)])
    #expect(share.map(\.feature) == [2])
    #expect(share[0].message.contains("carries 95 % of the importance of all features (F1"))
  }

  @Test func whatIsSharedOrNoiseOrNoMetricOfAllRowsIsNot() throws {
    let made = try diagnostics(labels: (0..<200).map { UInt8($0 % 2) })
    let values = [0.01, 0.01, 0.4]
    #expect(
      made.dominanceWarnings([importance([0.1, 0.2, 0.1], metric: "accuracy", base: 0.8)]).isEmpty)
    #expect(
      made.dominanceWarnings([
        importance(values, metric: "accuracy", base: 0.8, holm: [1, 1, 0.2]),
        importance(values, metric: "accuracy", base: 0.8, holm: [.nan, .nan, .nan]),
        importance(values, metric: "accuracy", base: 0.8, slice: 2),
        importance(values, metric: "accuracy", base: 0.8, reference: 1),
      ]).isEmpty)
  }

  @Test func allWarningsTogether() throws {
    let labels = MadeRows.labels(40, seed: 1)
    let columns = [
      MadeRows.numbers("x", labels.map(Double.init)), MadeRows.numbers("y", labels.map(Double.init)),
    ]
    guard case .category(let split) = MadeRows.category("split", labels.map { _ in "train" }) else { return }
    let warnings = try diagnostics(columns, labels: labels).warnings(
      scores: MadeRows.noise(40, seed: 3),
      importances: [importance([0.5, 0], metric: "roc_auc", base: 1)], partition: split)
    let kinds: [ExplanationWarning.Kind] = [
      .noSkill, .leakage, .leakage, .dominant, .extrapolation, .extrapolation, .association, .fewRows,
      .trainingRows,
    ]
    #expect(warnings.map(\.kind) == kinds)
    #expect(warnings.allSatisfy { $0.message.hasSuffix(".") && $0.message.first?.isLowercase == false })
  }
}
