import Fairness
import Results
import Slicing
import TestSupport
import Testing

@testable import Evaluator

/// Aequitas' audit of COMPAS (docs/source/examples/compas_demo.ipynb, cells 51, 75 and 77), through a whole run.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct AequitasRunTests {
  private static let metrics = ["ppr", "pprev", "precision", "fdr", "for", "fpr", "fnr", "tpr", "tnr", "npv"]

  private static func evaluate(_ references: [String: String]) throws -> Evaluation {
    var configuration = try MeasureRuns.configuration(
      SharedData.path("data/compas/compas_for_aequitas.csv"), label: "label_value", decision: "score",
      slices: ["race", "sex", "age_cat"], measures: ["aequitas"])
    configuration.compatibility = .aequitas
    configuration.references = references
    return try EvaluationRun.evaluate(configuration)
  }

  /// Cell 51: the largest group of each attribute is the reference, as it is here where none is named.
  @Test func disparities() throws {
    let table = """
      race=Asian|.003680|.425023|1.191015|.675155|.357613|.193897|1.191103|.925737|1.655468|1.345202
      race=Caucasian|.392824|.591638|.939052|1.103650|.824297|.522987|1.705274|.725927|1.387874|1.094418
      race=Hispanic|.087397|.507092|.860874|1.236600|.825630|.478997|1.986883|.616493|1.423644|1.093702
      race=Native American|.005520|1.133395|1.191015|.675155|.476817|.836180|.357331|1.249744|1.133207|1.281145
      race=Other|.036339|.356253|.864366|1.230663|.864031|.328989|2.418028|.448947|1.545620|1.073066
      sex=Female|.216801|.904348|.806925|1.336425|.734738|.990343|1.055810|.967101|1.004633|1.130710
      age_cat=Greater than 45|.204782|.533914|.879232|1.192804|.746232|.503031|1.531238|.682963|1.248989|1.121136
      age_cat=Less than 25|.519231|1.395369|1.040293|.935673|1.313873|1.621868|.696781|1.180958|.688435|.850173
      """
    let evaluation = try Self.evaluate([:])
    for line in table.split(separator: "\n") {
      let fields = line.split(separator: "|").map(String.init)
      let family = String(fields[0].prefix { $0 != "=" })
      for (name, field) in zip(Self.metrics, fields.dropFirst()) {
        let found = try evaluation.result(
          name + "_disparity", tool: "aequitas", family: family, group: fields[0])
        let value = found.estimate.value ?? .nan
        #expect(abs(value - (Double(field) ?? .nan)) < 5.000001e-7, "\(fields[0]) \(name)")
        #expect(found.estimate.status == .ok, "\(fields[0]) \(name)")
      }
    }
  }

  /// Cells 75 and 77: τ = 0.8, Caucasian, Male and 25 - 45 as references.
  @Test func determinations() throws {
    let evaluation = try Self.evaluate(["race": "Caucasian", "sex": "Male", "age_cat": "25 - 45"])
    let fair = [
      "age_cat": ["FDR Parity", "NPV Parity", "Precision Parity"], "race": ["NPV Parity"],
      "sex": [
        "Impact Parity", "FPR Parity", "FNR Parity", "TPR Parity", "TNR Parity", "NPV Parity",
        "Precision Parity", "Equalized Odds",
      ],
    ]
    for (family, names) in fair {
      let all = evaluation.results("parity_determination", tool: "aequitas").filter {
        $0.family == evaluation.family(family) && $0.group == nil
      }
      #expect(all.count == 15)
      for one in all {
        #expect(one.estimate.value == (names.contains(one.name) ? 1 : 0), "\(family) \(one.name)")
      }
    }
    for name in ["Unsupervised Fairness", "Supervised Fairness", "Overall Fairness"] {
      let found = evaluation.results(name, tool: "aequitas").filter { $0.family == nil }
      #expect(found.map(\.estimate.value) == [0], "\(name)")
    }
  }
}
