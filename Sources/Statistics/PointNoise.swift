/// A difference at several points and replicates of its noise there: what distances that are norms of the difference are drawn from.
package struct PointNoise: Sendable {
  package enum Norm: Sendable {
    /// Σ w |x|.
    case sum
    case largest
  }

  package let observed: [Float]
  /// Each point's weight in the sum.
  package let widths: [Float]
  /// Replicate after replicate.
  private let noise: [Float]

  /// - Parameter noise: replicates after each other, each as long as `observed`
  package init(observed: [Float], widths: [Float], noise: [Float]) {
    (self.observed, self.widths, self.noise) = (observed, widths, noise)
  }

  package func distance(_ norm: Norm) -> Double { distance(norm, share: 1, of: observed[...], nil) }

  /// The norm of t times the difference with each replicate's noise. Complexity: O(replicates · points).
  package func distances(_ norm: Norm, share: Double) -> [Double] {
    let points = observed.count
    guard points > 0 else { return [] }
    return stride(from: 0, to: noise.count, by: points).map { start in
      distance(norm, share: Float(share), of: observed[...], noise[start..<start + points])
    }
  }

  private func distance(
    _ norm: Norm, share: Float, of difference: ArraySlice<Float>, _ own: ArraySlice<Float>?
  ) -> Double {
    let start = own?.startIndex ?? 0
    switch norm {
    case .largest:
      var largest: Float = 0
      for point in difference.indices {
        largest = max(largest, abs(share * difference[point] + (own?[start + point] ?? 0)))
      }
      return Double(largest)
    case .sum:
      var sum: Float = 0
      for point in difference.indices {
        sum += widths[point] * abs(share * difference[point] + (own?[start + point] ?? 0))
      }
      return Double(sum)
    }
  }

  /// What the distance's limits are; lower limits of sums by inversion, of largest values by a band.
  package func interval(_ norm: Norm, level: Double, null: [Double]? = nil) -> DistanceInterval? {
    DistanceInterval(
      distance(norm), level: level, rule: norm == .sum ? .inverted : .band, null: null
    ) { distances(norm, share: $0) }
  }

  /// The same of a sum over points that vary by themselves, many of which may be 0: each adds its noise to the sum, which those within
  /// twice their standard error give back in the lower limit (Fang & Santos 2019). Its lower limit is a distance, not a share.
  package func sparseInterval(level: Double, null: [Double]) -> (found: DistanceInterval, lower: Double)? {
    let kept = PointNoise(observed: distinct, widths: widths, noise: noise)
    let own = distance(.sum)
    let whole = distances(.sum, share: 1)
    guard
      let found = DistanceInterval(
        own, level: level, null: null, upper: whole, draws: { kept.distances(.sum, share: $0) })
    else { return nil }
    return (found, found.lower * kept.distance(.sum))
  }

  private var distinct: [Float] {
    let replicates = Float(noise.count / max(1, observed.count))
    return observed.enumerated().map { point, value in
      var squares: Float = 0
      for place in stride(from: point, to: noise.count, by: observed.count) {
        squares += noise[place] * noise[place]
      }
      return value * value > 4 * squares / replicates ? value : 0
    }
  }
}
