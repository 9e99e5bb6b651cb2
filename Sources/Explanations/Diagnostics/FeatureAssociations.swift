import Models
import Results
import Tables

/// How strongly every two raw features go together, whatever their kinds. Rows count 1, as donors do.
package struct FeatureAssociations: Sendable {
  package enum Measure: String, Sendable {
    /// Of two numbers: midranks over the rows where both are present.
    case spearman = "|Spearman|"
    /// Of two categories: corrected for bias (Bergsma 2013). A missing value is a category of its own.
    case cramersV = "Cramér's V"
    /// Of a number and a category: of midranks, corrected for the number of categories (Kelley 1935).
    case correlationRatio = "correlation ratio"
  }

  /// A feature's strongest partner.
  package struct Partner: Sendable, Equatable {
    package let feature: Int
    package let value: Double
    package let measure: Measure
  }

  /// More rows than this are sampled: the standard error of a correlation is then below 0.0032.
  package static let rowLimit = 100_000

  package let names: [String]
  /// By feature and feature, in [0, 1]; 1 on the diagonal, NaN where one of the two is constant.
  package let matrix: [[Double]]
  /// Says that not all rows were looked at; nil where all were.
  package let note: String?
  private let isNumeric: [Bool]

  /// Complexity: O(features² · min(rows, limit)).
  ///
  /// - Parameter columns: as `features` lists them
  package init(
    _ columns: [Column], _ features: [ScorerFeature], seed: UInt64, rowLimit: Int = Self.rowLimit
  ) {
    let rows = RowSample.rows(of: columns.first?.rowCount ?? 0, limit: rowLimit, seed: seed)
    self.init(
      FeatureValues.all(columns, features, rows: rows), rowCount: columns.first?.rowCount ?? 0)
  }

  /// - Parameter rowCount: of the data that the values are a sample of
  init(_ features: [FeatureValues], rowCount: Int) {
    names = features.map(\.name)
    isNumeric = features.map { if case .numbers = $0.kind { true } else { false } }
    let seen = features.first?.rowCount ?? 0
    note =
      seen < rowCount
      ? "Associations, extrapolation shares and lone AUCs were computed on \(seen) of the \(rowCount) rows, drawn at random."
      : nil
    var matrix = features.map { _ in [Double](repeating: 1, count: features.count) }
    for first in features.indices {
      for second in features.indices where second > first {
        let value = FeaturePair.association(features[first], features[second])
        matrix[first][second] = value
        matrix[second][first] = value
      }
    }
    self.matrix = matrix
  }

  /// What the association of two features is measured by.
  package func measure(_ first: Int, _ second: Int) -> Measure {
    switch (isNumeric[first], isNumeric[second]) {
    case (true, true): .spearman
    case (false, false): .cramersV
    default: .correlationRatio
    }
  }

  /// The partner with which a feature is most strongly associated, the first of equals.
  ///
  /// - Parameter excluded: features that do not count
  package func strongest(of feature: Int, outside excluded: Set<Int> = []) -> Partner? {
    var best: (feature: Int, value: Double)?
    for other in matrix.indices where other != feature && !excluded.contains(other) {
      let value = matrix[feature][other]
      if value > best?.value ?? -1 { best = (other, value) }
    }
    return best.map { Partner(feature: $0.feature, value: $0.value, measure: measure(feature, $0.feature)) }
  }
}
