/// Nodes in the form that is quickest to walk.
struct TreeWalker: Sendable {
  /// How a value is compared. Two comparisons serve almost all nodes, for NaN is neither at most nor above a threshold.
  enum Kind: UInt8, Sendable {
    case missingRight
    case missingLeft
    /// Categories, or another kind of missing value.
    case other
  }

  struct Step: Sendable {
    var threshold: Double
    var input: Int32
    var left: Int32
    var right: Int32
    var kind: Kind
  }

  let steps: [Step]
  let nodes: [TreeEnsemble.Node]

  init(_ ensemble: TreeEnsemble) {
    nodes = ensemble.nodes
    steps = nodes.map { node in
      let split = node.split
      let isPlain = split.categories == nil && split.missing == .nan && !split.threshold.isNaN
      return Step(
        threshold: split.threshold, input: Int32(split.input), left: node.left, right: node.right,
        kind: !isPlain ? .other : split.missingGoesLeft ? .missingLeft : .missingRight)
    }
  }
}
