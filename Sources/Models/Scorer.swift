import Results
import Tables

/// What turns raw columns into scores, whole batches at a time.
///
/// Scores of a row depend on that row alone, and asking twice gives the same answer.
package protocol Scorer: Sendable {
  /// The raw columns it reads, in the order in which it wants them.
  var features: [ScorerFeature] { get }
  /// Names of the score columns, one at least: `score`, or one for each class.
  var outputs: [String] { get }
  /// Scores of all rows: one column an output, one number a row, none of them NaN.
  ///
  /// - Parameter columns: as `features` lists them, equally long
  /// - Throws: `data` where a column or value cannot be scored, `unavailable` where the scorer cannot be reached.
  func score(_ columns: [Column]) throws(Failure) -> [[Double]]
}

/// A raw column that a scorer reads.
package struct ScorerFeature: Sendable, Equatable {
  package enum Kind: Sendable {
    case number
    case category
  }

  package let name: String
  package let kind: Kind

  package init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

extension Scorer {
  /// The columns of a table that the scorer reads.
  /// - Throws: `data` where the table has none of that name.
  package func columns(of table: Table) throws(Failure) -> [Column] {
    var columns: [Column] = []
    for feature in features {
      guard let column = table.column(named: feature.name) else {
        throw Failure(
          .data, "\(table.origin.source): the model reads the column “\(feature.name)”, which is not there",
          advice: Suggestion.phrase(for: feature.name, among: table.columns.map(\.name)))
      }
      columns.append(column)
    }
    return columns
  }
}
