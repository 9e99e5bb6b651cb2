import Foundation
import Testing

/// Data scored by a model whose formula is known: a logistic regression of `a`, `b` and `sex`, which does not read
/// `noise`. Its file and encoding lie beside the data.
enum ExplainWorkshop {
  private static let coefficients = (a: 2.0, b: 1.0, female: -0.8)

  static let model = """
    {"format": "fairslice-model", "version": 1, "model": "linear", "inputs": ["a", "b", "sex=F", "sex=M"],
     "outputs": ["score"], "link": "logistic", "coefficients": [[2, 1, -0.8, 0]], "intercepts": [0]}
    """

  static let encoding = """
    {"version": 1, "features": ["a", "b", {"column": "sex", "one_hot": ["F", "M"]}]}
    """

  static let configuration = """
    {
      data: "d.csv", label: "y", score: "p", slices: ["sex", "region"],
      model: { file: "m.json", encoding: "e.json" },
      explain: { repeats: 4, attribution_rows: 50, background_rows: 20, interaction_rows: 30 },
    }
    """

  /// Rows without the first `left` of them; `shift` is added to the scores.
  static func rows(_ count: Int = 400, shift: Double = 0) -> String {
    var lines = ["id,y,p,a,b,noise,sex,region"]
    var state: UInt64 = 7
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 11) * 0x1p-53
    }
    for row in 0..<count {
      let (a, b, noise) = (uniform() * 2 - 1, uniform() * 2 - 1, uniform())
      let female = uniform() < 0.5
      let margin = coefficients.a * a + coefficients.b * b + (female ? coefficients.female : 0)
      let score = 1 / (1 + exp(-margin))
      let label = uniform() < score ? 1 : 0
      let region = ["north", "south", "west"][row % 3]
      lines.append("\(row),\(label),\(score + shift),\(a),\(b),\(noise),\(female ? "F" : "M"),\(region)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  static func folder() throws -> Folder {
    let folder = try Folder()
    try folder.write("d.csv", rows())
    try folder.write("m.json", model)
    try folder.write("e.json", encoding)
    try folder.write("c.json5", configuration)
    return folder
  }
}
