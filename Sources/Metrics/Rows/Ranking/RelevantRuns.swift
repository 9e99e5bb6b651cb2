/// How many relevant rows each run of equal scores of a list holds; expectations are over all orders of the
/// rows of a run (McSherry & Najork 2008).
struct RelevantRuns {
  private struct Run {
    var start: Int
    var end: Int
    var relevant: Int
    var size: Int { end - start }
  }

  private var runs: [Run] = []
  private(set) var total = 0

  init(_ list: RankedList, relevantAt: Double) {
    runs.reserveCapacity(list.runEnds.count)
    var start = 0
    for end in list.runEnds {
      var relevant = 0
      for place in start..<end where list.relevance[place] >= relevantAt { relevant += 1 }
      // Runs without relevant rows change nothing but the places of those that follow.
      if relevant > 0 { runs.append(Run(start: start, end: end, relevant: relevant)) }
      total += relevant
      start = end
    }
  }

  /// Expected number of relevant rows among the first k.
  func expected(top k: Int) -> Double {
    runs.reduce(0) { sum, run in
      let inside = min(run.end, k) - run.start
      return inside > 0 ? sum + Double(run.relevant) * Double(inside) / Double(run.size) : sum
    }
  }

  /// Σ precision at each relevant row among the first k, over the number there could be.
  func averagePrecision(top k: Int) -> Double {
    var sum = 0.0
    var before = 0
    for run in runs where run.start < k {
      let chance = Double(run.relevant) / Double(run.size)
      let others = run.size > 1 ? Double(run.relevant - 1) / Double(run.size - 1) : 0
      for place in run.start..<min(run.end, k) {
        let seen = Double(before) + Double(place - run.start) * others + 1
        sum += chance * seen / Double(place + 1)
      }
      before += run.relevant
    }
    return sum / Double(min(total, k))
  }

  /// Expected 1 / rank of the first relevant row; 0 without one.
  func reciprocalRank() -> Double {
    guard let run = runs.first else { return 0 }
    var chance = Double(run.relevant) / Double(run.size)
    var sum = 0.0
    for offset in 0...(run.size - run.relevant) {
      sum += chance / Double(run.start + offset + 1)
      let left = run.size - offset - 1
      if left > 0 { chance *= Double(left + 1 - run.relevant) / Double(left) }
    }
    return sum
  }

  /// Expected rank of the first relevant row; 0 without one.
  func firstRank() -> Double {
    runs.first.map { Double($0.start) + Double($0.size + 1) / Double($0.relevant + 1) } ?? 0
  }

  /// The chance that a relevant row is among the first k.
  func chanceOfHit(top k: Int) -> Double {
    guard let run = runs.first, run.start < k else { return 0 }
    var miss = 1.0
    for drawn in 0..<min(run.size, k - run.start) {
      miss *= Double(max(0, run.size - run.relevant - drawn)) / Double(run.size - drawn)
    }
    return 1 - miss
  }
}
