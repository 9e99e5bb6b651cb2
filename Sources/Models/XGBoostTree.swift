import Results

/// A tree of an XGBoost model: parallel lists over its nodes, leaves among them, marked by a left child of −1.
struct XGBoostTree {
  private let part: DocumentPart
  private let output: Int
  /// What dart multiplies the leaves by.
  private let weight: Double

  init(_ part: DocumentPart, output: Int, weight: Double) {
    self.part = part
    self.output = output
    self.weight = weight
  }

  func draft() throws(Failure) -> TreeDraft {
    if let width = try part.optional("tree_param")?.optional("size_leaf_vector")?.integer(0...1_000_000),
      width > 1
    {
      throw part.failure(
        "vector leaves (multi_strategy=multi_output_tree) are not supported",
        advice: "Train with multi_strategy=one_output_per_tree.")
    }
    let children = -1...Int(Int32.max)
    let left = try part.member("left_children").integers(children)
    let right = try part.member("right_children").integers(children)
    let conditions = try part.member("split_conditions").numbers()
    let inputs = try part.member("split_indices").integers(0...Int(Int32.max))
    let defaults = try part.member("default_left").integers(0...1)
    let types = try part.optional("split_type")?.integers(0...1) ?? []
    guard !left.isEmpty,
      [right.count, conditions.count, inputs.count, defaults.count].allSatisfy({ $0 == left.count }),
      types.isEmpty || types.count == left.count
    else { throw part.failure("the lists of the tree differ in length or are empty") }
    let sets = try categories(nodeCount: left.count)
    var nodes: [TreeDraft.Node] = []
    for index in left.indices {
      var split = Split(input: inputs[index], missingGoesLeft: defaults[index] == 1)
      if types.indices.contains(index), types[index] == 1, left[index] >= 0 {
        guard let set = sets[index] else { throw part.failure("node \(index) has no categories") }
        split.categories = set
      } else {
        split.threshold = Self.below(conditions[index])
      }
      nodes.append(
        .init(split: split, left: Self.child(left[index], left), right: Self.child(right[index], left)))
    }
    let values = conditions.map { weight == 1 ? Double(Float($0)) : Double(Float($0) * Float(weight)) }
    return TreeDraft(nodes: nodes, root: Self.child(0, left), leafValues: values, output: output)
  }

  /// A child as a draft wants it. A leaf that has only one child becomes a node that does not exist.
  private static func child(_ index: Int, _ left: [Int]) -> Int {
    guard left.indices.contains(index) else { return Int(Int32.max) }
    return left[index] < 0 ? ~index : index
  }

  /// The t′ for which x ≤ t′ is what x < t is, for numbers x that float32 holds.
  private static func below(_ threshold: Double) -> Double {
    let single = Double(Float(threshold))
    return single == -.infinity ? .nan : single.nextDown
  }

  /// The sets of the categorical nodes, by node.
  private func categories(nodeCount: Int) throws(Failure) -> [Int: [Int32]] {
    guard let nodes = try part.optional("categories_nodes")?.integers(0...(nodeCount - 1)), !nodes.isEmpty
    else {
      return [:]
    }
    let all = try part.member("categories").integers(0...Split.categoryLimit - 1)
    let starts = try part.member("categories_segments").integers(0...all.count)
    let sizes = try part.member("categories_sizes").integers(0...all.count)
    guard starts.count == nodes.count, sizes.count == nodes.count else {
      throw part.failure("the lists of categories differ in length")
    }
    guard sizes.reduce(0, +) <= all.count else { throw part.failure("sets of categories overlap") }
    var sets: [Int: [Int32]] = [:]
    for (index, node) in nodes.enumerated() {
      guard starts[index] + sizes[index] <= all.count else {
        throw part.failure("the categories of node \(node) end after \(all.count)")
      }
      guard sets[node] == nil else { throw part.failure("node \(node) has categories twice") }
      sets[node] = Set(all[starts[index]..<starts[index] + sizes[index]].map { Int32($0) }).sorted()
    }
    return sets
  }
}
