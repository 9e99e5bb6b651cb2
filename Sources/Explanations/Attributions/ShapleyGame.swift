import Models
import Results
import Tables

/// The game whose players are features: a coalition is worth the mean score of rows that have its members' values from the
/// explained row and all others from the background rows (interventional; Lundberg & Lee 2017, arXiv:1705.07874).
package struct ShapleyGame: Sendable {
  let rescorer: any Rescoring
  let output: Int
  /// Features, by index in the model's columns, that move together.
  let players: [Set<Int>]
  let background: [Int32]
  /// Of background rows; they add up to 1.
  let weights: [Double]
  /// Of all rows as they are.
  package let predictions: [Double]
  /// What nobody is worth: the mean prediction of the background.
  package let baseValue: Double
  /// For each feature, a number a row that is equal where the values are.
  private let marks: [[UInt64]]

  /// A set of players, for one row.
  struct Coalition: Sendable {
    var row: Int32
    /// By player.
    var isIn: [Bool]
  }

  /// Rows that are scored at a time, so that a program or server is not asked in small pieces.
  static let batchRows = 1 << 16

  /// - Parameter columns: the raw columns of the rescorer's rows
  /// - Parameter weights: of background rows, not all 0
  package init(
    _ rescorer: any Rescoring, output: Int, columns: [Column], players: [Set<Int>], background: [Int32],
    weights: [Double]
  ) throws(Failure) {
    let total = weights.reduce(0, +)
    guard players.flatMap({ $0 }).sorted() == Array(columns.indices),
      columns.count == rescorer.features.count,
      background.count == weights.count, total > 0
    else { throw Failure(.defect, "players or background rows of an attribution that do not fit the model") }
    let predictions = try rescorer.scores()[output]
    (self.rescorer, self.output, self.players, self.background) = (rescorer, output, players, background)
    (self.weights, self.predictions) = (weights.map { $0 / total }, predictions)
    baseValue = Self.mean(background.map { predictions[Int($0)] }[...], self.weights)
    marks = columns.map { column in
      switch column {
      // Zeros are equal whatever their sign, and so are all missing values.
      case .numbers(let numbers): numbers.values.map { $0.isNaN ? .max : ($0 + 0).bitPattern }
      case .category(let category): category.codes.map { UInt64(bitPattern: Int64($0)) }
      }
    }
  }

  /// The players that make a difference to a row: some background row has another value.
  func varying(_ row: Int32) -> [Int] {
    players.indices.filter { player in
      players[player].contains { feature in
        zip(background, weights).contains { other, weight in
          weight > 0 && marks[feature][Int(other)] != marks[feature][Int(row)]
        }
      }
    }
  }

  /// What coalitions are worth. Complexity: O(coalitions · background rows) scorings.
  func values(_ coalitions: [Coalition]) throws(Failure) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(coalitions.count)
    let step = max(1, Self.batchRows / background.count)
    for first in stride(from: 0, to: coalitions.count, by: step) {
      let batch = coalitions[first..<min(coalitions.count, first + step)]
      let scores = try rescorer.scores(assembling: sources(batch))[output]
      for start in stride(from: 0, to: scores.count, by: background.count) {
        values.append(Self.mean(scores[start..<start + background.count], weights))
      }
    }
    return values
  }

  /// The weighted mean, which is exactly the scores' own value where they are all equal, so that a feature that does nothing
  /// gets exactly 0.
  private static func mean(_ scores: ArraySlice<Double>, _ weights: [Double]) -> Double {
    guard let first = scores.first else { return .nan }
    return zip(scores, weights).reduce(first) { $0 + $1.1 * ($1.0 - first) }
  }

  /// Where each feature of each row of a batch comes from.
  private func sources(_ batch: ArraySlice<Coalition>) -> [[Int32]] {
    var owner = [Int](repeating: 0, count: marks.count)
    for (player, features) in players.enumerated() {
      for feature in features { owner[feature] = player }
    }
    return owner.map { player in
      var rows: [Int32] = []
      rows.reserveCapacity(batch.count * background.count)
      for coalition in batch {
        if coalition.isIn[player] {
          rows.append(contentsOf: repeatElement(coalition.row, count: background.count))
        } else {
          rows.append(contentsOf: background)
        }
      }
      return rows
    }
  }
}
