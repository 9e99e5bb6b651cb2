/// Accumulated local effects of one slice on given edges (Apley & Zhu 2020).
///
/// Bin k is (eₖ₋₁, eₖ], and the least edge belongs to bin 1. D_k is the mean of f(eₖ) − f(eₖ₋₁) over the bin's rows,
/// A_k their running sum from A₀ = 0, and what is given is A_k − c with c = Σ W_k(A_{k−1} + A_k)/2 / W, W_k the
/// weight in bin k. A slice without rows in a bin carries A on over it: its effect there is 0 and its error NaN.
///
/// Errors are linearised in all sums over rows, given the edges: with p_k = W_k/W, M_k = (A_{k−1} + A_k)/2 and
/// g_b = p_b/2 + Σ_{k>b} p_k, a row of bin b moves A_k − c by
/// ([b ≤ k] − g_b)·w(d − D_b)/W_b − w(M_b − c)/W. The first part is the bin's mean, the second the share of rows in
/// the bin, which the centre depends on; for independent rows of equal weight the two are uncorrelated, and the
/// variance is Σ_b ([b ≤ k] − g_b)²s_b²/n_b + Σ_b n_b(M_b − c)²/n²·n/(n − 1). Terms of one unit are added up before
/// they are squared. A bin with a single unit has no variance of its own: it takes `fallback`.
struct AccumulatedEffects: Sendable {
  var effect: [Double]
  var error: [Double]
  /// For each bin, the variance of a single unit's difference; nil where no bin tells.
  var unitVariance: [Double]?
}

extension AccumulatedEffects {
  /// - Parameter sample: the slice's rows that have a value
  /// - Parameter bins: by place, from 0
  /// - Parameter differences: by place, f(eₖ) − f(eₖ₋₁)
  /// - Parameter fallback: `unitVariance` of all rows; nil for all rows themselves
  ///
  /// Complexity: O(rows · bins).
  init(
    _ sample: EffectSample, bins: [Int32], differences: [Double], binCount: Int, fallback: [Double]?
  ) {
    guard sample.total > 0 else {
      let none = [Double](repeating: .nan, count: binCount + 1)
      self.init(effect: none, error: none, unitVariance: nil)
      return
    }
    guard binCount > 0 else {
      self.init(effect: [0], error: [0], unitVariance: nil)
      return
    }
    let own = sample.places.map { Int(bins[Int($0)]) }
    let values = sample.places.map { differences[Int($0)] }
    let steps = Steps(sample, own, values, binCount: binCount)
    let variance = steps.variances(fallback)
    self.init(
      effect: steps.effect, error: steps.errors(sample, own, values, variance), unitVariance: variance)
  }

  /// What is known of the bins.
  private struct Steps {
    var weight: [Double]
    var mean: [Double]
    /// Units of positive weight in each bin.
    var units: [Int]
    /// A_k, from 0.
    var sum: [Double]
    var center: Double
    /// Variance of the bin's mean; 0 for fewer than two units.
    var variance: [Double]

    var effect: [Double] { sum.map { $0 - center } }

    init(_ sample: EffectSample, _ bins: [Int], _ values: [Double], binCount: Int) {
      weight = [Double](repeating: 0, count: binCount)
      mean = weight
      for (index, bin) in bins.enumerated() {
        weight[bin] += sample.weight(index)
        mean[bin] += sample.weight(index) * values[index]
      }
      for bin in mean.indices { mean[bin] = weight[bin] > 0 ? mean[bin] / weight[bin] : 0 }
      sum = [0]
      center = 0
      for bin in mean.indices {
        sum.append(sum[bin] + mean[bin])
        center += weight[bin] * (sum[bin] + sum[bin + 1]) / 2
      }
      center /= sample.total
      (units, variance) = ([Int](repeating: 0, count: binCount), [Double](repeating: 0, count: binCount))
      addUnits(sample, bins, values)
    }

    private mutating func addUnits(_ sample: EffectSample, _ bins: [Int], _ values: [Double]) {
      var members = [[Int]](repeating: [], count: weight.count)
      for (index, bin) in bins.enumerated() where sample.weight(index) > 0 { members[bin].append(index) }
      for (bin, rows) in members.enumerated() {
        var sums: [Int32: Double] = [:]
        var squares = 0.0
        for row in rows {
          let term = sample.weight(row) * (values[row] - mean[bin])
          if let units = sample.units { sums[units[row], default: 0] += term } else { squares += term * term }
        }
        // Ascending units, so that the sum is the same each time.
        for (_, sum) in sums.sorted(by: { $0.key < $1.key }) { squares += sum * sum }
        units[bin] = sample.units == nil ? rows.count : sums.count
        guard units[bin] > 1 else { continue }
        variance[bin] = squares / (weight[bin] * weight[bin]) * Steps.correction(units[bin])
      }
    }

    static func correction(_ count: Int) -> Double { Double(count) / Double(count - 1) }

    /// The variance of one unit's difference in each bin: its own, else the given one, else the mean of the known.
    func variances(_ fallback: [Double]?) -> [Double]? {
      let known = units.indices.filter { units[$0] > 1 }
      guard !known.isEmpty || fallback != nil else { return nil }
      let own = variance.indices.map { variance[$0] * Double(units[$0]) }
      let typical = known.reduce(0) { $0 + own[$1] } / Double(max(1, known.count))
      return own.indices.map { units[$0] > 1 ? own[$0] : fallback?[$0] ?? typical }
    }

    func errors(
      _ sample: EffectSample, _ bins: [Int], _ values: [Double], _ unitVariance: [Double]?
    ) -> [Double] {
      guard sample.unitCount > 1, let unitVariance else { return sum.map { _ in .nan } }
      let (inner, outer) = terms(sample, bins, values)
      var above = 0.0
      var share = [Double](repeating: 0, count: weight.count)
      for bin in weight.indices.reversed() {
        let own = weight[bin] / sample.total
        share[bin] = own / 2 + above
        above += own
      }
      return sum.indices.map { point in
        guard weight[max(0, point - 1)] > 0 else { return .nan }
        let leverage = share.indices.map { ($0 < point ? 1 : 0) - share[$0] }
        var moved = inner
        for (index, bin) in bins.enumerated() { moved[index] = leverage[bin] * inner[index] - outer[index] }
        let lone = units.indices.filter { units[$0] == 1 }
        let borrowed = lone.reduce(0) { $0 + leverage[$1] * leverage[$1] * unitVariance[$1] }
        return (sample.sumOfSquares(moved) + borrowed).squareRoot()
      }
    }

    /// By row: its part in its bin's mean and in the centre, scaled for the degrees of freedom that the means take.
    private func terms(
      _ sample: EffectSample, _ bins: [Int], _ values: [Double]
    ) -> (inner: [Double], outer: [Double]) {
      let all = Steps.correction(sample.unitCount).squareRoot() / sample.total
      let scale = weight.indices.map { bin in
        units[bin] > 1 ? Steps.correction(units[bin]).squareRoot() / weight[bin] : 0
      }
      let offset = weight.indices.map { (sum[$0] + sum[$0 + 1]) / 2 - center }
      var (inner, outer) = (values, values)
      for (index, bin) in bins.enumerated() {
        inner[index] = scale[bin] * sample.weight(index) * (values[index] - mean[bin])
        outer[index] = all * sample.weight(index) * offset[bin]
      }
      return (inner, outer)
    }
  }
}
