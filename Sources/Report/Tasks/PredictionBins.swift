import Results

/// Means of labels over bins of the prediction, with ends for the outermost bins.
struct PredictionBins {
  struct Bin {
    var name: String
    var range: ClosedRange<Double>
    var weight: Double
    var predicted: Double
    var label: Double
  }

  /// What holds all means and edges.
  let domain: ClosedRange<Double>
  private let details: TaskDetails

  init(_ details: TaskDetails, slices: [Int]) {
    self.details = details
    var values = details.binEdges
    for slice in slices {
      for place in (slice * details.binCount)..<((slice + 1) * details.binCount) {
        let weight = details.binWeight[place]
        guard weight > 0 else { continue }
        values += [details.binPredictionSum[place] / weight, details.binLabelSum[place] / weight]
      }
    }
    let finite = values.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 1)
    let margin = high > low ? (high - low) * 0.04 : 0.5
    domain = (low - margin)...(high + margin)
  }

  /// Bins that hold rows.
  func bins(_ slice: Int) -> [Bin] {
    let count = details.binCount
    return (0..<count).compactMap { bin in
      let place = slice * count + bin
      let weight = details.binWeight[place]
      guard weight > 0 else { return nil }
      let lower = bin == 0 ? domain.lowerBound : details.binEdges[bin - 1]
      let upper = bin == count - 1 ? domain.upperBound : details.binEdges[bin]
      let name =
        bin == 0
        ? "≤ \(Wording.value(upper))"
        : bin == count - 1
          ? "> \(Wording.value(lower))"
          : "\(Wording.value(lower)) to \(Wording.value(upper))"
      return Bin(
        name: name, range: min(lower, upper)...max(lower, upper), weight: weight,
        predicted: details.binPredictionSum[place] / weight, label: details.binLabelSum[place] / weight)
    }
  }
}
