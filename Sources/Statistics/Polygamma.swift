import Glibc

/// Derivatives of log Γ for x > 0: recurrence up to 10, then the asymptotic series (DLMF 5.11.2 and its
/// derivative).
enum Polygamma {
  static func digamma(_ x: Double) -> Double {
    var (x, shift) = (x, 0.0)
    while x < 10 {
      shift -= 1 / x
      x += 1
    }
    let s = 1 / (x * x)
    let tail = 1.0 / 252 - s * (1.0 / 240 - s * (1.0 / 132 - s * (691.0 / 32760 - s / 12)))
    return shift + log(x) - 0.5 / x - s * (1.0 / 12 - s * (1.0 / 120 - s * tail))
  }

  static func trigamma(_ x: Double) -> Double {
    var (x, shift) = (x, 0.0)
    while x < 10 {
      shift += 1 / (x * x)
      x += 1
    }
    let s = 1 / (x * x)
    let tail = 1.0 / 42 - s * (1.0 / 30 - s * (5.0 / 66 - s * (691.0 / 2730 - s * 7 / 6)))
    return shift + 1 / x + 0.5 * s + s / x * (1.0 / 6 - s * (1.0 / 30 - s * tail))
  }
}
