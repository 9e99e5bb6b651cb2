import Results

extension ShapleyGame {
  /// With more players that differ from the background, values are sampled.
  package static let exactLimit = 12
  /// Coalitions that are held at a time.
  static let coalitionLimit = 1 << 13

  /// Exact values by enumerating all sets of the players that differ from the background; the others get 0.
  ///
  /// Complexity: O(Σ 2^p · background rows) scorings over the rows.
  ///
  /// - Parameter progress: told the share of the rows that are done
  func exactValues(
    _ rows: [Int32], progress: (Double) -> Void = { _ in }
  ) throws(Failure) -> [Double] {
    var values: [Double] = []
    var done = 0
    for part in parts(rows, cost: { 1 << varying($0).count }) {
      let varied = part.map { varying($0) }
      var coalitions: [Coalition] = []
      for (row, varying) in zip(part, varied) {
        // What the empty and the full coalition are worth is known.
        for mask in 0..<1 << varying.count where mask != 0 && mask + 1 != 1 << varying.count {
          coalitions.append(
            coalition(row, varying.indices.filter { mask >> $0 & 1 == 1 }.map { varying[$0] }))
        }
      }
      let worth = try self.values(coalitions)
      var first = 0
      for (row, varying) in zip(part, varied) {
        let count = max(0, (1 << varying.count) - 2)
        let own = varying.isEmpty ? [] : [baseValue] + worth[first..<first + count] + [predictions[Int(row)]]
        values += spread(Self.shapley(own, players: varying.count), over: varying)
        first += count
      }
      done += part.count
      progress(Double(done) / Double(rows.count))
    }
    return values
  }

  /// Rows in parts whose costs stay below the limit, one row at least.
  func parts(_ rows: [Int32], cost: (Int32) -> Int) -> [[Int32]] {
    var parts: [[Int32]] = []
    var sum = Int.max
    for row in rows {
      let own = cost(row)
      if sum == .max || sum + own > Self.coalitionLimit {
        parts.append([])
        sum = 0
      }
      parts[parts.count - 1].append(row)
      sum += own
    }
    return parts
  }

  func coalition(_ row: Int32, _ members: [Int]) -> Coalition {
    var isIn = [Bool](repeating: false, count: players.count)
    for member in members { isIn[member] = true }
    return Coalition(row: row, isIn: isIn)
  }

  /// Values of some players among all of them.
  func spread(_ values: [Double], over varying: [Int]) -> [Double] {
    var all = [Double](repeating: 0, count: players.count)
    for (value, player) in zip(values, varying) { all[player] = value }
    return all
  }

  /// Shapley values from what all coalitions are worth: φⱼ = Σ |S|! (p − |S| − 1)! ⁄ p! · (v(S ∪ j) − v(S)) over S without j.
  ///
  /// - Parameter worth: of the coalition whose members are the bits of the index; 2^players of them
  static func shapley(_ worth: [Double], players: Int) -> [Double] {
    // |S|! (p − |S| − 1)! ⁄ p! by |S|.
    var weights = [Double](repeating: 1 / Double(max(1, players)), count: players)
    for size in weights.indices.dropFirst() {
      weights[size] = weights[size - 1] * Double(size) / Double(players - size)
    }
    return (0..<players).map { player in
      var value = 0.0
      for mask in worth.indices where mask >> player & 1 == 0 {
        value += weights[mask.nonzeroBitCount] * (worth[mask | 1 << player] - worth[mask])
      }
      return value
    }
  }
}
