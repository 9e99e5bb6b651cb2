/// A model that is evaluated here, from its file.
package enum NativeModel: Sendable {
  case trees(TreeEnsemble)
  case linear(LinearModel)

  /// What the model is: the library that wrote it, `trees` or `linear`.
  package var kind: String {
    switch self {
    case .trees(let ensemble): ensemble.madeBy
    case .linear: "linear"
    }
  }

  /// Names of the inputs in the order of the training matrix.
  package var inputNames: [String] {
    switch self {
    case .trees(let ensemble): ensemble.inputNames
    case .linear(let model): model.inputNames
    }
  }

  package var outputNames: [String] {
    switch self {
    case .trees(let ensemble): ensemble.outputNames
    case .linear(let model): model.outputNames
    }
  }

  /// A single output is called `score`, several bear their numbers.
  static func outputNames(_ count: Int) -> [String] {
    count == 1 ? ["score"] : (0..<count).map { String($0) }
  }
}
