/// All permutations of few rows.
enum Permutations {
  /// For each permutation within pools, the donor of every row; nil where there are more than `limit`.
  static func all(_ layout: PoolLayout, limit: Int) -> [[Int32]]? {
    var count = 1
    for pool in 0..<layout.poolCount {
      for factor in stride(from: 2, through: layout.size(Int32(pool)), by: 1) {
        count *= factor
        guard count <= limit else { return nil }
      }
    }
    var lists = [(0..<layout.pools.count).map(Int32.init)]
    for pool in 0..<layout.poolCount where layout.size(Int32(pool)) > 1 {
      let rows = Array(layout.rows[layout.starts[pool]..<layout.starts[pool + 1]])
      let orders = orders(rows)
      lists = lists.flatMap { list in
        orders.map { order in
          var list = list
          for (row, donor) in zip(rows, order) { list[Int(row)] = donor }
          return list
        }
      }
    }
    return lists
  }

  private static func orders(_ items: [Int32]) -> [[Int32]] {
    guard items.count > 1 else { return [items] }
    return items.indices.flatMap { place in
      var rest = items
      let first = rest.remove(at: place)
      return orders(rest).map { [first] + $0 }
    }
  }
}
