import Results

/// A tree as a file gives it, not yet to be trusted.
struct TreeDraft {
  struct Node {
    var split: Split
    /// A node's index, or `~leaf`.
    var left: Int
    var right: Int
  }

  var nodes: [Node]
  /// A node's index, or `~leaf`.
  var root: Int
  /// Values of the leaves by the file's own numbers, `width` each. Those that no node leads to are left out.
  var leafValues: [Double]
  var width = 1
  var output = 0
}

extension TreeEnsemble {
  /// Appends a tree in pre-order.
  ///
  /// - Throws: a `data` failure where a child does not exist, is reached twice or closes a circle, or a test is of
  ///   an input that there is not. Complexity: O(nodes).
  mutating func append(_ draft: TreeDraft, place: String) throws(Failure) {
    let firstNode = nodes.count
    let firstValue = leafValues.count
    var isSeen = [Bool](repeating: false, count: draft.nodes.count)
    var leafCount: Int32 = 0
    var root: Int32 = 0
    // A child still to be visited, and the new index of the node above it.
    var open: [(child: Int, parent: Int, isRight: Bool)] = [(draft.root, -1, false)]
    while let (child, parent, isRight) = open.popLast() {
      let here = child >= 0 ? Int32(nodes.count) : ~leafCount
      if parent < 0 { root = here } else { connect(parent, here, isRight: isRight, leaf: leafCount) }
      guard child >= 0 else {
        try appendLeaf(~child, of: draft, place: place)
        leafCount += 1
        continue
      }
      let node = try draft.node(child, &isSeen, inputCount: inputNames.count, place: place)
      open.append((node.right, nodes.count, true))
      open.append((node.left, nodes.count, false))
      nodes.append(Node(split: node.split, left: 0, right: 0, leftLeaves: leafCount..<leafCount))
    }
    trees.append(
      Tree(
        root: root, nodes: firstNode..<nodes.count, leafCount: Int(leafCount), leafWidth: draft.width,
        firstValue: firstValue, output: draft.output))
  }

  private mutating func connect(_ parent: Int, _ place: Int32, isRight: Bool, leaf: Int32) {
    if isRight {
      nodes[parent].right = place
      nodes[parent].leftLeaves = nodes[parent].leftLeaves.lowerBound..<leaf
    } else {
      nodes[parent].left = place
    }
  }

  private mutating func appendLeaf(_ leaf: Int, of draft: TreeDraft, place: String) throws(Failure) {
    guard leaf < draft.leafValues.count / draft.width else {
      throw TreeDraft.failure("leaf \(leaf) does not exist", place)
    }
    let values = draft.leafValues[leaf * draft.width..<(leaf + 1) * draft.width]
    guard values.allSatisfy(\.isFinite) else {
      throw TreeDraft.failure("leaf \(leaf) holds no finite number", place)
    }
    guard leafValues.count < Int(Int32.max) - draft.width else {
      throw TreeDraft.failure("the model has too many leaves", place)
    }
    leafValues.append(contentsOf: values)
  }
}

extension TreeDraft {
  fileprivate static func failure(_ message: String, _ place: String) -> Failure {
    Failure(.data, "\(place): \(message)", advice: "The model file is damaged; save the model again.")
  }

  /// A node that is reached for the first time.
  fileprivate func node(
    _ index: Int, _ isSeen: inout [Bool], inputCount: Int, place: String
  ) throws(Failure) -> Node {
    guard index < nodes.count else { throw Self.failure("node \(index) does not exist", place) }
    guard !isSeen[index] else { throw Self.failure("node \(index) is reached twice", place) }
    isSeen[index] = true
    let node = nodes[index]
    guard (0..<inputCount).contains(node.split.input) else {
      throw Self.failure("node \(index) tests input \(node.split.input) of \(inputCount)", place)
    }
    return node
  }
}
