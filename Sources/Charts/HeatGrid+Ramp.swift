extension HeatGrid {
  /// The ramp with its ends known: which ink a value gets.
  struct Shading {
    let isDiverging: Bool
    let least: Double
    let most: Double

    init(_ spec: HeatGrid) {
      let values = spec.cells.flatMap { $0 }.compactMap { $0?.reading.drawn }.filter {
        $0.isFinite && abs($0) < 1e300
      }
      switch spec.ramp {
      case .sequential(let range):
        isDiverging = false
        least = range?.lowerBound ?? values.min() ?? 0
        most = range?.upperBound ?? values.max() ?? 1
      case .diverging(let around, let reach):
        isDiverging = true
        let middle = around.isFinite ? around : 0
        let far = reach ?? values.map { abs($0 - middle) }.max() ?? 1
        let sound = far.isFinite && far > 0 ? far : 1
        least = middle - sound
        most = middle + sound
      }
    }

    func ink(_ value: Double) -> Ink {
      let top = Double(Ink.rampTop)
      guard most > least else { return isDiverging ? .diverging(0) : .sequential(Ink.rampTop / 2) }
      let share = max(0, min(1, value / (most - least) - least / (most - least)))
      if isDiverging { return .diverging(Int(((share * 2 - 1) * top).rounded())) }
      return .sequential(Int((share * top).rounded()))
    }

    /// The ramp's steps, from the least value to the most.
    var steps: [Ink] {
      isDiverging
        ? (-Ink.rampTop...Ink.rampTop).map { .diverging($0) } : (0...Ink.rampTop).map { .sequential($0) }
    }
  }
}
