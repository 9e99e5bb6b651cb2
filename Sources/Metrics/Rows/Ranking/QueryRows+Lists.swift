extension QueryRows {
  /// Calls for each query that has rows in a slice. Complexity: O(min(rows, m log m)) for a slice of m.
  func forEachList(_ slice: [UInt32], _ body: (RankedList) -> Void) {
    let indices = byRank.sorted(slice)
    var list = RankedList()
    var start = 0
    while start < indices.count {
      let query = observations.queries[Int(slice[Int(indices[start])])]
      var end = start
      while end < indices.count, observations.queries[Int(slice[Int(indices[end])])] == query { end += 1 }
      fill(&list, slice, indices[start..<end])
      body(list)
      start = end
    }
  }

  private func fill(_ list: inout RankedList, _ slice: [UInt32], _ indices: ArraySlice<UInt32>) {
    list.relevance.removeAll(keepingCapacity: true)
    list.runEnds.removeAll(keepingCapacity: true)
    list.first = .max
    var weight = 0.0
    var previous = Double.nan
    for index in indices {
      let row = slice[Int(index)]
      let score = observations.scores[Int(row)]
      let isTied = observations.ties == .expected && score == previous
      if !isTied, !list.relevance.isEmpty { list.runEnds.append(list.relevance.count) }
      previous = score
      list.relevance.append(observations.relevance[Int(row)])
      list.first = min(list.first, Int(index))
      weight += self.weight(row)
    }
    list.runEnds.append(list.relevance.count)
    list.weight = weight / Double(indices.count)
  }
}
