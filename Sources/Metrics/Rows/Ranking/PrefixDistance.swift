import Glibc

/// How far the beginnings of a list are from the list in a group's share: rND, rKL and rRD (Yang & Stoyanovich 2017), the
/// discounted distances of its prefixes over the most that any order of its rows gives.
///
/// The paper's prefixes have 10, 20, … rows. Lists of fewer than 100 rows are too short for that; their step is a tenth of
/// their rows, rounded down, at least 1. A prefix of one row has no discount (log2 1 = 0) and is none.
package struct PrefixDistance: Sendable {
  package enum Kind: Sendable, CaseIterable {
    /// rND: |the group's share of the prefix − of the list|.
    case difference
    /// rKL: Kullback–Leibler divergence of group and others in the prefix from those in the list.
    case divergence
    /// rRD: |group / others in the prefix − in the list|, where a fraction with a 0 above or below is 0.
    case ratio
  }

  package let kind: Kind
  package let shape: ListShape
  /// Lengths of the prefixes.
  package let prefixes: [Int]
  /// The largest sum of discounted distances of any order.
  package let largest: Double

  /// nil where the group has none or all of the rows, where there are no prefixes, and for rRD, which is for minorities,
  /// where it has more than half.
  package init?(_ kind: Kind, _ shape: ListShape) {
    let step = max(1, min(10, shape.size / 10))
    let prefixes = stride(from: step, to: shape.size, by: step).filter { $0 > 1 }
    guard shape.members > 0, shape.members < shape.size, !prefixes.isEmpty,
      kind != .ratio || 2 * shape.members <= shape.size
    else { return nil }
    (self.kind, self.shape, self.prefixes) = (kind, shape, prefixes)
    largest = Self.largest(kind, shape, prefixes)
  }

  /// Between 0, each prefix having the list's shares, and 1, no order being farther from that.
  ///
  /// - Parameter places: of the group's rows, from 0, ascending
  package func value(_ places: [Int]) -> Double {
    var (sum, seen) = (0.0, 0)
    for length in prefixes {
      while seen < places.count, places[seen] < length { seen += 1 }
      sum += Self.term(kind, shape, seen, length)
    }
    return min(1, sum / largest)
  }

  /// The mean value where all orders are equally likely. Complexity: O(prefixes · √rows).
  package var expected: Double {
    prefixes.reduce(0) { $0 + mean(ofPrefix: $1) } / largest
  }

  // MARK: One prefix

  private static func term(_ kind: Kind, _ shape: ListShape, _ count: Int, _ length: Int) -> Double {
    distance(kind, shape, Double(count), Double(length)) / log2(Double(length))
  }

  private static func distance(_ kind: Kind, _ shape: ListShape, _ count: Double, _ length: Double) -> Double
  {
    let whole = Double(shape.members) / Double(shape.size)
    switch kind {
    case .difference: return abs(count / length - whole)
    case .divergence:
      let share = count / length
      func part(_ p: Double, _ q: Double) -> Double { p > 0 ? p * log(p / q) : 0 }
      return max(0, part(share, whole) + part(1 - share, 1 - whole))
    case .ratio:
      let ratio = count < length ? count / (length - count) : 0
      return abs(ratio - Double(shape.members) / Double(shape.size - shape.members))
    }
  }

  /// Of all orders the group first, or last, is farthest. Only in rRD does a prefix of the group alone count as if it held
  /// none of it, so that one other row among the first may be worse.
  private static func largest(_ kind: Kind, _ shape: ListShape, _ prefixes: [Int]) -> Double {
    let others = shape.size - shape.members
    var (first, last) = (0.0, 0.0)
    for length in prefixes {
      let most = min(length, shape.members)
      var far = term(kind, shape, most, length)
      if kind == .ratio, most == length { far = max(far, term(kind, shape, length - 1, length)) }
      first += far
      last += term(kind, shape, max(0, length - others), length)
    }
    return max(first, last)
  }

  /// The mean of a prefix's term: the group's rows in it are hypergeometric, summed outwards from the mode.
  private func mean(ofPrefix length: Int) -> Double {
    let (size, members) = (shape.size, shape.members)
    let (least, most) = (max(0, length - (size - members)), min(length, members))
    let mode = min(most, max(least, (length + 1) * (members + 1) / (size + 2)))
    /// P(count + 1) / P(count).
    func rise(_ count: Int) -> Double {
      Double(members - count) * Double(length - count)
        / (Double(count + 1) * Double(size - members - length + count + 1))
    }
    var (weights, sum) = (1.0, Self.term(kind, shape, mode, length))
    for (isUp, end) in [(true, most), (false, least)] {
      var (count, weight) = (mode, 1.0)
      while count != end, weight > 1e-18 {
        weight = isUp ? weight * rise(count) : weight / rise(count - 1)
        count += isUp ? 1 : -1
        weights += weight
        sum += weight * Self.term(kind, shape, count, length)
      }
    }
    return sum / weights
  }
}
