import Results
import TestSupport
import Testing

@testable import Evaluator

/// Aequitas' audit of COMPAS, docs/source/examples/compas_demo.ipynb: counts of every group, and the disparities
/// (group over reference) behind its verdicts, as published.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct AequitasAuditTests {
  /// Aequitas' names in the order of the published table; `ppr` is a group's share of all predicted positives, whose
  /// ratio is that of the counts.
  private static let gaps = [
    "predicted_positive_count_parity", "pprev", "precision", "fdr", "for", "fpr", "fnr", "tpr", "tnr", "npv",
  ]
  private static let ids = [
    "predicted_positives", "selection_rate", "precision", "false_discovery_rate",
    "false_omission_rate",
    "false_positive_rate", "false_negative_rate", "true_positive_rate", "true_negative_rate",
    "negative_predictive_value",
  ]

  /// Cell 51: the largest group of each attribute is the reference.
  private static let majority = """
    race=Asian|.003680|.425023|1.191015|.675155|.357613|.193897|1.191103|.925737|1.655468|1.345202
    race=Caucasian|.392824|.591638|.939052|1.103650|.824297|.522987|1.705274|.725927|1.387874|1.094418
    race=Hispanic|.087397|.507092|.860874|1.236600|.825630|.478997|1.986883|.616493|1.423644|1.093702
    race=Native American|.005520|1.133395|1.191015|.675155|.476817|.836180|.357331|1.249744|1.133207|1.281145
    race=Other|.036339|.356253|.864366|1.230663|.864031|.328989|2.418028|.448947|1.545620|1.073066
    sex=Female|.216801|.904348|.806925|1.336425|.734738|.990343|1.055810|.967101|1.004633|1.130710
    age_cat=Greater than 45|.204782|.533914|.879232|1.192804|.746232|.503031|1.531238|.682963|1.248989|1.121136
    age_cat=Less than 25|.519231|1.395369|1.040293|.935673|1.313873|1.621868|.696781|1.180958|.688435|.850173
    """

  /// Cell 48: Hispanic people are the reference.
  private static let hispanic = """
    race=African-American|11.442105|1.972030|1.161610|.808669|1.211197|2.087696|.503301|1.622079|.702423|.914326
    race=Caucasian|4.494737|1.166727|1.090812|.892487|.998387|1.091838|.858266|1.177511|.974874|1.000654
    race=Asian|-|.838158|-|-|-|.404798|-|-|-|-
    race=Native American|-|2.235088|-|-|-|1.745690|-|-|-|-
    race=Other|-|.702541|-|-|-|.686829|-|-|-|-
    """

  /// Made with aequitas 1.1.0 (CONFORMANCE, conf5.py): white people are the reference.
  private static let caucasian = """
    race=African-American|2.545667|1.690224|1.064904|.906085|1.213154|1.912093|.586416|1.377549|.720526|.913728
    race=Asian|.009368|.718384|1.268317|.611748|.433839|.370749|.698482|1.275248|1.192808|1.229148
    race=Hispanic|.222482|.857099|.916748|1.120464|1.001616|.915887|1.165140|.849249|1.025773|.999346
    race=Native American|.014052|1.915691|1.268317|.611748|.578453|1.598854|.209544|1.721584|.816506|1.170618
    race=Other|.092506|.602147|.920466|1.115085|1.048203|.629057|1.417970|.618447|1.113660|.980490
    """

  private static func evaluate(reference: String) throws -> Evaluation {
    var configuration = Configuration()
    configuration.data = SharedData.path("data/compas/compas_for_aequitas.csv")
    (configuration.label, configuration.decision) = ("label_value", "score")
    configuration.slices = try Written.slices("race", "sex", "age_cat")
    configuration.references = ["race": reference, "sex": "Male", "age_cat": "25 - 45"]
    (configuration.gaps, configuration.comparisons) = (gaps, [.toReference])
    configuration.bootstrapReplicates = 100
    return try EvaluationRun.evaluate(configuration)
  }

  @Test func counts() throws {
    let evaluation = try Self.evaluate(reference: "Caucasian")
    let published: [(String, [Double])] = [
      ("race=African-American", [1369, 805, 532, 990]), ("race=Asian", [6, 2, 3, 21]),
      ("race=Caucasian", [505, 349, 461, 1139]), ("race=Hispanic", [103, 87, 129, 318]),
      ("race=Native American", [9, 3, 1, 5]), ("race=Other", [43, 36, 90, 208]),
      ("sex=Female", [303, 288, 195, 609]), ("sex=Male", [1732, 994, 1021, 2072]),
      ("age_cat=25 - 45", [1183, 741, 706, 1479]), ("age_cat=Greater than 45", [213, 181, 285, 897]),
      ("age_cat=Less than 25", [639, 360, 225, 305]),
    ]
    for (slice, cells) in published {
      let names = ["true_positives", "false_positives", "false_negatives", "true_negatives"]
      #expect(names.map { evaluation.value($0, slice) } == cells, "\(slice)")
      #expect(evaluation.value("predicted_positives", slice) == cells[0] + cells[1], "\(slice)")
    }
  }

  @Test(arguments: [("African-American", majority), ("Hispanic", hispanic), ("Caucasian", caucasian)])
  func disparities(reference: String, table: String) throws {
    let evaluation = try Self.evaluate(reference: reference)
    var compared = 0
    for line in table.split(separator: "\n") {
      let fields = line.split(separator: "|")
      for (id, field) in zip(Self.ids, fields.dropFirst()) where field != "-" {
        let found = evaluation.ratio(id, String(fields[0]))
        #expect(abs(found - (Double(field) ?? .nan)) < 5.000001e-7, "\(fields[0]) \(id)")
        compared += 1
      }
    }
    #expect(compared >= 26)
  }
}
