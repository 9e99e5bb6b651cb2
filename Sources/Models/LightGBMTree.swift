import Results

/// A tree of a LightGBM model: lists over its inner nodes and its leaves; a child below 0 is the leaf `~child`.
struct LightGBMTree {
  private let section: LightGBMSection
  private let output: Int

  init(_ section: LightGBMSection, output: Int) {
    self.section = section
    self.output = output
  }

  func draft() throws(Failure) -> TreeDraft {
    if section.values["is_linear"].map({ $0 != "0" }) ?? false {
      throw section.failure("linear_tree is not supported", advice: "Train without linear_tree.")
    }
    let leafCount = try section.integer("num_leaves", 1...Int(Int32.max) / 2)
    let values = try section.numbers("leaf_value", count: leafCount)
    guard leafCount > 1 else { return TreeDraft(nodes: [], root: ~0, leafValues: values, output: output) }
    let count = leafCount - 1
    let inputs = try section.integers("split_feature", 0...Int(Int32.max), count: count)
    let thresholds = try section.numbers("threshold", count: count)
    let types = try section.integers("decision_type", 0...15, count: count)
    let left = try section.integers("left_child", -leafCount...count, count: count)
    let right = try section.integers("right_child", -leafCount...count, count: count)
    let sets = try categories()
    var nodes: [TreeDraft.Node] = []
    for index in 0..<count {
      var split = Split(input: inputs[index], threshold: thresholds[index])
      // Bit 0: categorical, bit 1: missing goes left, bits 2 and 3: what is missing.
      if types[index] & 1 == 1 {
        guard let set = Int(exactly: thresholds[index]), sets.indices.contains(set) else {
          throw section.failure("node \(index) has no categories")
        }
        (split.categories, split.membersGoLeft) = (sets[set], true)
      } else {
        guard let missing = Split.Missing(rawValue: UInt8(types[index] >> 2)) else {
          throw section.failure("decision_type: \(types[index]) at node \(index) is not known")
        }
        (split.missing, split.missingGoesLeft) = (missing, types[index] & 2 == 2)
      }
      nodes.append(.init(split: split, left: left[index], right: right[index]))
    }
    return TreeDraft(nodes: nodes, root: 0, leafValues: values, output: output)
  }

  /// The sets of categories, from bit sets of 32-bit words one after the other. Each serves one node.
  private func categories() throws(Failure) -> [[Int32]] {
    let count = section.values["num_cat"] == nil ? 0 : try section.integer("num_cat", 0...Int(Int32.max) / 2)
    guard count > 0 else { return [] }
    let bounds = try section.integers("cat_boundaries", 0...Split.categoryLimit, count: count + 1)
    guard bounds[0] == 0, zip(bounds, bounds.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      throw section.failure("cat_boundaries do not ascend")
    }
    let words = try section.integers("cat_threshold", 0...Int(UInt32.max), count: bounds[count])
    var sets: [[Int32]] = []
    for index in 0..<count {
      let own = words[bounds[index]..<bounds[index + 1]]
      guard own.count <= Split.categoryLimit / 32 else { throw section.failure("a category is too large") }
      var set: [Int32] = []
      for (place, word) in own.enumerated() {
        for bit in 0..<32 where word >> bit & 1 == 1 { set.append(Int32(place * 32 + bit)) }
      }
      sets.append(set)
    }
    return sets
  }
}
