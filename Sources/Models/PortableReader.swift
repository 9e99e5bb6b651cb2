import Results

/// Reads this project's own JSON for linear models, trees and forests (Documentation/Models.md).
struct PortableReader {
  static let format = "fairslice-model"

  private let document: DocumentPart
  private let inputs: [String]
  private let outputs: [String]
  private let link: Link

  private static let common = ["format", "version", "model", "inputs", "outputs", "link", "source"]

  init(_ document: DocumentPart) throws(Failure) {
    self.document = document
    guard try document.member("version").integer(0...Int(Int32.max)) == 1 else {
      throw try document.member("version").failure("only version 1 is known")
    }
    inputs = try document.member("inputs").texts()
    outputs = try document.optional("outputs")?.texts() ?? ["score"]
    guard !outputs.isEmpty, Set(outputs).count == outputs.count, Set(inputs).count == inputs.count else {
      throw document.failure("there are no outputs, or a name is given twice")
    }
    link = try Self.link(document.member("link"))
  }

  private static func link(_ part: DocumentPart) throws(Failure) -> Link {
    switch try part.text() {
    case "identity": return .identity
    case "logistic": return .logistic(slope: 1)
    case "softmax": return .softmax
    case "exponential": return .exponential
    case let text:
      throw part.failure(
        "“\(text)” is no link",
        advice: Suggestion.phrase(for: text, among: ["identity", "logistic", "softmax", "exponential"]))
    }
  }

  func model() throws(Failure) -> NativeModel {
    let kind = try document.member("model")
    switch try kind.text() {
    case "linear": return .linear(try linear())
    case "trees": return .trees(try trees())
    case let text: throw kind.failure("“\(text)” is neither “linear” nor “trees”")
    }
  }

  private func linear() throws(Failure) -> LinearModel {
    try document.allows(only: Self.common + ["coefficients", "intercepts"])
    let intercepts = try document.member("intercepts").numbers()
    let rows = try document.member("coefficients").list()
    guard rows.count == outputs.count, intercepts.count == outputs.count else {
      throw document.failure(
        "coefficients and intercepts should have a row for each of \(outputs.count) outputs")
    }
    var coefficients: [[Double]] = []
    for row in rows {
      let numbers = try row.numbers()
      guard numbers.count == inputs.count, numbers.allSatisfy(\.isFinite) else {
        throw row.failure("expected \(inputs.count) finite numbers, found \(numbers.count)")
      }
      coefficients.append(numbers)
    }
    guard intercepts.allSatisfy(\.isFinite) else { throw document.failure("an intercept is not finite") }
    return LinearModel(
      inputNames: inputs, outputNames: outputs, link: link, coefficients: coefficients, intercepts: intercepts
    )
  }

  private func trees() throws(Failure) -> TreeEnsemble {
    try document.allows(only: Self.common + ["float32_inputs", "average", "scale", "base", "trees"])
    let base = try document.optional("base")?.numbers() ?? Array(repeating: 0, count: outputs.count)
    guard base.count == outputs.count, base.allSatisfy(\.isFinite) else {
      throw document.failure("base should have a finite number for each of \(outputs.count) outputs")
    }
    let parts = try document.member("trees").list()
    var ensemble = TreeEnsemble(
      inputNames: inputs, outputNames: outputs,
      arithmetic: try document.optional("float32_inputs")?.bool() ?? false ? .singleInputs : .double,
      link: link, base: base)
    if try document.optional("average")?.bool() ?? false { ensemble.divisor = Double(max(1, parts.count)) }
    let scale = try document.optional("scale")?.number() ?? 1
    for part in parts { try ensemble.append(tree(part, scale: scale), place: part.place) }
    return ensemble
  }

  private func tree(_ part: DocumentPart, scale: Double) throws(Failure) -> TreeDraft {
    try part.allows(only: ["input", "threshold", "left", "right", "missing_left", "value", "output"])
    let left = try part.member("left").integers(-1...Int(Int32.max))
    let right = try part.member("right").integers(-1...Int(Int32.max))
    let thresholds = try part.member("threshold").numbers()
    let inputs = try part.member("input").integers(-2...Int(Int32.max))
    let missing = try part.optional("missing_left")?.integers(0...1) ?? Array(repeating: 0, count: left.count)
    let values = try part.member("value").numbers().map { $0 * scale }
    let output = try part.optional("output")?.integer(0...(outputs.count - 1))
    let width = output == nil ? outputs.count : 1
    guard !left.isEmpty,
      [right.count, thresholds.count, inputs.count, missing.count].allSatisfy({ $0 == left.count }),
      values.count == left.count * width
    else { throw part.failure("the lists of the tree differ in length or are empty") }
    func child(_ index: Int) -> Int {
      guard left.indices.contains(index) else { return Int(Int32.max) }
      return left[index] < 0 ? ~index : index
    }
    let nodes = left.indices.map { index in
      let split = Split(
        input: inputs[index], threshold: thresholds[index], missingGoesLeft: missing[index] == 1)
      return TreeDraft.Node(split: split, left: child(left[index]), right: child(right[index]))
    }
    return TreeDraft(nodes: nodes, root: child(0), leafValues: values, width: width, output: output ?? 0)
  }
}
