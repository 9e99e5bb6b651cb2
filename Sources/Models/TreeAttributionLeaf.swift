/// The tests between the root and a leaf.
struct LeafPath: Sendable {
  struct Step: Sendable {
    /// Counted from the tree's first.
    var node: Int
    var goesLeft: Bool
    /// Index in `players`.
    var place: Int
  }

  var steps: [Step] = []
  /// Those that are tested, in the order in which the path meets them.
  var players: [Int] = []

  /// Bits of a mask.
  static let playerLimit = 16

  /// The paths of all leaves from left to right. Complexity: O(leaves · depth).
  static func all(
    of tree: TreeEnsemble.Tree, _ ensemble: TreeEnsemble, players: [Int]
  ) -> [LeafPath] {
    var paths: [LeafPath] = []
    var open: [(place: Int32, path: LeafPath)] = [(tree.root, LeafPath())]
    while let (place, path) = open.popLast() {
      guard place >= 0 else {
        paths.append(path)
        continue
      }
      let node = ensemble.nodes[Int(place)]
      let step = { (goesLeft: Bool) in
        path.appending(
          node: Int(place) - tree.nodes.lowerBound, goesLeft: goesLeft, player: players[node.split.input])
      }
      open.append((node.right, step(false)))
      open.append((node.left, step(true)))
    }
    return paths
  }

  private func appending(node: Int, goesLeft: Bool, player: Int) -> LeafPath {
    var path = self
    let place = players.firstIndex(of: player) ?? players.count
    if place == players.count { path.players.append(player) }
    path.steps.append(Step(node: node, goesLeft: goesLeft, place: place))
    return path
  }

  /// For each row, a bit for each player whose tests the row passes.
  func masks(_ sides: NodeSides) -> [UInt16] {
    var masks = [UInt16](repeating: full, count: sides.rowCount)
    for step in steps {
      let others: UInt16 = ~(1 << UInt16(step.place))
      let flip: UInt16 = step.goesLeft ? 0 : .max
      let first = step.node * sides.rowCount
      for row in masks.indices { masks[row] &= (sides.left[first + row] ^ flip) | others }
    }
    return masks
  }

  /// The mask of a row that reaches the leaf.
  var full: UInt16 { UInt16.max >> UInt16(16 - players.count) }
}

/// Which way rows go at every node of a tree.
struct NodeSides {
  let rowCount: Int
  /// All ones where row r goes left at node n, at `n · rowCount + r`.
  let left: [UInt16]

  init(_ tree: TreeEnsemble.Tree, _ ensemble: TreeEnsemble, _ rows: RowInputs) {
    rowCount = rows.count
    var left: [UInt16] = []
    left.reserveCapacity(tree.nodes.count * rows.count)
    for node in ensemble.nodes[tree.nodes] {
      let first = node.split.input * rows.count
      for row in 0..<rows.count { left.append(node.split.goesLeft(rows.values[first + row]) ? .max : 0) }
    }
    self.left = left
  }
}

/// A leaf, and what background rows make of its path.
struct AttributedLeaf: Sendable {
  let path: LeafPath
  let value: Double
  /// Distinct masks of background rows, in the order in which they were met, and what they weigh together.
  let background: [(mask: UInt16, weight: Double)]

  /// Where a mask's values stand among those of a leaf's distinct masks.
  struct Scratch {
    fileprivate var places = [Int32](repeating: -1, count: 1 << LeafPath.playerLimit)
    fileprivate var values: [Double] = []
    fileprivate var distinct: [UInt16] = []
  }

  init(path: LeafPath, value: Double, masks: [UInt16], weights: [Double]) {
    (self.path, self.value) = (path, value)
    var places: [UInt16: Int] = [:]
    var background: [(mask: UInt16, weight: Double)] = []
    for (mask, weight) in zip(masks, weights) {
      if let place = places[mask] {
        background[place].weight += weight
      } else {
        places[mask] = background.count
        background.append((mask, weight))
      }
    }
    self.background = background
  }

  /// Adds the leaf's part to the values of rows.
  func add(
    _ masks: [UInt16], _ shapley: ShapleyWeights, playerCount: Int, _ scratch: inout Scratch,
    to values: inout [Double]
  ) {
    let width = path.players.count
    scratch.values.removeAll(keepingCapacity: true)
    scratch.distinct.removeAll(keepingCapacity: true)
    for (row, mask) in masks.enumerated() {
      if scratch.places[Int(mask)] < 0 {
        scratch.places[Int(mask)] = Int32(scratch.distinct.count)
        scratch.distinct.append(mask)
        appendValues(mask, shapley, to: &scratch.values)
      }
      let own = Int(scratch.places[Int(mask)]) * width
      for place in 0..<width {
        values[row * playerCount + path.players[place]] += scratch.values[own + place]
      }
    }
    for mask in scratch.distinct { scratch.places[Int(mask)] = -1 }
  }

  /// The values of the path's players for rows of one mask.
  private func appendValues(_ mask: UInt16, _ shapley: ShapleyWeights, to values: inout [Double]) {
    let first = values.count
    values.append(contentsOf: repeatElement(0, count: path.players.count))
    let full = path.full
    for (other, weight) in background where mask | other == full && mask != other {
      let (inside, outside) = (mask & ~other, other & ~mask)
      let (with, without) = (inside.nonzeroBitCount, outside.nonzeroBitCount)
      if with > 0 {
        let gain = weight * value * shapley.gain(with, without)
        Self.add(gain, at: inside, to: &values, first)
      }
      if without > 0 {
        let loss = weight * value * shapley.gain(without, with)
        Self.add(-loss, at: outside, to: &values, first)
      }
    }
  }

  private static func add(_ term: Double, at mask: UInt16, to values: inout [Double], _ first: Int) {
    var rest = mask
    while rest != 0 {
      values[first + rest.trailingZeroBitCount] += term
      rest &= rest - 1
    }
  }
}
