/// How the estimates of two groups go together where units have rows in both: the queries of a ranking, or people whose rows are
/// in several groups. Empty where none has; then groups are independent.
package struct UnitCorrelations: Sendable, Equatable {
  /// One metric in one family with such units.
  package struct Matrix: Sendable, Equatable {
    /// Index of the slice family in the evaluation.
    package var family: Int
    /// Identifier of the metric.
    package var metric: String
    /// Of each pair of groups: the first with every later one, then the second, …; 0 where a group has no value. Empty in a family of
    /// more than `mostGroups`, whose correlations are not worked out.
    package var values: [Double]

    package init(family: Int, metric: String, values: [Double]) {
      (self.family, self.metric, self.values) = (family, metric, values)
    }
  }

  /// Beyond, comparisons hold for any correlation.
  package static let mostGroups = 64

  package private(set) var matrices: [Matrix]
  /// Families by metric: the place of the matrix, with the slices that it is of.
  private let places: [String: [(slices: Range<Int>, matrix: Int)]]

  /// No units have rows in several groups.
  package static let none = UnitCorrelations([], slices: { _ in 0..<0 })

  /// - Parameter slices: of a family
  package init(_ matrices: [Matrix], slices: (_ family: Int) -> Range<Int>) {
    self.matrices = matrices
    var places: [String: [(slices: Range<Int>, matrix: Int)]] = [:]
    for (index, matrix) in matrices.enumerated() {
      places[matrix.metric, default: []].append((slices(matrix.family), index))
    }
    self.places = places
  }

  package static func == (a: Self, b: Self) -> Bool { a.matrices == b.matrices }

  package var isEmpty: Bool { matrices.isEmpty }

  /// Whether groups of a slice's family share units.
  package func areShared(_ metric: String, slice: Int) -> Bool { place(metric, slice) != nil }

  /// Whether it is known how the groups of a slice's family go together.
  package func isKnown(_ metric: String, slice: Int) -> Bool {
    place(metric, slice).map { !matrices[$0.matrix].values.isEmpty } ?? true
  }

  /// Of the values of two slices of one family: 0 where they share no unit, −1 where it is not known how they go together, so that
  /// a difference varies by as much as it may.
  ///
  /// Complexity: O(families).
  package func correlation(_ metric: String, _ a: Int, _ b: Int) -> Double {
    guard !isEmpty, a != b, let (slices, index) = place(metric, a), slices.contains(b) else { return 0 }
    let values = matrices[index].values
    guard !values.isEmpty else { return -1 }
    return values[Self.pair(min(a, b) - slices.lowerBound, max(a, b) - slices.lowerBound, of: slices.count)]
  }

  private func place(_ metric: String, _ slice: Int) -> (slices: Range<Int>, matrix: Int)? {
    places[metric]?.first { $0.slices.contains(slice) }
  }

  /// The place of the pair a < b among those of some groups.
  package static func pair(_ a: Int, _ b: Int, of groups: Int) -> Int {
    a * (2 * groups - a - 1) / 2 + b - a - 1
  }

  /// Pairs of some groups.
  package static func pairs(of groups: Int) -> Int { groups * (groups - 1) / 2 }
}

extension UnitCorrelations {
  /// Without what is known of some families, whose comparisons then hold for any correlation.
  package func withheld(in families: (_ family: Int) -> Bool) -> UnitCorrelations {
    var result = self
    for index in result.matrices.indices where families(matrices[index].family) {
      result.matrices[index].values = []
    }
    return result
  }
}
