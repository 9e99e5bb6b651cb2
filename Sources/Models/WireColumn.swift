import Results
import Tables

/// A column as a program or server is sent it.
struct WireColumn: Sendable {
  enum Content: Sendable {
    /// Missing is NaN.
    case numbers([Double])
    /// Missing is −1.
    case category(codes: [Int32], texts: [String])
  }

  let name: String
  let content: Content

  var rowCount: Int {
    switch content {
    case .numbers(let values): values.count
    case .category(let codes, _): codes.count
    }
  }
}

/// Which columns a program or server is sent: the raw ones, or the inputs that an encoding makes of them.
struct WireSchema: Sendable {
  let features: [ScorerFeature]
  let encoding: Encoding?

  init(_ features: [ScorerFeature]) { (self.features, encoding) = (features, nil) }

  init(_ encoding: Encoding) { (features, self.encoding) = (encoding.scorerFeatures, encoding) }

  /// The columns as they are sent.
  var sent: [ScorerFeature] {
    encoding?.inputNames.map { ScorerFeature(name: $0, kind: .number) } ?? features
  }

  /// - Throws: `data` where text stands in a column that should hold numbers.
  func columns(_ columns: [Column]) throws(Failure) -> [WireColumn] {
    guard columns.map(\.name) == features.map(\.name), Set(columns.map(\.rowCount)).count == 1 else {
      throw Failure(.defect, "a scorer was given other columns than it asked for")
    }
    if let encoding { return try encoded(columns, encoding) }
    var wire: [WireColumn] = []
    for (feature, column) in zip(features, columns) {
      wire.append(WireColumn(name: feature.name, content: try Self.content(feature, column)))
    }
    return wire
  }

  private func encoded(_ columns: [Column], _ encoding: Encoding) throws(Failure) -> [WireColumn] {
    var inputs: [[Double]] = []
    for (feature, column) in zip(encoding.features, columns) {
      inputs += try feature.encode(column, isSingle: encoding.roundsToSingle).inputs
    }
    return zip(encoding.inputNames, inputs).map { WireColumn(name: $0, content: .numbers($1)) }
  }

  private static func content(_ feature: ScorerFeature, _ column: Column) throws(Failure)
    -> WireColumn.Content
  {
    switch (feature.kind, column) {
    case (.number, .numbers(let numbers)): return .numbers(numbers.values)
    case (.category, .category(let category)):
      return .category(codes: category.codes, texts: category.categories)
    case (.number, .category(let category)):
      // A column without any value may have been read as a category.
      guard category.missingCount == category.codes.count else {
        throw Failure(
          .data,
          "column “\(column.name)”: the model wants numbers, found “\(category.categories.first ?? "")”",
          advice: "Declare it as a category, or give an encoding file.")
      }
      return .numbers(Array(repeating: .nan, count: category.codes.count))
    case (.category, .numbers(let numbers)):
      return texts(of: numbers.values)
    }
  }

  /// Categories that were read as numbers, such as postal codes. Complexity: O(rows + d log d), d distinct.
  private static func texts(of values: [Double]) -> WireColumn.Content {
    let distinct = Set(values.lazy.filter { !$0.isNaN }).sorted()
    let codes = Dictionary(uniqueKeysWithValues: zip(distinct, (0 as Int32)...))
    return .category(
      codes: values.map { codes[$0] ?? CategoryColumn.missing }, texts: distinct.map(NumberText.text))
  }
}

extension Encoding {
  /// The raw columns that it reads.
  package var scorerFeatures: [ScorerFeature] {
    features.map {
      if case .number = $0.rule {
        ScorerFeature(name: $0.column, kind: .number)
      } else {
        ScorerFeature(name: $0.column, kind: .category)
      }
    }
  }
}
