/// The weights of Shapley values in a game that is won only where each of `with` players is in and each of `without` is out:
/// then each of the former gains (with − 1)! · without! ⁄ (with + without)!, and each of the latter loses
/// with! · (without − 1)! ⁄ (with + without)! (Lundberg et al. 2020, doi:10.1038/s42256-019-0138-9).
struct ShapleyWeights: Sendable {
  private let side: Int
  private let table: [Double]

  /// - Parameter players: with + without is at most that where weights come from the table
  init(players: Int) {
    side = players + 1
    var table = [Double](repeating: 0, count: side * side)
    for with in 1..<max(side, 2) where with < side {
      for without in 0..<side { table[with * side + without] = Self.computed(with, without) }
    }
    self.table = table
  }

  /// What a player gains that has to be in; with ≥ 1. Swap the numbers for what one loses that has to be out.
  func gain(_ with: Int, _ without: Int) -> Double {
    with < side && without < side ? table[with * side + without] : Self.computed(with, without)
  }

  /// Complexity: O(without).
  private static func computed(_ with: Int, _ without: Int) -> Double {
    var weight = 1 / Double(with)
    for other in 0..<without { weight *= Double(other + 1) / Double(with + other + 1) }
    return weight
  }
}
