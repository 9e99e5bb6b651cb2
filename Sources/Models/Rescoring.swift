import Results
import Synchronization
import Tables

/// Scores of the same rows again and again, each time with some features' values taken from other rows.
///
/// Compare only scores that come from here with each other: they may differ from the scorer's own in the last places.
package protocol Rescoring: Sendable {
  /// The raw columns, in the scorer's order.
  var features: [ScorerFeature] { get }
  var outputs: [String] { get }
  var rowCount: Int { get }
  /// Features, by index, that the model can depend on; nil where that is not known.
  var usedFeatures: Set<Int>? { get }

  /// Scores of the rows as they are: one column an output.
  func scores() throws(Failure) -> [[Double]]

  /// Scores with the values of `moved` features taken from other rows, once for each list of donors.
  ///
  /// - Parameter moved: indices in `features`; they move together
  /// - Parameter donors: for each repeat, the row that gives row r its values
  /// - Returns: by repeat, then by output
  func scores(moving moved: Set<Int>, donors: [[Int32]]) throws(Failure) -> [[[Double]]]

  /// Scores of rows that are put together from these.
  ///
  /// - Parameter sources: for each feature, the row that gives new row k its value; equally long, of any length
  /// - Returns: one column an output
  func scores(assembling sources: [[Int32]]) throws(Failure) -> [[Double]]

  /// The same of these rows only, which may repeat.
  func selecting(_ rows: [Int32]) throws(Failure) -> any Rescoring
}

private final class KnownScores: Sendable {
  let scores = Mutex<[[Double]]?>(nil)
}

/// Rescoring by any scorer: columns are gathered and scored whole.
package struct ColumnRescorer: Rescoring {
  private let scorer: any Scorer
  private let columns: [Column]
  package let rowCount: Int
  /// Scores of the rows as they are, asked for once.
  private let known = KnownScores()

  /// - Parameter columns: as the scorer's `features` list them
  package init(_ scorer: any Scorer, _ columns: [Column]) {
    self.scorer = scorer
    self.columns = columns
    rowCount = columns.first?.rowCount ?? 0
  }

  package var features: [ScorerFeature] { scorer.features }
  package var outputs: [String] { scorer.outputs }
  package var usedFeatures: Set<Int>? { nil }

  package func scores() throws(Failure) -> [[Double]] {
    if let scores = known.scores.withLock({ $0 }) { return scores }
    let scores = try scorer.score(columns)
    known.scores.withLock { $0 = scores }
    return scores
  }

  package func scores(moving moved: Set<Int>, donors: [[Int32]]) throws(Failure) -> [[[Double]]] {
    var scores: [[[Double]]] = []
    let step = max(1, Self.batchRows / max(1, rowCount))
    for start in stride(from: 0, to: donors.count, by: step) {
      scores += try score(moving: moved, donors[start..<min(start + step, donors.count)])
    }
    return scores
  }

  package func scores(assembling sources: [[Int32]]) throws(Failure) -> [[Double]] {
    try check(sources, count: features.count)
    return try scorer.score(zip(columns, sources).map { $0.gathering($1) })
  }

  package func selecting(_ rows: [Int32]) throws(Failure) -> any Rescoring {
    try check([rows])
    return ColumnRescorer(scorer, columns.map { $0.gathering(rows) })
  }
}

extension Rescoring {
  /// - Throws: `defect` where lists of rows are not equally long or name rows that there are not.
  func check(_ lists: [[Int32]], count: Int = 1) throws(Failure) {
    let isValid =
      lists.count == count
      && lists.allSatisfy { list in
        list.count == lists[0].count && list.allSatisfy { (0..<rowCount).contains(Int($0)) }
      }
    guard isValid else { throw Failure(.defect, "rows that do not exist") }
  }
}

extension ColumnRescorer {
  /// So many rows go to the scorer at once where a repeat has fewer: asking a program or a server costs time each
  /// time.
  private static let batchRows = 1 << 16

  /// Some repeats, one after the other in one table.
  private func score(
    moving moved: Set<Int>, _ donors: ArraySlice<[Int32]>
  ) throws(Failure) -> [[[Double]]] {
    let moving = Array(donors.joined())
    let staying = donors.count > 1 ? donors.flatMap { _ in 0..<Int32(rowCount) } : []
    let outputs = try scorer.score(
      columns.enumerated().map { index, column in
        if moved.contains(index) { return column.gathering(moving) }
        return staying.isEmpty ? column : column.gathering(staying)
      })
    return donors.indices.map { repetition in
      let first = (repetition - donors.startIndex) * rowCount
      return outputs.map { Array($0[first..<first + rowCount]) }
    }
  }
}

extension Column {
  /// The same column with each row's value taken from the row that `rows` names.
  package func gathering(_ rows: [Int32]) -> Column {
    switch self {
    case .numbers(let column):
      let values = rows.map { column.values[Int($0)] }
      return .numbers(
        NumberColumn(name: column.name, values: values, missingCount: values.count(where: \.isNaN)))
    case .category(let column):
      let codes = rows.map { column.codes[Int($0)] }
      return .category(
        CategoryColumn(
          name: column.name, codes: codes, categories: column.categories,
          missingCount: codes.count { $0 == CategoryColumn.missing }))
    }
  }
}
