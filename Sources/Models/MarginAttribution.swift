import Results

/// Exact Shapley values of a native model's margin, against weighted background rows.
package struct MarginAttribution: Sendable {
  private enum Model: Sendable {
    case trees(TreeAttribution, inputs: [Double])
    /// By player, what its features add to the margin of each row, less the same on average over the background.
    case linear([[Double]])
  }

  private let model: Model
  private let playerCount: Int
  /// Of all rows of the rescorer, before the link.
  package let margins: [Double]
  /// The mean margin of the background.
  package let baseValue: Double
  package let isOfTrees: Bool

  /// - Parameter players: features that move together; every feature is in exactly one
  /// - Parameter background: rows; at least one
  /// - Parameter weights: of background rows, not all 0
  /// - Throws: `data` where a row has no score.
  package init(
    _ rescorer: Rescorer, output: Int, players: [Set<Int>], background: [Int32], weights: [Double]
  ) throws(Failure) {
    try rescorer.check([background])
    let features = players.flatMap { $0 }
    guard features.sorted() == Array(rescorer.encoded.indices), rescorer.outputs.indices.contains(output),
      background.count == weights.count, weights.reduce(0, +) > 0
    else { throw Failure(.defect, "players or background rows of an attribution that do not fit the model") }
    // A row without a score has no margin either.
    _ = try rescorer.scores()
    let total = weights.reduce(0, +)
    let weights = weights.map { $0 / total }
    let margins = rescorer.margins(output: output)
    playerCount = players.count
    baseValue = zip(background, weights).reduce(0) { $0 + margins[Int($1.0)] * $1.1 }
    self.margins = margins
    if let prepared = rescorer.trees {
      let places = rescorer.places(players)
      isOfTrees = true
      model = .trees(
        TreeAttribution(
          prepared.ensemble, output: output, players: prepared.binned.owners.map { places[$0.feature] },
          playerCount: players.count,
          background: RowInputs(prepared.inputs, rowCount: rescorer.rowCount, rows: background),
          weights: weights), inputs: prepared.inputs)
    } else {
      isOfTrees = false
      model = .linear(rescorer.centredParts(output, players, background, weights))
    }
  }

  /// One value a row and player, row by row; a row's values add up to its margin less the base value. They do not depend on
  /// the rows that are asked for together.
  package func values(_ rows: some Collection<Int32>) -> [Double] {
    switch model {
    case .linear(let parts): return rows.flatMap { row in parts.map { $0[Int(row)] } }
    case .trees(let trees, let inputs):
      return trees.values(RowInputs(inputs, rowCount: margins.count, rows: rows))
    }
  }
}

extension Rescorer {
  /// Margins of the rows before the link.
  package func margins(output: Int) -> [Double] {
    Array(base[output * rowCount..<(output + 1) * rowCount])
  }

  /// Whether scores are the margins themselves.
  package var scoresAreMargins: Bool {
    switch scorer.model {
    case .trees(let ensemble): ensemble.link == .identity
    case .linear(let model): model.link == .identity
    }
  }

  /// The player that each feature belongs to.
  fileprivate func places(_ players: [Set<Int>]) -> [Int] {
    var places = [Int](repeating: 0, count: encoded.count)
    for (place, features) in players.enumerated() {
      for feature in features { places[feature] = place }
    }
    return places
  }

  /// β(x − mean x) of a linear model, by player and row. Complexity: O(rows · features).
  fileprivate func centredParts(
    _ output: Int, _ players: [Set<Int>], _ background: [Int32], _ weights: [Double]
  ) -> [[Double]] {
    guard case .linear(let model) = scorer.model else { return [] }
    let places = places(players)
    var parts = players.map { _ in [Double](repeating: 0, count: rowCount) }
    var first = 0
    for (feature, column) in encoded.enumerated() {
      let inputs = column.inputs
      for (offset, values) in inputs.enumerated() {
        let coefficient = model.coefficients[output][first + offset]
        let mean = zip(background, weights).reduce(0) { $0 + values[Int($1.0)] * $1.1 }
        for row in values.indices { parts[places[feature]][row] += coefficient * (values[row] - mean) }
      }
      first += inputs.count
    }
    return parts
  }
}
