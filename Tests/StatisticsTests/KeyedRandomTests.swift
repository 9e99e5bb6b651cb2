import TestSupport
import Testing

@testable import Statistics

@Suite struct KeyedRandomTests {
  /// The known answers for philox4x32 at 10 rounds in Random123 (Salmon et al. 2011), kat_vectors.
  @Test(
    arguments: [
      (
        [0, 0, 0, 0], [0, 0], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
      ),
      (
        [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff], [0xffff_ffff, 0xffff_ffff],
        [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
      ),
      (
        [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
        [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
      ),
    ] as [([UInt64], [UInt64], [UInt64])])
  func philoxGivesTheKnownAnswers(counter: [UInt64], key: [UInt64], answer: [UInt64]) {
    let block = Philox.block(
      low: counter[0] | counter[1] << 32, high: counter[2] | counter[3] << 32, key: key[0] | key[1] << 32)
    #expect(block.0 == answer[0] | answer[1] << 32)
    #expect(block.1 == answer[2] | answer[3] << 32)
  }

  @Test func drawsDependOnSeedKeyAndStreamAlone() {
    var first = KeyedRandom(seed: 1, key: "gap")
    let child = first.stream(3)
    _ = (0..<5).map { _ in first.next() }
    var (a, b) = (child, first.stream(3))
    #expect((0..<9).map { _ in a.next() } == (0..<9).map { _ in b.next() })
    var starts = Set<UInt64>()
    for seed in 0..<4 as Range<UInt64> {
      for key in ["", "a", "b", "ab", "ba"] {
        let root = KeyedRandom(seed: seed, key: key)
        for stream in [root, root.stream(0), root.stream(1), root.stream(0).stream(0), root.stream(.max)] {
          var stream = stream
          starts.insert(stream.next())
        }
      }
    }
    #expect(starts.count == 4 * 5 * 5)
  }

  /// A substream's identity comes from blocks that the parent never yields as draws.
  @Test func permutationsAreUniformAndStayAsTheyAre() {
    var random = KeyedRandom(seed: 1, key: "permutations")
    #expect(random.permutation(of: 0).isEmpty && random.permutation(of: 1) == [0])
    var counts: [[Int32]: Int] = [:]
    for _ in 0..<6000 { counts[random.permutation(of: 3), default: 0] += 1 }
    // Six orders of a thousand each, within four standard deviations.
    #expect(counts.count == 6 && counts.values.allSatisfy { abs($0 - 1000) < 116 })
    // Each place is given what is left of the numbers, the last one first.
    var (one, other) = (random.stream(5), random.stream(5))
    var left: [Int32] = [0, 1, 2, 3, 4, 5, 6, 7]
    for last in (1..<8).reversed() { left.swapAt(last, other.integer(below: last + 1)) }
    #expect(one.permutation(of: 8) == left)
  }

  @Test func substreamsAreNotKeyedByTheirParentsDraws() {
    var root = KeyedRandom(seed: 1, key: "gap")
    let drawn = Set((0..<64).map { _ in root.next() })
    for i in 0..<32 as Range<UInt64> {
      #expect(!drawn.contains(root.stream(i).key) && !drawn.contains(root.stream(i).lane))
    }
  }

  @Test func neighbouringStreamsAreUncorrelated() {
    let root = KeyedRandom(seed: 11, key: "correlation")
    let n = 20_000
    var sum = 0.0
    for i in 0..<UInt64(n) {
      var (a, b) = (root.stream(i), root.stream(i + 1))
      sum += 12 * (a.uniform() - 0.5) * (b.uniform() - 0.5)
    }
    #expect(abs(sum / Double(n).squareRoot()) < 4)
  }

  @Test func uniformFillsTheUnitIntervalEvenly() {
    var random = KeyedRandom(seed: 5, key: "uniform")
    var counts = [Int](repeating: 0, count: 64)
    for _ in 0..<200_000 { counts[Int(random.uniform() * 64)] += 1 }
    #expect(chiSquareP(counts, [Double](repeating: 1.0 / 64, count: 64)) > 1e-4)
    var small = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { small[random.integer(below: 7)] += 1 }
    #expect(chiSquareP(small, [Double](repeating: 1.0 / 7, count: 7)) > 1e-4)
  }

  @Test func normalFollowsItsDistribution() {
    var random = KeyedRandom(seed: 5, key: "normal")
    var counts = [Int](repeating: 0, count: 50)
    for _ in 0..<100_000 { counts[Int(Normal.cumulative(random.normal()) * 50)] += 1 }
    #expect(chiSquareP(counts, [Double](repeating: 0.02, count: 50)) > 1e-4)
  }

  @Test(arguments: [0.3, 1, 2.5, 40])
  func gammaFollowsItsDistribution(shape: Double) {
    var random = KeyedRandom(seed: 5, key: "gamma")
    var counts = [Int](repeating: 0, count: 40)
    for _ in 0..<60_000 {
      let x = random.gamma(shape: shape)
      counts[min(39, Int(ChiSquared.survival(2 * x, degreesOfFreedom: 2 * shape) * 40))] += 1
    }
    #expect(chiSquareP(counts, [Double](repeating: 0.025, count: 40)) > 1e-4)
  }
}

/// The p-value of counts against probabilities; cells that expect fewer than 5 are pooled.
func chiSquareP(_ counts: [Int], _ probabilities: [Double]) -> Double {
  let total = Double(counts.reduce(0, +))
  var cells: [(seen: Double, expected: Double)] = []
  var rest = (seen: 0.0, expected: 0.0)
  for (count, probability) in zip(counts, probabilities) {
    let expected = total * probability
    if expected >= 5 {
      cells.append((Double(count), expected))
    } else {
      rest = (rest.seen + Double(count), rest.expected + expected)
    }
  }
  if rest.expected >= 1 {
    cells.append(rest)
  } else if rest.seen > 12 {
    return 0
  }
  let statistic = cells.reduce(0) {
    $0 + ($1.seen - $1.expected) * ($1.seen - $1.expected) / $1.expected
  }
  return ChiSquared.survival(statistic, degreesOfFreedom: Double(cells.count - 1))
}
