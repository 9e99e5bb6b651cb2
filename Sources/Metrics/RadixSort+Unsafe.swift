/// A stable least-significant-digit radix sort of finite doubles.
package enum RadixSort {
  /// Row numbers in ascending order of their key; −0 equals 0. Digits that all keys share are skipped.
  package static func order(_ keys: [Double]) -> [UInt32] {
    if let decimals = decimalKeys(keys) { return order(bits: decimals, width: 9) }
    let bits = keys.map(sortableBits)
    let range = bits.reduce((low: UInt64.max, high: UInt64.min)) { (min($0.low, $1), max($0.high, $1)) }
    guard range.low < range.high else { return keys.indices.map { UInt32($0) } }
    // Half the bits suffice to tell most keys apart; the few others are sorted among themselves.
    let shift = UInt64(max(0, 32 - (range.high - range.low).leadingZeroBitCount))
    let coarse = bits.map { UInt32(truncatingIfNeeded: ($0 - range.low) >> shift) }
    var rows = order(bits: coarse, width: 11)
    if shift > 0 { refine(&rows, coarse, bits) }
    return rows
  }

  /// Sorts runs of rows with equal coarse keys by their whole keys.
  private static func refine(_ rows: inout [UInt32], _ coarse: [UInt32], _ bits: [UInt64]) {
    var start = 0
    while start < rows.count {
      let first = Int(rows[start])
      var end = start + 1
      var isSorted = true
      while end < rows.count, coarse[Int(rows[end])] == coarse[first] {
        isSorted = isSorted && bits[Int(rows[end - 1])] <= bits[Int(rows[end])]
        end += 1
      }
      if !isSorted {
        rows[start..<end].sort { (bits[Int($0)], $0) < (bits[Int($1)], $1) }
      }
      start = end
    }
  }

  /// Bits that sort as unsigned integers the way the doubles do.
  private static func sortableBits(_ value: Double) -> UInt64 {
    let bits = (value + 0).bitPattern
    return bits >> 63 == 0 ? bits | (1 << 63) : ~bits
  }

  /// Scores written with at most eight decimals are small integers: half the passes.
  private static func decimalKeys(_ keys: [Double]) -> [UInt32]? {
    let scale = 1e8
    var result = [UInt32](repeating: 0, count: keys.count)
    for (index, key) in keys.enumerated() {
      guard key >= 0, key <= 1 else { return nil }
      let whole = (key * scale).rounded()
      guard whole / scale == key else { return nil }
      result[index] = UInt32(whole)
    }
    return result
  }

  private static func order<Bits: FixedWidthInteger & UnsignedInteger>(
    bits: [Bits], width: Int
  ) -> [UInt32] {
    var keys = bits
    var spareKeys = bits
    var rows = (0..<UInt32(bits.count)).map { $0 }
    var spareRows = rows
    let common = bits.reduce((all: Bits.max, any: 0)) { ($0.all & $1, $0.any | $1) }
    let varying = common.all ^ common.any
    let mask = Bits(1) << width - 1
    for shift in stride(from: 0, to: Bits.bitWidth, by: width) where (varying >> shift) & mask != 0 {
      pass(keys, rows, into: &spareKeys, &spareRows, shift: shift, mask: mask)
      swap(&keys, &spareKeys)
      swap(&rows, &spareRows)
    }
    return rows
  }

  private static func pass<Bits: FixedWidthInteger & UnsignedInteger>(
    _ keys: [Bits], _ rows: [UInt32], into sortedKeys: inout [Bits], _ sortedRows: inout [UInt32],
    shift: Int, mask: Bits
  ) {
    var offsets = [Int](repeating: 0, count: Int(mask) + 1)
    for key in keys { offsets[Int(truncatingIfNeeded: (key >> shift) & mask)] &+= 1 }
    var total = 0
    for digit in offsets.indices {
      let count = offsets[digit]
      offsets[digit] = total
      total += count
    }
    sortedKeys.withUnsafeMutableBufferPointer { outKeys in
      sortedRows.withUnsafeMutableBufferPointer { outRows in
        offsets.withUnsafeMutableBufferPointer { offsets in
          for index in keys.indices {
            let key = keys[index]
            let digit = Int(truncatingIfNeeded: (key >> shift) & mask)
            let place = offsets[digit]
            offsets[digit] = place &+ 1
            outKeys[place] = key
            outRows[place] = rows[index]
          }
        }
      }
    }
  }
}
