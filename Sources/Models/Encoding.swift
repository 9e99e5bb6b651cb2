import Glibc
import Results

/// How raw columns become the inputs of a model. Each raw feature owns a range of inputs, which change together when
/// the feature does.
package struct Encoding: Sendable {
  var features: [FeatureEncoding]
  /// Names of the outputs of a model with several; empty where the model's own serve.
  package var classes: [String] = []
  /// Whether inputs are rounded to float32 before the model sees them, as a float32 training matrix did.
  package var roundsToSingle = false

  package var inputCount: Int { features.last?.inputs.upperBound ?? 0 }

  /// Numbers passed through as they are, one input a column.
  package static func numbers(_ names: [String]) -> Encoding {
    Encoding(
      features: names.enumerated().map {
        FeatureEncoding(column: $1, rule: .number(.init()), inputs: $0..<$0 + 1)
      })
  }

  /// Names of the inputs: the column's, or `column=category` for each of its indicators.
  package var inputNames: [String] {
    features.flatMap { feature in
      if case .indicators(let categories) = feature.rule {
        return categories.values.map { "\(feature.column)=\($0)" }
      }
      return [feature.column]
    }
  }
}

/// What becomes of one raw column.
struct FeatureEncoding: Sendable {
  enum Rule: Sendable {
    case number(Scaling)
    /// The place of the category in the list.
    case codes(Categories)
    /// An input for each category, 1 for the row's own and 0 for the others.
    case indicators(Categories)
  }

  /// A function of the number that comes before scaling.
  enum Transform: String, CaseIterable {
    case none
    /// log(1 + x)
    case log1p

    func callAsFunction(_ x: Double) -> Double {
      switch self {
      case .none: x
      case .log1p: Glibc.log1p(x)
      }
    }
  }

  /// (transform(x) − mean) ⁄ scale, after a missing x has been replaced.
  struct Scaling: Sendable {
    var impute: Double?
    var transform = Transform.none
    var mean = 0.0
    var scale = 1.0

    func encode(_ x: Double) -> Double {
      (transform(x.isNaN ? impute ?? x : x) - mean) / scale
    }
  }

  struct Categories: Sendable {
    var values: [String]
    var missing = Stand.none
    var unknown = Stand.none
  }

  /// What stands for a value that is missing, or that is not in the list.
  enum Stand: Sendable, Equatable {
    /// NaN as a code; all indicators 0.
    case none
    case category(Int)
    /// A code that is in no list.
    case code(Double)
  }

  var column: String
  var rule: Rule
  var inputs: Range<Int>

  /// The inputs of a category. - Parameter place: in the list, or what stands for it
  func inputs(for stand: Stand) -> [Double] {
    switch (rule, stand) {
    case (.indicators(let categories), .category(let place)):
      return categories.values.indices.map { $0 == place ? 1 : 0 }
    case (.indicators(let categories), _): return Array(repeating: 0, count: categories.values.count)
    case (_, .category(let place)): return [Double(place)]
    case (_, .code(let code)): return [code]
    case (_, .none): return [.nan]
    }
  }
}
