import Statistics

/// What a tree of subgroups predicts: the columns of a feature group, each scaled to an impurity of 1 a row, so that
/// all count alike. A number gives its midranks (missing ones lowest), a category an indicator for each value: the sum
/// of the indicators' variances is the Gini impurity.
struct TreeTarget {
  /// Categories that are told apart, at most; the rest are one.
  static let mostClasses = 20

  private enum Part {
    /// `at`: where its targets stand in a sum.
    case ranks([Double], at: Int)
    case classes([Int32], at: Int, scale: Double)
  }

  private var parts: [Part] = []
  /// Length of a sum of targets.
  private(set) var width = 0
  /// Values that can vary freely: one a number, one less than its values a category.
  private(set) var freedom = 0

  /// - Parameter members: the group's columns, on the rows that the tree is grown on
  init(_ members: [FeatureValues]) {
    for member in members {
      switch member.kind {
      case .numbers(let values, _, _): add(ranks: values)
      case .category(let codes, let count, _): add(codes, count)
      }
    }
  }

  /// The share of its impurity, 1, that one split can take away from each column, summed: all of a number's or a
  /// yes-or-no's, 1/(K − 1) of that of K equal classes.
  private(set) var divisible = 0.0

  private mutating func add(ranks values: [Double]) {
    let ranks = Midranks.ranks(values.map { $0.isNaN ? -.infinity : $0 })
    let mean = Double(ranks.count + 1) / 2
    let variance = ranks.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(ranks.count)
    guard variance > 0 else { return }
    let deviation = variance.squareRoot()
    parts.append(.ranks(ranks.map { ($0 - mean) / deviation }, at: width))
    width += 1
    freedom += 1
    divisible += 1
  }

  private mutating func add(_ codes: [Int32], _ count: Int) {
    var counts = [Int](repeating: 0, count: count)
    for code in codes { counts[Int(code)] += 1 }
    let frequent = counts.indices.sorted { (-counts[$0], $0) < (-counts[$1], $1) }.prefix(Self.mostClasses)
    var places = [Int32](repeating: Int32(frequent.count), count: count)
    for (place, code) in frequent.enumerated() { places[code] = Int32(place) }
    let classes = min(count, Self.mostClasses + 1)
    let total = Double(codes.count)
    var shares = [Double](repeating: 0, count: classes)
    for code in counts.indices { shares[Int(places[code])] += Double(counts[code]) / total }
    let gini = 1 - shares.reduce(0) { $0 + $1 * $1 }
    guard classes > 1, gini > 0 else { return }
    parts.append(.classes(codes.map { places[Int($0)] }, at: width, scale: 1 / gini.squareRoot()))
    width += classes
    freedom += classes - 1
    divisible += 1 / Double(classes - 1)
  }

  /// Rows and sums of targets by code of a predictor, the sums of a code side by side.
  struct Sums {
    var rows: [Int]
    var targets: [Double]
  }

  /// - Parameter codes: of a predictor, for the rows of `positions` among those that the tree is grown on
  func sums(_ positions: [Int32], codes: [Int32], count: Int) -> Sums {
    var sums = Sums(
      rows: [Int](repeating: 0, count: count), targets: [Double](repeating: 0, count: count * width))
    for code in codes { sums.rows[Int(code)] += 1 }
    for part in parts {
      switch part {
      case .ranks(let ranks, let offset):
        for (index, position) in positions.enumerated() {
          sums.targets[Int(codes[index]) * width + offset] += ranks[Int(position)]
        }
      case .classes(let classes, let offset, let scale):
        for (index, position) in positions.enumerated() {
          sums.targets[Int(codes[index]) * width + offset + Int(classes[Int(position)])] += scale
        }
      }
    }
    return sums
  }

  /// Σ over the targets of squares, for some rows.
  func squares(_ positions: [Int32]) -> Double {
    parts.reduce(0) { sum, part in
      switch part {
      case .ranks(let ranks, _):
        sum + positions.reduce(0) { $0 + ranks[Int($1)] * ranks[Int($1)] }
      case .classes(_, _, let scale): sum + Double(positions.count) * scale * scale
      }
    }
  }
}
