/// The inner loops over rows. Indices were checked when trees were appended and rows were binned; reads are not checked
/// again.
enum EnsembleKernels {
  /// Rows that are taken at a time, so that their bins and masks stay in the first-level cache.
  static let block = 512

  /// The AND of a tree's masks for rows `rows`, `words` a row.
  ///
  /// - Parameter donors: the row whose bin is used, for each row; nil for the row itself
  /// - Parameter isFirst: whether `result` is written anew, else it is narrowed
  static func intersect(
    _ masks: [UInt64], _ tables: [LeafMasks.FeatureTable], words: Int, _ binned: BinnedRows,
    _ rows: Range<Int>,
    donors: [Int32]? = nil, isFirst: Bool, into result: inout [UInt64]
  ) {
    masks.withUnsafeBufferPointer { masks in
      binned.codes.withUnsafeBufferPointer { codes in
        result.withUnsafeMutableBufferPointer { result in
          guard let result = result.baseAddress else { return }
          if isFirst { result.update(repeating: .max, count: rows.count * words) }
          guard let masks = masks.baseAddress, let codes = codes.baseAddress else { return }
          for table in tables {
            let own = codes + table.feature * binned.rowCount
            if let donors {
              donors.withUnsafeBufferPointer { donors in
                narrow(masks + table.start, words, rows.count, into: result) {
                  own[Int(donors[rows.lowerBound + $0])]
                }
              }
            } else {
              narrow(masks + table.start, words, rows.count, into: result) { own[rows.lowerBound + $0] }
            }
          }
        }
      }
    }
  }

  @inline(__always) private static func narrow(
    _ masks: UnsafePointer<UInt64>, _ words: Int, _ count: Int, into result: UnsafeMutablePointer<UInt64>,
    bin: (Int) -> Int32
  ) {
    if words == 1 {
      for row in 0..<count { result[row] &= masks[Int(bin(row))] }
    } else {
      for row in 0..<count {
        let mask = masks + Int(bin(row)) * words
        for word in 0..<words { result[row * words + word] &= mask[word] }
      }
    }
  }

  /// The leaf of each row: the lowest bit of its mask.
  static func leaves(_ masks: [UInt64], words: Int, count: Int, into leaves: inout [Int32]) {
    masks.withUnsafeBufferPointer { masks in
      leaves.withUnsafeMutableBufferPointer { leaves in
        if words == 1 {
          for row in 0..<count { leaves[row] = Int32(truncatingIfNeeded: masks[row].trailingZeroBitCount) }
          return
        }
        for row in 0..<count {
          var word = 0
          while word < words - 1, masks[row * words + word] == 0 { word += 1 }
          leaves[row] = Int32(truncatingIfNeeded: word * 64 + masks[row * words + word].trailingZeroBitCount)
        }
      }
    }
  }

  /// Adds leaf values to margins, which lie output by output.
  ///
  /// - Parameter isSingle: each sum is rounded to float32. A double holds the sum of two float32 numbers well enough for
  ///   that to be what float32 addition gives (Figueroa 1995).
  static func add(
    _ leaves: [Int32], _ tree: TreeEnsemble.Tree, _ values: [Double], isSingle: Bool, _ rows: Range<Int>,
    rowCount: Int, to margins: inout [Double]
  ) {
    values.withUnsafeBufferPointer { values in
      leaves.withUnsafeBufferPointer { leaves in
        margins.withUnsafeMutableBufferPointer { margins in
          guard let values = values.baseAddress, let margins = margins.baseAddress else { return }
          let width = tree.leafWidth
          for offset in 0..<width {
            let own = values + tree.firstValue + offset
            let sums = margins + (tree.output + offset) * rowCount + rows.lowerBound
            if isSingle {
              for row in 0..<rows.count {
                sums[row] = Double(Float(sums[row] + own[Int(leaves[row]) * width]))
              }
            } else {
              for row in 0..<rows.count { sums[row] += own[Int(leaves[row]) * width] }
            }
          }
        }
      }
    }
  }

