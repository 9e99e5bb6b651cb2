import Results
import Tables

/// A native model behind its encoding.
package struct NativeScorer: Scorer {
  package let model: NativeModel
  package let encoding: Encoding
  package let outputs: [String]

  /// - Parameter encoding: nil for a model whose inputs are numeric columns of the inputs' names
  /// - Throws: `data` where the encoding does not yield the model's inputs.
  package init(_ model: NativeModel, encoding: Encoding? = nil) throws(Failure) {
    let encoding = encoding ?? .numbers(model.inputNames)
    let (given, wanted) = (encoding.inputNames, model.inputNames)
    guard given.count == wanted.count else {
      throw Failure(
        .data, "the encoding yields \(given.count) inputs, the model has \(wanted.count)",
        advice: "List every input of the model, in the order of its training matrix.")
    }
    if Set(given) == Set(wanted), let place = given.indices.first(where: { given[$0] != wanted[$0] }) {
      throw Failure(
        .data, "input \(place + 1) of the model is “\(wanted[place])”, the encoding yields “\(given[place])”",
        advice: "Put the features of the encoding in the order of the training matrix.")
    }
    guard encoding.classes.isEmpty || encoding.classes.count == model.outputNames.count else {
      throw Failure(
        .data,
        "the encoding names \(encoding.classes.count) classes, the model has \(model.outputNames.count) outputs",
        advice: "Name each output, in the model's order, or leave “classes” out.")
    }
    (self.model, self.encoding) = (model, encoding)
    outputs = encoding.classes.isEmpty ? model.outputNames : encoding.classes
  }

  package var features: [ScorerFeature] { encoding.scorerFeatures }

  package func score(_ columns: [Column]) throws(Failure) -> [[Double]] {
    try score(columns, .automatic)
  }

  /// - Parameter evaluation: how leaves are found, which changes nothing but the time
  package func score(_ columns: [Column], _ evaluation: TreeEnsemble.Evaluation) throws(Failure) -> [[Double]]
  {
    let features = try encode(columns)
    return try scores(
      margins: margins(features, evaluation), rowCount: columns.first?.rowCount ?? 0, of: features)
  }

  /// - Throws: `data` where columns do not match the features.
  func encode(_ columns: [Column]) throws(Failure) -> [EncodedFeature] {
    guard columns.map(\.name) == encoding.features.map(\.column), Set(columns.map(\.rowCount)).count <= 1
    else {
      throw Failure(.defect, "a scorer was given other columns than it asked for")
    }
    var isSingle = encoding.roundsToSingle
    if case .trees(let ensemble) = model { isSingle = isSingle || ensemble.arithmetic.roundsInputs }
    var features: [EncodedFeature] = []
    for (feature, column) in zip(encoding.features, columns) {
      features.append(try feature.encode(column, isSingle: isSingle))
    }
    return features
  }

  func margins(_ features: [EncodedFeature], _ evaluation: TreeEnsemble.Evaluation) -> [Double] {
    switch model {
    case .trees(let ensemble): ensemble.margins(features, evaluation)
    case .linear(let model): model.margins(features)
    }
  }

  /// - Parameter features: the rows' inputs, where they are at hand, to tell what is missing
  /// - Throws: `data` where a score is not a number, which a missing value in a linear model makes.
  func scores(
    margins: [Double], rowCount: Int, of features: [EncodedFeature] = []
  ) throws(Failure) -> [[Double]] {
    var columns = outputs.indices.map { Array(margins[$0 * rowCount..<($0 + 1) * rowCount]) }
    switch model {
    case .trees(let ensemble): ensemble.link.apply(to: &columns, isSingle: ensemble.arithmetic == .single)
    case .linear(let model): model.link.apply(to: &columns, isSingle: false)
    }
    for column in columns {
      guard let row = column.firstIndex(where: \.isNaN) else { continue }
      throw noNumber(row, features)
    }
    return columns
  }

  private func noNumber(_ row: Int, _ features: [EncodedFeature]) -> Failure {
    let missing = zip(encoding.features, features).filter { $1.isMissing(row) }.map { "“\($0.0.column)”" }
    let what = missing.isEmpty ? "" : ": no value of \(missing.joined(separator: ", "))"
    return Failure(
      .data, "row \(row + 1): the model gives no number\(what)",
      advice: "A linear model cannot score a missing value; give “impute” in the encoding file.")
  }
}

extension LinearModel {
  /// Margins before the link, output by output in one array. Complexity: O(rows · features · outputs).
  func margins(_ features: [EncodedFeature]) -> [Double] {
    let rowCount = features.first?.rowCount ?? 0
    var margins: [Double] = []
    for output in intercepts.indices {
      var sums = Array(repeating: intercepts[output], count: rowCount)
      var first = 0
      for feature in features {
        first += add(feature, first: first, output: output, to: &sums)
      }
      margins += sums
    }
    return margins
  }

  /// Adds a feature's part to the margins of an output, and returns how many inputs it owns.
  private func add(_ feature: EncodedFeature, first: Int, output: Int, to sums: inout [Double]) -> Int {
    switch feature {
    case .values(let values):
      let coefficient = coefficients[output][first]
      for row in sums.indices { sums[row] += coefficient * values[row] }
      return 1
    case .coded(let codes, let table, let width):
      let parts = stride(from: 0, to: table.count, by: width).map { start in
        contribution(
          output: output, inputs: first..<first + width, values: Array(table[start..<start + width]))
      }
      for row in sums.indices { sums[row] += parts[Int(codes[row])] }
      return width
    }
  }
}
