/// The kernels: one pass over rows settles every group of a family. Pointers stay inside this file.
enum FamilyWalk {
  /// The cross group of each row, from the codes of the features (first varies slowest).
  /// - Precondition: each code is below its radix.
  static func codes(_ features: [[UInt16]], radices: [Int], rowCount: Int) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: rowCount) { buffer, initialized in
      initialized = rowCount
      guard let first = features.first else {
        buffer.initialize(repeating: 0)
        return
      }
      for row in 0..<rowCount { buffer.initializeElement(at: row, to: UInt32(first[row])) }
      for (feature, radix) in zip(features, radices).dropFirst() {
        let radix = UInt32(radix)
        feature.withUnsafeBufferPointer { codes in
          for row in 0..<rowCount { buffer[row] = buffer[row] &* radix &+ UInt32(codes[row]) }
        }
      }
    }
  }

  /// A cross crossed with one more feature, which varies fastest.
  static func cross(_ codes: [UInt32], _ feature: [UInt16], radix: Int) -> [UInt32] {
    let radix = UInt32(radix)
    return zip(codes, feature).map { $0 &* radix &+ UInt32($1) }
  }

  /// Rows by group and cell: `cellCount` entries a group.
  static func count(_ codes: [UInt32], _ cells: [UInt8], groups: Int, cellCount: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: groups * cellCount)
    counts.withUnsafeMutableBufferPointer { counts in
      codes.withUnsafeBufferPointer { codes in
        cells.withUnsafeBufferPointer { cells in
          for row in 0..<codes.count {
            counts[Int(codes[row]) &* cellCount &+ Int(cells[row])] &+= 1
          }
        }
      }
    }
    return counts
  }

  /// Σw and Σw² by group and cell: `cellCount` entries a group. `shift` drops low bits of a cell.
  static func weigh(
    _ codes: [UInt32], _ cells: [UInt8], _ weights: [Double], groups: Int, cellCount: Int, shift: Int = 0
  ) -> (sums: [Double], squares: [Double]) {
    var sums = [Double](repeating: 0, count: groups * cellCount)
    var squares = sums
    for row in codes.indices {
      let entry = Int(codes[row]) * cellCount + Int(cells[row] >> UInt8(shift))
      let weight = weights[row]
      sums[entry] += weight
      squares[entry] += weight * weight
    }
    return (sums, squares)
  }

  /// Walks up the scores with every row counting 1. `visit` is called at each stop with the states.
  static func walk(
    _ ranked: RankedRows, _ codes: [UInt32], states: inout [RankState], stops: [Int],
    visit: (Int, UnsafeMutableBufferPointer<RankState>) -> Void
  ) {
    states.withUnsafeMutableBufferPointer { states in
      codes.withUnsafeBufferPointer { codes in
        var position = 0
        for stop in stops {
          if ranked.logLoss.isEmpty {
            rank(ranked, codes, position..<stop, states)
          } else {
            rankWithLosses(ranked, codes, position..<stop, states)
          }
          position = stop
          visit(stop, states)
        }
      }
      for group in states.indices { states[group].settle() }
    }
  }

  @inline(__always)
  private static func enter(
    _ state: inout RankState, run: UInt32, label: UInt8, below: Double, above: Double, score: Double
  ) {
    if state.runStart != run { state.begin(run: run, overallBelow: below, overallAbove: above) }
    let fixed = Int64(score * FixedScale.score)
    if label == 1 {
      state.positives &+= 1
      state.scorePositive.add(fixed)
    } else {
      state.negatives &+= 1
      state.scoreNegative.add(fixed)
    }
    state.squaredScore.add(Int64(score * score * FixedScale.score))
  }

  private static func rank(
    _ ranked: RankedRows, _ codes: UnsafeBufferPointer<UInt32>, _ range: Range<Int>,
    _ states: UnsafeMutableBufferPointer<RankState>
  ) {
    let scale = ranked.scoreScale
    for position in range {
      enter(
        &states[Int(codes[position])], run: ranked.order.runStart[position],
        label: ranked.labels[position], below: ranked.negativesBelow[position],
        above: ranked.positivesAbove[position], score: ranked.order.scores[position] * scale)
    }
  }

  private static func rankWithLosses(
    _ ranked: RankedRows, _ codes: UnsafeBufferPointer<UInt32>, _ range: Range<Int>,
    _ states: UnsafeMutableBufferPointer<RankState>
  ) {
    for position in range {
      let group = Int(codes[position])
      let label = ranked.labels[position]
      let score = ranked.order.scores[position]
      enter(
        &states[group], run: ranked.order.runStart[position], label: label,
        below: ranked.negativesBelow[position], above: ranked.positivesAbove[position], score: score)
      let loss = ranked.logLoss[position]
      let error = Double(label) - score
      let brier = error * error
      states[group].logLoss.add(Int64(loss * FixedScale.logLoss))
      states[group].squaredLogLoss.add(Int64(loss * loss * FixedScale.squaredLogLoss))
      states[group].brier.add(Int64(brier * FixedScale.brier))
      states[group].squaredBrier.add(Int64(brier * brier * FixedScale.brier))
    }
  }

  /// Walks up the scores with weights. `visit` is called at each stop with the states.
  static func walk(
    _ ranked: RankedRows, _ codes: [UInt32], _ weights: [Double], states: inout [WeightedRankState],
    stops: [Int], visit: (Int, UnsafeMutableBufferPointer<WeightedRankState>) -> Void
  ) {
    states.withUnsafeMutableBufferPointer { states in
      var position = 0
      for stop in stops {
        for position in position..<stop {
          enterWeighted(ranked, position, weights[position], &states[Int(codes[position])])
        }
        position = stop
        visit(stop, states)
      }
      for group in states.indices { states[group].settle() }
    }
  }

  @inline(__always)
  private static func enterWeighted(
    _ ranked: RankedRows, _ position: Int, _ weight: Double, _ state: inout WeightedRankState
  ) {
    let run = ranked.order.runStart[position]
    if state.runStart != run {
      state.begin(
        run: run, overallBelow: ranked.negativesBelow[position],
        overallAbove: ranked.positivesAbove[position])
    }
    let label = ranked.labels[position]
    let score = ranked.order.scores[position]
    state.enter(label: label, weight: weight)
    state.score.enter(score, weight: weight)
    guard !ranked.logLoss.isEmpty else { return }
    let error = Double(label) - score
    state.bernoulli += weight * weight * score * (1 - score)
    state.logLoss.enter(ranked.logLoss[position], weight: weight)
    state.brier.enter(error * error, weight: weight)
    state.bias.enter(error, weight: weight)
  }
}
