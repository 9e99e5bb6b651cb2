import Results
import Tables

/// A raw column as the inputs that it owns.
enum EncodedFeature: Sendable {
  /// The single input, row by row.
  case values([Double])
  /// A code a row, and for each code the `width` inputs that it stands for, one code after the other.
  case coded(codes: [Int32], table: [Double], width: Int)

  var rowCount: Int {
    switch self {
    case .values(let values): values.count
    case .coded(let codes, _, _): codes.count
    }
  }

  /// Whether an input of the row is no number.
  func isMissing(_ row: Int) -> Bool {
    switch self {
    case .values(let values): return values[row].isNaN
    case .coded(let codes, let table, let width):
      let start = Int(codes[row]) * width
      return table[start..<start + width].contains(where: \.isNaN)
    }
  }

  /// The columns of inputs. Complexity: O(rows · width).
  var inputs: [[Double]] {
    switch self {
    case .values(let values): return [values]
    case .coded(let codes, let table, let width):
      return (0..<width).map { offset in codes.map { table[Int($0) * width + offset] } }
    }
  }

  /// The same column with each row's value taken from the row that `rows` names.
  func gathering(_ rows: [Int32]) -> EncodedFeature {
    switch self {
    case .values(let values): .values(rows.map { values[Int($0)] })
    case .coded(let codes, let table, let width):
      .coded(codes: rows.map { codes[Int($0)] }, table: table, width: width)
    }
  }
}

extension FeatureEncoding {
  /// - Parameter isSingle: whether inputs are rounded to float32
  /// - Throws: `data` where text stands in a column that should hold numbers.
  func encode(_ column: Column, isSingle: Bool) throws(Failure) -> EncodedFeature {
    func rounded(_ x: Double) -> Double { isSingle ? Double(Float(x)) : x }
    switch (rule, column) {
    case (.number(let scaling), .numbers(let numbers)):
      return .values(numbers.values.map { rounded(scaling.encode($0)) })
    case (.number(let scaling), .category(let category)):
      // A column without any value may have been read as a category.
      guard category.missingCount == category.codes.count else {
        throw Failure(
          .data,
          "column “\(column.name)”: the model wants numbers, found “\(category.categories.first ?? "")”",
          advice: "List its categories in the encoding file.")
      }
      return .values(category.codes.map { _ in rounded(scaling.encode(.nan)) })
    case (.codes(let categories), .category(let category)),
      (.indicators(let categories), .category(let category)):
      let places = Dictionary(uniqueKeysWithValues: zip(categories.values, categories.values.indices))
      let stands = category.categories.map { places[$0].map { Stand.category($0) } ?? categories.unknown }
      let missing = Int32(stands.count)
      return coded(
        codes: category.missingCount == 0
          ? category.codes : category.codes.map { $0 == CategoryColumn.missing ? missing : $0 },
        stands: stands + [categories.missing], rounded)
    case (.codes(let categories), .numbers(let numbers)),
      (.indicators(let categories), .numbers(let numbers)):
      return coded(numbers, categories, rounded)
    }
  }

  private func coded(codes: [Int32], stands: [Stand], _ rounded: (Double) -> Double) -> EncodedFeature {
    .coded(codes: codes, table: stands.flatMap { inputs(for: $0).map(rounded) }, width: inputs.count)
  }

  /// Categories that were read as numbers, such as postal codes: texts of the list are compared by value.
  private func coded(
    _ column: NumberColumn, _ categories: Categories, _ rounded: (Double) -> Double
  ) -> EncodedFeature {
    var codes: [Double: Int32] = [:]
    for (place, text) in categories.values.enumerated() {
      if let number = Double(text), codes[number] == nil { codes[number] = Int32(place) }
    }
    let unknown = Int32(categories.values.count)
    return coded(
      codes: column.values.map { $0.isNaN ? unknown + 1 : codes[$0] ?? unknown },
      stands: categories.values.indices.map { .category($0) } + [categories.unknown, categories.missing],
      rounded)
  }
}
