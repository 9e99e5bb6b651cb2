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
    func failure(_ message: String) -> Failure {
      Failure(.data, "\(place): \(message)", advice: "The model file is damaged; save the model again.")
    }
    let firstNode = nodes.count
    let firstValue = leafValues.count
    var isSeen = [Bool](repeating: false, count: draft.nodes.count)
    var leafCount: Int32 = 0
    var root: Int32 = 0
    // A child still to be visited, and the new index of the node above it.
    var open: [(child: Int, parent: Int, isRight: Bool)] = [(draft.root, -1, false)]
    while let (child, parent, isRight) = open.popLast() {
      let place = child >= 0 ? Int32(nodes.count) : ~leafCount
      if parent < 0 { root = place } else { connect(parent, place, isRight: isRight, leaf: leafCount) }
      if child >= 0 {
        guard child < draft.nodes.count else { throw failure("node \(child) does not exist") }
        guard !isSeen[child] else { throw failure("node \(child) is reached twice") }
        isSeen[child] = true
        let node = draft.nodes[child]
        guard inputNames.indices.contains(node.split.input) else {
          throw failure("node \(child) tests input \(node.split.input) of \(inputNames.count)")
        }
        let start = leafCount..<leafCount
        open.append((node.right, nodes.count, true))
        open.append((node.left, nodes.count, false))
        nodes.append(Node(split: node.split, left: 0, right: 0, leftLeaves: start))
      } else {
        let values = ~child * draft.width
        guard ~child < draft.leafValues.count / draft.width else {
          throw failure("leaf \(~child) does not exist")
        }
        let range = values..<values + draft.width
        guard draft.leafValues[range].allSatisfy(\.isFinite) else {
          throw failure("leaf \(~child) holds no finite number")
        }
        guard leafValues.count < Int(Int32.max) - draft.width else {
          throw failure("the model has too many leaves")
        }
        leafValues.append(contentsOf: draft.leafValues[range])
        leafCount += 1
      }
    }
    trees.append(
      Tree(
        root: root, nodes: firstNode..<nodes.count, firstLeaf: firstValue, leafCount: Int(leafCount),
        leafWidth: draft.width, firstValue: firstValue, output: draft.output))
  }

  private mutating func connect(_ parent: Int, _ place: Int32, isRight: Bool, leaf: Int32) {
    if isRight {
      nodes[parent].right = place
      nodes[parent].leftLeaves = nodes[parent].leftLeaves.lowerBound..<leaf
    } else {
      nodes[parent].left = place
    }
  }
}
