/// The inner loops over rows. Indices were checked when trees were appended and rows were binned; reads are not checked
/// again.
enum EnsembleKernels {
  /// Rows that are taken at a time, so that their bins and masks stay in the first-level cache.
  static let block = 512

  /// The AND of a tree's masks for rows `rows`, `words` a row.
  ///
  /// - Parameter codes: the bin of table t's feature f in row r is `codes[f · rowCount + r]`
  /// - Parameter start: masks to begin with; nil for all leaves
  static func intersect(
    _ masks: [UInt64], _ tables: [LeafMasks.FeatureTable], words: Int, _ codes: [Int32], rowCount: Int,
    _ rows: Range<Int>, from start: [UInt64]?, into result: inout [UInt64]
  ) {
    let size = rows.count * words
    masks.withUnsafeBufferPointer { masks in
      codes.withUnsafeBufferPointer { codes in
        result.withUnsafeMutableBufferPointer { result in
          guard let result = result.baseAddress else { return }
          if let start {
            start.withUnsafeBufferPointer { start in
              if let start = start.baseAddress { result.update(from: start, count: size) }
            }
          } else {
            result.update(repeating: .max, count: size)
          }
          guard let masks = masks.baseAddress, let codes = codes.baseAddress else { return }
          for table in tables {
            narrow(
              masks + table.start, words, codes + table.feature * rowCount + rows.lowerBound, rows.count,
              into: result)
          }
        }
      }
    }
  }

  private static func narrow(
    _ masks: UnsafePointer<UInt64>, _ words: Int, _ bins: UnsafePointer<Int32>, _ count: Int,
    into result: UnsafeMutablePointer<UInt64>
  ) {
    if words == 1 {
      for row in 0..<count { result[row] &= masks[Int(bins[row])] }
    } else {
      for row in 0..<count {
        let mask = masks + Int(bins[row]) * words
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

  /// Adds to each row's margin what its tree gives after one feature has moved, less what it gave before: one look-up and one
  /// AND a row, for masks of one word and leaves of one value.
  ///
  /// - Parameter others: what the tests of the other features leave, for the rows of the block
  /// - Parameter own: the values of the rows' own leaves
  static func addMoved(
    _ others: [UInt64], _ masks: [UInt64], _ table: LeafMasks.FeatureTable, _ codes: [Int32], own: [Double],
    _ tree: TreeEnsemble.Tree, _ values: [Double], _ rows: Range<Int>, rowCount: Int,
    to margins: inout [Double]
  ) {
    masks.withUnsafeBufferPointer { masks in
      codes.withUnsafeBufferPointer { codes in
        others.withUnsafeBufferPointer { others in
          own.withUnsafeBufferPointer { own in
            values.withUnsafeBufferPointer { values in
              margins.withUnsafeMutableBufferPointer { margins in
                guard let masks = masks.baseAddress, let codes = codes.baseAddress,
                  let others = others.baseAddress, let own = own.baseAddress, let values = values.baseAddress,
                  let margins = margins.baseAddress
                else { return }
                let table = masks + table.start
                let bins = codes + rows.lowerBound
                let leafValues = values + tree.firstValue
                let sums = margins + tree.output * rowCount + rows.lowerBound
                for row in 0..<rows.count {
                  let mask = others[row] & table[Int(bins[row])]
                  sums[row] += leafValues[mask.trailingZeroBitCount] - own[row]
                }
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

/// The same for bundles of eight trees.
extension EnsembleKernels {
  /// Rows that go through all bundles at a time, and that go through one at a time: the bundle's tables and the rows' sums stay
  /// in the second-level cache meanwhile, the rows' masks in the first.
  static let bundleBlock = 4096
  static let bundleRows = 256

  /// What the tests of the staying features leave of each row's leaves, and the sum of the row's own leaf values.
  static func prepare(
    _ bundle: TreeBundle, staying: [LeafMasks.FeatureTable], leaving: [LeafMasks.FeatureTable],
    _ codes: [Int32], rowCount: Int, _ rows: Range<Int>, others: inout [SIMD8<UInt64>],
    own: inout [Double]
  ) {
    bundle.masks.withUnsafeBufferPointer { masks in
      bundle.leafValues.withUnsafeBufferPointer { values in
        codes.withUnsafeBufferPointer { codes in
          others.withUnsafeMutableBufferPointer { others in
            guard let masks = masks.baseAddress, let values = values.baseAddress,
              let codes = codes.baseAddress
            else { return }
            for row in rows {
              var left = SIMD8<UInt64>(repeating: .max)
              for table in staying {
                left &= masks[table.start + Int(codes[table.feature * rowCount + row])]
              }
              others[row - rows.lowerBound] = left
              for table in leaving {
                left &= masks[table.start + Int(codes[table.feature * rowCount + row])]
              }
              own[row - rows.lowerBound] = sum(left, values)
            }
          }
        }
      }
    }
  }

  /// Adds to each row's margin what the trees give with the moved bins, less what they gave before: exactly nothing where the
  /// leaves are the same.
  ///
  /// - Parameter leaving: tables of the moved features, by their place in `codes`
  static func addMoved(
    _ bundle: TreeBundle, leaving: [LeafMasks.FeatureTable], _ codes: [Int32], rowCount: Int,
    _ rows: Range<Int>, others: [SIMD8<UInt64>], own: [Double], to margins: inout [Double]
  ) {
    bundle.masks.withUnsafeBufferPointer { masks in
      bundle.leafValues.withUnsafeBufferPointer { values in
        codes.withUnsafeBufferPointer { codes in
          others.withUnsafeBufferPointer { others in
            own.withUnsafeBufferPointer { own in
              margins.withUnsafeMutableBufferPointer { margins in
                guard let masks = masks.baseAddress, let values = values.baseAddress,
                  let codes = codes.baseAddress, let first = leaving.first
                else { return }
                let start = masks + first.start
                let bins = codes + first.feature * rowCount
                for row in rows {
                  var left = others[row - rows.lowerBound] & start[Int(bins[row])]
                  for table in leaving.dropFirst() {
                    left &= masks[table.start + Int(codes[table.feature * rowCount + row])]
                  }
                  margins[row] += sum(left, values) - own[row - rows.lowerBound]
                }
              }
            }
          }
        }
      }
    }
  }

  /// The values of the leaves that are the lowest bits. The last bit is set for the compiler to know that there is one.
  @inline(__always)
  private static func sum(_ left: SIMD8<UInt64>, _ values: UnsafePointer<Double>) -> Double {
    let masks = left | SIMD8(repeating: 1 << 63)
    let a = values[masks[0].trailingZeroBitCount]
    let b = values[64 + masks[1].trailingZeroBitCount]
    let c = values[128 + masks[2].trailingZeroBitCount]
    let d = values[192 + masks[3].trailingZeroBitCount]
    let e = values[256 + masks[4].trailingZeroBitCount]
    let f = values[320 + masks[5].trailingZeroBitCount]
    let g = values[384 + masks[6].trailingZeroBitCount]
    let h = values[448 + masks[7].trailingZeroBitCount]
    return ((a + b) + (c + d)) + ((e + f) + (g + h))
  }
}
