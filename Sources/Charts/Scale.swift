import Glibc

/// Maps values to pixels along one direction.
package struct Scale: Equatable, Sendable {
  package enum Kind: Sendable { case linear, log }

  package let kind: Kind
  /// Finite, `lower < upper`; positive on a log scale.
  package let lower: Double
  package let upper: Double
  /// Pixels of `lower` and `upper`.
  package let start: Double
  package let end: Double

  package init(_ kind: Kind = .linear, from lower: Double, to upper: Double, start: Double, end: Double) {
    self.kind = kind
    (self.lower, self.upper) = Scale.sound(kind, lower, upper)
    self.start = start
    self.end = end
  }

  /// The pixel of a value. Values outside the domain, infinities included, lie on its edge; NaN at its start.
  package func position(_ value: Double) -> Double {
    if value.isNaN { return start }
    let inside = min(upper, max(lower, value))
    let pixel = start + (transformed(inside) - transformed(lower)) * factor
    // Rounding must not push a value on the edge off the plot.
    return max(min(start, end), min(max(start, end), pixel))
  }

  /// The value at a pixel; the inverse of `position` inside the domain.
  package func value(at pixel: Double) -> Double {
    let inner = transformed(lower) + (pixel - start) / factor
    return kind == .log ? exp(inner) : inner
  }

  package func contains(_ value: Double) -> Bool { value >= lower && value <= upper }

  package func ticks(count: Int, format: NumberText.Format = .number) -> Ticks {
    kind == .log
      ? Ticks.log(lower, upper, count: count)
      : Ticks.linear(lower, upper, count: count, format: format)
  }

  private var factor: Double { (end - start) / (transformed(upper) - transformed(lower)) }

  private func transformed(_ value: Double) -> Double { kind == .log ? Glibc.log(value) : value }

  /// A domain that can be drawn, whatever was asked for.
  private static func sound(_ kind: Kind, _ lower: Double, _ upper: Double) -> (Double, Double) {
    let extreme = 1e150
    let ends = [lower.isFinite ? lower : 0, upper.isFinite ? upper : 1].map {
      max(-extreme, min(extreme, $0))
    }
    var low = min(ends[0], ends[1])
    var high = max(ends[0], ends[1])
    if kind == .log {
      low = low > 1e-150 ? low : high > 1e-149 ? high / 10 : 0.1
      high = high > low ? high : low * 10
      return high > low * (1 + 1e-9) ? (low, high) : (low / 2, high * 2)
    }
    let least = max(max(abs(low), abs(high)) * 1e-9, 1e-150)
    if high - low <= least || high == low {
      let half = max(abs(low) * 0.1, 0.5)
      return (low - half, high + half)
    }
    return (low, high)
  }
}