  /// The leaf of each row after the masks of `tables` have narrowed what `others` leaves; both are kept apart.
  /// One look-up and one AND a row where a single feature of one word moves.
  static func narrowed(
    _ others: [UInt64], _ masks: [UInt64], _ tables: [LeafMasks.FeatureTable], words: Int,
    _ binned: BinnedRows,
    _ rows: Range<Int>, donors: [Int32]?, scratch: inout [UInt64], into result: inout [Int32]
  ) {
    guard let donors, words == 1, tables.count == 1 else {
      scratch.withUnsafeMutableBufferPointer { scratch in
        others.withUnsafeBufferPointer { others in
          guard let scratch = scratch.baseAddress, let others = others.baseAddress else { return }
          scratch.update(from: others, count: rows.count * words)
        }
      }
      intersect(masks, tables, words: words, binned, rows, donors: donors, isFirst: false, into: &scratch)
      leaves(scratch, words: words, count: rows.count, into: &result)
      return
    }
    masks.withUnsafeBufferPointer { masks in
      binned.codes.withUnsafeBufferPointer { codes in
        others.withUnsafeBufferPointer { others in
          donors.withUnsafeBufferPointer { donors in
            result.withUnsafeMutableBufferPointer { result in
              guard let table = masks.baseAddress.map({ $0 + tables[0].start }),
                let own = codes.baseAddress.map({ $0 + tables[0].feature * binned.rowCount }),
                let donors = donors.baseAddress.map({ $0 + rows.lowerBound })
              else { return }
              for row in 0..<rows.count {
                let mask = others[row] & table[Int(own[Int(donors[row])])]
                result[row] = Int32(truncatingIfNeeded: mask.trailingZeroBitCount)
              }
            }
          }
        }
      }
    }
  }

  /// Adds the values of new leaves less those of old ones.
  static func addDifferences(
    from old: [Int32], to new: [Int32], _ tree: TreeEnsemble.Tree, _ values: [Double], _ rows: Range<Int>,
    rowCount: Int, to margins: inout [Double]
  ) {
    values.withUnsafeBufferPointer { values in
      old.withUnsafeBufferPointer { old in
        new.withUnsafeBufferPointer { new in
          margins.withUnsafeMutableBufferPointer { margins in
            guard let values = values.baseAddress, let margins = margins.baseAddress else { return }
            let width = tree.leafWidth
            for offset in 0..<width {
              let own = values + tree.firstValue + offset
              let sums = margins + (tree.output + offset) * rowCount + rows.lowerBound
              for row in 0..<rows.count {
                sums[row] += own[Int(new[row]) * width] - own[Int(old[row]) * width]
              }
            }
          }
        }
      }
    }
  }

  /// The leaf of each row by walking down from the root.
  ///
  /// - Parameter inputs: input i of row r is `inputs[i · rowCount + r]`
  static func walk(
    _ tree: TreeEnsemble.Tree, _ walker: TreeWalker, _ inputs: [Double], rowCount: Int, _ rows: Range<Int>,
    into leaves: inout [Int32]
  ) {
    walker.steps.withUnsafeBufferPointer { steps in
      inputs.withUnsafeBufferPointer { inputs in
        leaves.withUnsafeMutableBufferPointer { leaves in
          for row in rows {
            var place = tree.root
            while place >= 0 {
              let step = steps[Int(place)]
              let x = inputs[Int(step.input) * rowCount + row]
              let goesLeft: Bool
              switch step.kind {
              case .missingRight: goesLeft = x <= step.threshold
              case .missingLeft: goesLeft = !(x > step.threshold)
              case .other: goesLeft = walker.nodes[Int(place)].split.goesLeft(x)
              }
              place = goesLeft ? step.left : step.right
            }
            leaves[row - rows.lowerBound] = ~place
          }
        }
      }
    }
  }
}
