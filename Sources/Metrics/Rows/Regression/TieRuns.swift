/// A slice's rows in ascending order of a value, with the ends of its runs of equal values.
struct TieRuns {
  /// Indices into the slice, ascending by value.
  let indices: [UInt32]
  /// The position after the last of each run.
  let ends: [Int]
  /// Weight of each index of the slice.
  let weights: [Double]

  init(_ order: RowOrder, _ slice: [UInt32], _ values: [Double], weights: [Double]) {
    let indices = order.sorted(slice)
    var ends: [Int] = []
    var previous = Double.nan
    for (position, index) in indices.enumerated() {
      let value = values[Int(slice[Int(index)])]
      if position > 0, value != previous { ends.append(position) }
      previous = value
    }
    if !indices.isEmpty { ends.append(indices.count) }
    (self.indices, self.ends, self.weights) = (indices, ends, weights)
  }

  /// For each index, the weight of its run.
  func runWeights() -> [Double] {
    var result = [Double](repeating: 0, count: indices.count)
    forEachRun { run in
      let sum = weight(run)
      for position in run { result[Int(indices[position])] = sum }
    }
    return result
  }

  /// For each index, the weight below its value and half of that at it.
  func midWeights() -> [Double] {
    var result = [Double](repeating: 0, count: indices.count)
    var below = 0.0
    forEachRun { run in
      let sum = weight(run)
      for position in run { result[Int(indices[position])] = below + sum / 2 }
      below += sum
    }
    return result
  }

  /// For each index, the weighted sum of `terms` above its value and half of that at it.
  func sumsAbove(_ terms: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: indices.count)
    var below = 0.0
    forEachRun { run in
      var sum = 0.0
      for position in run { sum += weights[Int(indices[position])] * terms[Int(indices[position])] }
      for position in run { result[Int(indices[position])] = below + sum / 2 }
      below += sum
    }
    for index in result.indices { result[index] = below - result[index] }
    return result
  }

  @inline(__always)
  func forEachRun(_ body: (Range<Int>) -> Void) {
    var start = 0
    for end in ends {
      body(start..<end)
      start = end
    }
  }

  private func weight(_ run: Range<Int>) -> Double {
    var sum = 0.0
    for position in run { sum += weights[Int(indices[position])] }
    return sum
  }
}
