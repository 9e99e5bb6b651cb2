enum RootFinding {
  /// A root between two points whose values differ in sign: Chandrupatla (1997), which mixes inverse
  /// quadratic interpolation with bisection and never leaves the bracket.
  @inline(__always)
  static func bracketed(
    _ x0: Double, _ f0: Double, _ x1: Double, _ f1: Double, tolerance: Double,
    _ f: (Double) -> Double
  ) -> Double {
    var (a, fa, b, fb) = (x0, f0, x1, f1)
    var t = fa / (fa - fb)
    for _ in 0..<200 {
      let x = a + t * (b - a)
      let fx = f(x)
      let same = (fx < 0) == (fa < 0)
      let (c, fc) = same ? (a, fa) : (b, fb)
      if !same { (b, fb) = (a, fa) }
      (a, fa) = (x, fx)
      let limit = tolerance / abs(b - c)
      if fa == 0 || limit > 0.5 || limit.isNaN { break }
      let position = (a - b) / (c - b)
      let height = (fa - fb) / (fc - fb)
      if height * height < position && (1 - height) * (1 - height) < 1 - position {
        t = fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
      } else {
        t = 0.5
      }
      t = min(1 - limit, max(limit, t))
    }
    return abs(fa) < abs(fb) ? a : b
  }
}
