/// Exact nearest neighbours by Euclidean distance: a k-d tree (Bentley 1975) over the distinct rows of features.
///
/// Rows at equal distance are not told apart: see `Neighbourhood`. Features are finite and used as they are; scale
/// them first where their units differ. Complexity: O(n log n) to build; a query looks at few leaves in low
/// dimensions and at all distinct rows at worst.
struct NeighbourTree {
  /// A distinct row of features, with how many rows have it and the sum of their values.
  struct Point {
    let features: [Double]
    var count: Double
    var sum: Double
  }

  private struct Node {
    let lower: [Double]
    let upper: [Double]
    let range: Range<Int>
    /// Children, or −1 in a leaf.
    var left = -1
    var right = -1
  }

  private var points: [Point]
  private var nodes: [Node] = []
  private static let leafSize = 8

  /// - Parameter values: what neighbours are asked for, one for each row
  init(_ rows: [[Double]], values: [Double]) {
    points = Self.distinct(rows, values)
    if !points.isEmpty { _ = build(0..<points.count) }
  }

  /// Rows by distance from `query`, nearest first, until at least `needed` rows are covered (or none are left).
  func neighbourhood(of query: [Double], needed: Double) -> Neighbourhood {
    var found = Neighbourhood(needed: needed)
    if !nodes.isEmpty { visit(0, query, &found) }
    return found
  }

  private static func distinct(_ rows: [[Double]], _ values: [Double]) -> [Point] {
    let order = rows.indices.sorted { rows[$0].lexicographicallyPrecedes(rows[$1]) }
    var points: [Point] = []
    for row in order {
      if let last = points.last, last.features == rows[row] {
        points[points.count - 1].count += 1
        points[points.count - 1].sum += values[row]
      } else {
        points.append(Point(features: rows[row], count: 1, sum: values[row]))
      }
    }
    return points
  }

  private mutating func build(_ range: Range<Int>) -> Int {
    let width = points[range.lowerBound].features.count
    let bounds = (0..<width).map { axis in
      points[range].reduce((Double.infinity, -Double.infinity)) {
        (min($0.0, $1.features[axis]), max($0.1, $1.features[axis]))
      }
    }
    let index = nodes.count
    nodes.append(Node(lower: bounds.map(\.0), upper: bounds.map(\.1), range: range))
    guard range.count > Self.leafSize else { return index }
    let axis = bounds.indices.max { bounds[$0].1 - bounds[$0].0 < bounds[$1].1 - bounds[$1].0 } ?? 0
    points[range].sort { $0.features[axis] < $1.features[axis] }
    let middle = range.lowerBound + range.count / 2
    let left = build(range.lowerBound..<middle)
    let right = build(middle..<range.upperBound)
    nodes[index].left = left
    nodes[index].right = right
    return index
  }

  private func visit(_ index: Int, _ query: [Double], _ found: inout Neighbourhood) {
    let node = nodes[index]
    // Boxes at the same distance may hold ties.
    guard distance(to: node, query) <= found.reach * Self.slack else { return }
    if node.left < 0 {
      for point in points[node.range] {
        found.add(Self.squared(point.features, query), count: point.count, sum: point.sum)
      }
      return
    }
    let nearer = distance(to: nodes[node.left], query) <= distance(to: nodes[node.right], query)
    visit(nearer ? node.left : node.right, query, &found)
    visit(nearer ? node.right : node.left, query, &found)
  }

  private func distance(to node: Node, _ query: [Double]) -> Double {
    var sum = 0.0
    for axis in query.indices {
      let gap = max(0, max(node.lower[axis] - query[axis], query[axis] - node.upper[axis]))
      sum += gap * gap
    }
    return sum
  }

  private static func squared(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for axis in a.indices { sum += (a[axis] - b[axis]) * (a[axis] - b[axis]) }
    return rounded(sum)
  }

  /// To 30 significant bits: distances that only rounding tells apart, as those of scaled features on either side of a
  /// point are, stay equal.
  private static func rounded(_ distance: Double) -> Double {
    let (half, mask): (UInt64, UInt64) = (1 << 21, (1 << 22) - 1)
    return Double(bitPattern: (distance.bitPattern &+ half) & ~mask)
  }

  /// More than what rounding takes off a distance.
  private static let slack = 1 + 0x1p-28
}
