extension NormalFactor {
  /// values += factor · column, over the shorter of the two. Bounds are checked once, so that the loop
  /// runs in vector registers.
  static func add(_ column: [Double], times factor: Double, to values: inout [Double]) {
    values.withUnsafeMutableBufferPointer { values in
      column.withUnsafeBufferPointer { column in
        for i in 0..<min(values.count, column.count) { values[i] += factor * column[i] }
      }
    }
  }
}
