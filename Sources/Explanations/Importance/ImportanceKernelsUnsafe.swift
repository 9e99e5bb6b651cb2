/// The inner loops over rows. Indices come from this folder: rows, cells and groups exist.
enum ImportanceKernels {
  /// The cell of each row, and the weight of the rows in each of `count` cells.
  static func cells(
    _ first: [Int32], _ decisions: [UInt8], _ weights: [Double]?, count: Int, into codes: inout [Int32]
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: count)
    var counts = [Int](repeating: 0, count: count)
    first.withUnsafeBufferPointer { first in
      decisions.withUnsafeBufferPointer { decisions in
        codes.withUnsafeMutableBufferPointer { codes in
          for row in 0..<first.count { codes[row] = first[row] &- 2 &* Int32(decisions[row]) }
        }
      }
    }
    if let weights {
      for row in codes.indices { sums[Int(codes[row])] += weights[row] }
      return sums
    }
    counts.withUnsafeMutableBufferPointer { counts in
      codes.withUnsafeBufferPointer { codes in
        for row in 0..<codes.count { counts[Int(codes[row])] &+= 1 }
      }
    }
    return counts.map(Double.init)
  }

  static func look(
    up codes: [Int32], in table: [Double], times weights: [Double]?, into result: inout [Double]
  ) {
    codes.withUnsafeBufferPointer { codes in
      table.withUnsafeBufferPointer { table in
        result.withUnsafeMutableBufferPointer { result in
          if let weights {
            weights.withUnsafeBufferPointer { weights in
              for row in 0..<codes.count { result[row] = table[Int(codes[row])] * weights[row] }
            }
          } else {
            for row in 0..<codes.count { result[row] = table[Int(codes[row])] }
          }
        }
      }
    }
  }

  static func center(
    _ values: inout [Double], centers: [Double], scales: [Double], _ cells: [Int32],
    times weights: [Double]?
  ) {
    values.withUnsafeMutableBufferPointer { values in
      centers.withUnsafeBufferPointer { centers in
        scales.withUnsafeBufferPointer { scales in
          cells.withUnsafeBufferPointer { cells in
            for row in 0..<values.count {
              let cell = Int(cells[row])
              let scale = scales[cell] * (weights?[row] ?? 1)
              values[row] = scale == 0 ? 0 : (values[row] - centers[cell]) * scale
            }
          }
        }
      }
    }
  }

  /// Adds to each row what its influence changed by, and what that of the row changed by that it gave its values to.
  ///
  /// - Parameter receivers: the row that each row gave its values to
  static func accumulate(
    _ permuted: inout [Double], _ base: [Double], receivers: [Int32], into sums: inout [Double]
  ) {
    permuted.withUnsafeMutableBufferPointer { change in
      base.withUnsafeBufferPointer { base in
        for row in 0..<change.count { change[row] -= base[row] }
      }
      receivers.withUnsafeBufferPointer { receivers in
        sums.withUnsafeMutableBufferPointer { sums in
          for row in 0..<change.count { sums[row] += change[row] + change[Int(receivers[row])] }
        }
      }
    }
  }

  /// For each row of `range` in ascending order of score, the weight of rows of the other class that are on the right side
  /// of it, ties one half.
  ///
  /// - Returns: the weight of positive–negative pairs in the right order, ties one half
  static func ranks(
    _ order: [UInt32], _ range: Range<Int>, _ scores: [Double], _ labels: [UInt8], _ weights: [Double]?,
    allPositives: Double, into components: inout [Double]
  ) -> Double {
    order.withUnsafeBufferPointer { order in
      scores.withUnsafeBufferPointer { scores in
        labels.withUnsafeBufferPointer { labels in
          components.withUnsafeMutableBufferPointer { components in
            ranks(
              UnsafeBufferPointer(rebasing: order[range]), scores, labels, weights, allPositives, components)
          }
        }
      }
    }
  }

  private static func ranks(
    _ order: UnsafeBufferPointer<UInt32>, _ scores: UnsafeBufferPointer<Double>,
    _ labels: UnsafeBufferPointer<UInt8>, _ weights: [Double]?, _ allPositives: Double,
    _ components: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    var (positives, negatives, concordant) = (0.0, 0.0, 0.0)
    var start = 0
    while start < order.count {
      let score = scores[Int(order[start])]
      var tied = (positives: 0.0, negatives: 0.0)
      var end = start
      repeat {
        let row = Int(order[end])
        let weight = weights?[row] ?? 1
        let positive = labels[row] == 1 ? weight : 0
        tied.positives += positive
        tied.negatives += weight - positive
        end += 1
      } while end < order.count && scores[Int(order[end])] == score
      let below = negatives + tied.negatives / 2
      let above = allPositives - positives - tied.positives / 2
      for row in order[start..<end] { components[Int(row)] = labels[Int(row)] == 1 ? below : above }
      concordant += tied.positives * below
      positives += tied.positives
      negatives += tied.negatives
      start = end
    }
    return concordant
  }
}
