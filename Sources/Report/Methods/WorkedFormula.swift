import Charts
import Results

/// A metric's formula with one group's numbers in the place of its letters.
struct WorkedFormula {
  private let letters: [String: Double]
  private let formats: Bool

  /// - Parameter slice: the group whose cells are put in: rows, or weights where weights are in force
  init(_ evaluation: Evaluation, slice: Int) {
    let slices = evaluation.slices
    let counts = [
      slices.truePositives[slice], slices.falsePositives[slice], slices.falseNegatives[slice],
      slices.trueNegatives[slice],
    ]
    formats = !slices.cellWeights.isEmpty
    let cells = formats ? Array(slices.cellWeights[(4 * slice)..<(4 * slice + 4)]) : counts.map(Double.init)
    letters = [
      "TP": cells[0], "FP": cells[1], "FN": cells[2], "TN": cells[3], "n": cells.reduce(0, +),
      "P": cells[0] + cells[2], "N": cells[1] + cells[3], "PP": cells[0] + cells[1],
      "PN": cells[2] + cells[3],
    ]
  }

  /// `391 / (391 + 199)`; nil for a formula that holds anything but cells.
  func text(_ formula: String) -> String? {
    var result = ""
    var word = ""
    func closed() -> String? { word.isEmpty ? "" : letters[word].map { NumberText.count($0.rounded()) } }
    for character in formula {
      if character.isLetter {
        word.append(character)
        continue
      }
      guard let number = closed(), Self.signs.contains(character) else { return nil }
      result += number
      result.append(character)
      word = ""
    }
    guard let number = closed() else { return nil }
    result += number
    return result.contains(where: \.isNumber) ? result : nil
  }

  private static let signs: Set<Character> = Set(" ()+-*/·.0123456789")
}
