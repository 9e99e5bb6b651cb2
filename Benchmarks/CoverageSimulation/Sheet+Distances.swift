extension Sheet {
  /// Distances of two groups, which lie above 0 by chance alone.
  mutating func distances(sizes: [Int], runs: Int) {
    header("Distances of two groups, \(runs) draws", ["n a group", "groups differ"] + DistanceDraw.names)
    for size in sizes {
      for layout in DistanceDraw.Layout.allCases {
        let found = DistanceDraw(size: size, layout: layout, runs: runs).run()
        row(["\(size)", layout.rawValue], found.values.map { ($0, .range) })
      }
    }
  }
}
