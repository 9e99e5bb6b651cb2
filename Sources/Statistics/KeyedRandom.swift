import Glibc

/// A counter-based generator. What it yields depends only on the seed, the text that says what the
/// draws are for and the indices of its substreams: never on threads or on the order of work.
package struct KeyedRandom: RandomNumberGenerator, Sendable {
  @usableFromInline let key: UInt64
  @usableFromInline let lane: UInt64
  @usableFromInline var counter: UInt64 = 0
  @usableFromInline var spare: UInt64 = 0
  @usableFromInline var hasSpare = false

  /// - Parameter key: the purpose of the draws, and whatever names their subject.
  package init(seed: UInt64, key: String) {
    // FNV-1a names the text; Philox under the seed spreads it over key and lane.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var length: UInt64 = 0
    for byte in key.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
      length += 1
    }
    (self.key, lane) = Philox.block(low: hash, high: length, key: seed)
  }

  private init(key: UInt64, lane: UInt64) {
    self.key = key
    self.lane = lane
  }

  /// An independent substream; it does not depend on how much was drawn from this one, and has
  /// substreams of its own.
  package func stream(_ index: UInt64) -> KeyedRandom {
    let (key, lane) = Philox.block(low: index, high: lane, key: ~key)
    return KeyedRandom(key: key, lane: lane)
  }

  /// The two words at place `index` of this stream, whatever was drawn from it before.
  @inlinable @inline(__always)
  package func block(_ index: UInt64) -> (UInt64, UInt64) {
    Philox.block(low: index, high: lane, key: key)
  }

  @inlinable
  package mutating func next() -> UInt64 {
    if hasSpare {
      hasSpare = false
      return spare
    }
    let (first, second) = Philox.block(low: counter, high: lane, key: key)
    counter &+= 1
    spare = second
    hasSpare = true
    return first
  }

  /// Uniform on [0, 1) with 53 random bits.
  @inlinable
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Uniform on (0, 1): never 0, for logarithms and quantiles.
  @inline(__always)
  mutating func openUniform() -> Double { (Double(next() >> 12) + 0.5) * 0x1p-52 }

  /// Uniform on 0..<bound without bias (Lemire 2019); bound > 0.
  package mutating func integer(below bound: Int) -> Int {
    let limit = UInt64(bound)
    var wide = next().multipliedFullWidth(by: limit)
    if wide.low < limit {
      let threshold = (0 &- limit) % limit
      while wide.low < threshold { wide = next().multipliedFullWidth(by: limit) }
    }
    return Int(wide.high)
  }

  /// The numbers 0 ..< `count` in uniformly random order (Fisher & Yates; Durstenfeld 1964). Written out, so that it stays the same
  /// with any standard library.
  package mutating func permutation(of count: Int) -> [Int32] {
    var order = (0..<count).map(Int32.init)
    for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, integer(below: last + 1)) }
    return order
  }

  /// Standard normal, by inversion: one draw each.
  package mutating func normal() -> Double { Normal.approximateQuantile(openUniform()) }

  /// Gamma with unit scale (Marsaglia & Tsang 2000); shape > 0.
  package mutating func gamma(shape: Double) -> Double {
    if shape < 1 {
      let lift = pow(openUniform(), 1 / shape)
      return gamma(shape: shape + 1) * lift
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let cube = 1 + c * x
      guard cube > 0 else { continue }
      let v = cube * cube * cube
      let u = openUniform()
      if u < 1 - 0.0331 * x * x * x * x { return d * v }
      if log(u) < 0.5 * x * x + d * (1 - v + log(v)) { return d * v }
    }
  }
}
