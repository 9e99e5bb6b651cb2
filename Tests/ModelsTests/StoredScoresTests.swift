import Foundation
import Results
import Tables
import TestSupport
import Testing

@testable import Models

/// Scores that XGBoost 3.2, LightGBM 4.7 and scikit-learn 1.9 gave, reproduced from raw columns.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder")) struct StoredScoresTests {
  @Test(arguments: StoredModel.all) func scoresAreTheLibrarys(_ model: StoredModel) throws {
    let scorer = try model.scorer()
    let table = try model.table(scorer)
    let stored = try StoredModel.stored(table, model.scores)
    let columns = try scorer.columns(of: table)
    let walked = try scorer.score(columns, .walk)
    let difference = largestDifference(walked, stored)
    print("agreement \(model.testDescription) rows \(table.rowCount) max difference \(difference)")
    #expect(table.rowCount > 100 && stored.count == scorer.outputs.count)
    #expect(difference <= model.tolerance)
    #expect(try scorer.score(columns, .masks) == walked)
  }

  /// The coefficients' own form, as a portable model and an encoding.
  @Test(arguments: ["adult", "compas", "german_credit"]) func logisticRegressionIsScikitLearns(
    _ folder: String
  ) throws {
    let parts = try StoredModel.coefficients(folder)
    let encoding = try StoredModel.logisticEncoding(folder)
    let key = try #require(parts.keys.first { $0.hasPrefix("coef") })
    let modelBytes = try JSONSerialization.data(withJSONObject: [
      "format": "fairslice-model", "version": 1, "model": "linear", "link": "logistic",
      "inputs": encoding.inputNames, "coefficients": [try #require(parts[key])],
      "intercepts": [try #require(parts["intercept"])],
    ])
    let scorer = try NativeScorer(
      ModelReader.read(bytes: [UInt8](modelBytes), name: "model"), encoding: encoding)
    let table = try StoredModel.table("\(folder)/predictions_all_models.csv", scorer, scores: ["score_lr"])
    let difference = largestDifference(
      try scorer.score(scorer.columns(of: table)), try StoredModel.stored(table, ["score_lr"]))
    print("agreement \(folder)/lr max difference \(difference)")
    #expect(difference <= 1e-12)
  }
}
