/// The weight of the rows seen, by label.
struct LabelWalk {
  private let weights: [Double]
  /// The run of equal labels that each index is in.
  private var runs: [Int32]
  private var sums: PrefixSums
  private var atRun: [Double]
  private var total = 0.0

  init(_ y: TieRuns) {
    weights = y.weights
    runs = [Int32](repeating: 0, count: y.indices.count)
    var start = 0
    for (run, end) in y.ends.enumerated() {
      for position in start..<end { runs[Int(y.indices[position])] = Int32(run) }
      start = end
    }
    sums = PrefixSums(count: y.ends.count)
    atRun = [Double](repeating: 0, count: y.ends.count)
  }

  /// Weight seen with a smaller and with a larger label than a row's.
  func seen(_ index: Int) -> (below: Double, above: Double) {
    let run = Int(runs[index])
    let below = sums.sum(before: run)
    return (below, total - below - atRun[run])
  }

  mutating func add(_ index: Int) {
    let run = Int(runs[index])
    sums.add(weights[index], at: run)
    atRun[run] += weights[index]
    total += weights[index]
  }
}
