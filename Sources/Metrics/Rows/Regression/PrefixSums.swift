/// Sums of the entries below a place, under additions at any place (Fenwick 1994). O(log n) each.
struct PrefixSums {
  private var nodes: [Double]

  init(count: Int) { nodes = [Double](repeating: 0, count: count + 1) }

  /// Sum of the entries before `place`.
  func sum(before place: Int) -> Double {
    var sum = 0.0
    var node = place
    while node > 0 {
      sum += nodes[node]
      node &= node - 1
    }
    return sum
  }

  mutating func add(_ value: Double, at place: Int) {
    var node = place + 1
    while node < nodes.count {
      nodes[node] += value
      node += node & -node
    }
  }
}
