extension TreeAttribution {
  /// Walks a tree with every pair of a row and a background row: where both go the same way, or the player has been decided,
  /// there is no choice; else the player is in on the row's side and out on the other's. A leaf is met once at most.
  func addPairs(_ tree: TreeEnsemble.Tree, _ rows: RowInputs, to values: inout [Double]) {
    var walk = PairWalk(playerCount: playerCount)
    for row in 0..<rows.count {
      for other in 0..<background.count where weights[other] > 0 {
        var next: Int32? = tree.root
        while let place = next {
          let leaf = descend(from: place, row, of: rows, other, &walk)
          let value = weights[other] * ensemble.value(of: leaf, tree, output: output)
          add(value, walk, row: row, to: &values)
          next = walk.back()
        }
      }
    }
  }

  private func descend(
    from place: Int32, _ row: Int, of rows: RowInputs, _ other: Int, _ walk: inout PairWalk
  ) -> Int32 {
    var place = place
    while place >= 0 {
      let node = ensemble.nodes[Int(place)]
      let input = node.split.input
      let own = node.split.goesLeft(rows.values[input * rows.count + row])
      let others = node.split.goesLeft(background.values[input * background.count + other])
      let player = players[input]
      if own != others, walk.sides[player] == .open {
        walk.choose(player, otherwise: others ? node.left : node.right)
      }
      let goesLeft = walk.sides[player] == .outside ? others : own
      place = goesLeft ? node.left : node.right
    }
    return ~place
  }

  private func add(_ value: Double, _ walk: PairWalk, row: Int, to values: inout [Double]) {
    let with = walk.decided.count { walk.sides[$0] == .inside }
    let without = walk.decided.count - with
    let gain = with > 0 ? value * shapley.gain(with, without) : 0
    let loss = without > 0 ? value * shapley.gain(without, with) : 0
    for player in walk.decided {
      values[row * playerCount + player] += walk.sides[player] == .inside ? gain : -loss
    }
  }
}

/// Where a walk with two rows has had a choice.
struct PairWalk {
  enum Side: UInt8 {
    case open
    case inside
    case outside
  }

  private(set) var sides: [Side]
  /// Players that are in or out, in the order in which they were met.
  private(set) var decided: [Int] = []
  /// Branches not yet taken, each with the number of players that were decided before its own.
  private var branches: [(place: Int32, decided: Int)] = []

  init(playerCount: Int) { sides = Array(repeating: .open, count: playerCount) }

  /// Takes a player in, and remembers where the walk goes when it is out.
  mutating func choose(_ player: Int, otherwise place: Int32) {
    branches.append((place, decided.count))
    decided.append(player)
    sides[player] = .inside
  }

  /// Goes back to the last branch that was not taken, with its player out; nil, with nobody decided, where there is none.
  mutating func back() -> Int32? {
    let branch = branches.popLast()
    let kept = branch.map { $0.decided + 1 } ?? 0
    while decided.count > kept { sides[decided.removeLast()] = .open }
    guard let branch else { return nil }
    sides[decided[branch.decided]] = .outside
    return branch.place
  }
}
