import Foundation
import Results
import TableIngest
import Tables
import TestSupport
import Testing

@testable import Models

/// Models of Python packages through the reference child, where the packages are installed (`FAIRSLICE_PYTHON`).
@Suite struct PythonPackagesTests {
  static func options() -> ProcessScorer.Options {
    var options = ProcessScorer.Options()
    options.batchRows = 4000
    return options
  }

  /// The scores that onnxruntime gave when the data were made, from raw columns and from the one-hot matrix.
  @Test(
    .enabled(if: SharedData.isPresent, "needs the shared data folder"),
    .enabled(if: Programs.hasPackages("onnxruntime, numpy"), "needs onnxruntime and numpy for Python"),
    arguments: ["adult", "compas", "german_credit"], ["pipeline", "matrix"])
  func onnxModelsGiveTheStoredScores(_ folder: String, _ kind: String) throws {
    let encoding = try StoredModel.logisticEncoding(folder)
    let file = kind == "pipeline" ? "lr_pipeline.onnx" : "lr_onehot_matrix.onnx"
    let command = [
      Programs.python, Programs.reference, SharedData.path("data/\(folder)/models/\(file)"), "--missing",
      "__missing__",
    ]
    let scorer =
      kind == "pipeline"
      ? try ProcessScorer(
        command: command, features: encoding.scorerFeatures, options: Self.options(),
        registry: ChildRegistry())
      : try ProcessScorer(
        command: command, encoding: encoding, options: Self.options(), registry: ChildRegistry())
    let name = "score_lr_onnx_\(kind)"
    let table = try StoredModel.table("\(folder)/predictions_all_models.csv", scorer, scores: [name])
    let scores = try scorer.score(scorer.columns(of: table))
    let difference = try largestDifference(scores, StoredModel.stored(table, [name]))
    print("agreement \(folder)/\(file) rows \(table.rowCount) max difference \(difference)")
    #expect(table.rowCount > 100 && scorer.isDeterministic == true)
    // Float32 arithmetic, whose order of sums may differ with the size of a batch.
    #expect(difference <= 1e-6)
  }

  static let training = """
    import sys, pickle, numpy, pandas
    from sklearn.compose import make_column_transformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder
    random = numpy.random.default_rng(1)
    table = pandas.DataFrame({"a": random.normal(size=500), "c": random.choice(["x", "y", "z"], 500)})
    table["c"] = table["c"].astype(object)
    table.loc[::9, "c"] = numpy.nan
    encoder = make_column_transformer((OneHotEncoder(handle_unknown="ignore"), ["c"]), remainder="passthrough")
    label = (table["a"] + (table["c"] == "x") + random.normal(size=500) > 0.5).astype(int)
    pipeline = make_pipeline(encoder, LogisticRegression()).fit(table, label)
    forest = RandomForestClassifier(5, random_state=0).fit(table[["a"]].to_numpy(), 1 + label + (table["a"] > 1))
    pickle.dump(pipeline, open(sys.argv[1] + "/pipeline.pkl", "wb"))
    pickle.dump(forest, open(sys.argv[1] + "/forest.pkl", "wb"))
    table.assign(p=pipeline.predict_proba(table)[:, 1], q=forest.predict_proba(table[["a"]].to_numpy())[:, 2]) \\
        .to_csv(sys.argv[1] + "/table.csv", index=False)
    """

  @Test(
    .enabled(if: Programs.hasPackages("sklearn, pandas, numpy"), "needs scikit-learn and pandas for Python"))
  func scikitLearnsModelsGiveTheirScores() throws {
    try Programs.inFolder { folder in
      #expect(Programs.runs([Programs.python, "-c", Self.training, folder.path]))
      let table = try TableReader.read(
        path: folder.appending(path: "table.csv").path,
        ReadRequest(
          columns: ["a", "c", "p", "q"].map { .init(name: $0, kind: $0 == "c" ? .category : .number) })
      ).table
      func scores(_ file: String, _ features: [ScorerFeature], _ format: FrameFormat) throws -> (
        [String], [[Double]]
      ) {
        var options = Self.options()
        (options.formats, options.batchRows) = ([format], 64)
        let scorer = try ProcessScorer(
          command: [Programs.python, Programs.reference, folder.appending(path: file).path],
          features: features,
          options: options, registry: ChildRegistry())
        return (scorer.outputs, try scorer.score(scorer.columns(of: table)))
      }
      for format in [FrameFormat.f64, .csv] {
        let (outputs, own) = try scores("pipeline.pkl", ProcessScorerTests.features, format)
        #expect(outputs == ["score"])
        #expect(try largestDifference(own, StoredModel.stored(table, ["p"])) <= 1e-15)
        let (classes, forest) = try scores("forest.pkl", Programs.features(["a"]), format)
        #expect(classes == ["1", "2", "3"])
        #expect(try largestDifference([forest[2]], StoredModel.stored(table, ["q"])) <= 1e-15)
      }
    }
  }
}
