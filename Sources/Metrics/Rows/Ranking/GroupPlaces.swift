import Statistics

/// Where the rows of each group stand in the list of every query; the groups of tied rows are mixed evenly.
package struct GroupPlaces: Sendable {
  /// One group's rows in one list.
  package struct Entry: Sendable, Equatable {
    /// Index of the list.
    package let list: Int
    /// Places from 0, ascending; never empty.
    package var places: [Int]
  }

  /// How many rows each list has; lists without rows are left out.
  package let sizes: [Int]
  /// By group, the lists in which it has rows.
  package let groups: [[Entry]]
  private let rows: QueryRows
  private let codes: [Int]

  /// - Parameters:
  ///   - groups: the group of each row, from 0
  /// - Complexity: O(rows), a radix sort.
  package init(_ observations: RankedObservations, groups codes: [Int], groupCount: Int) {
    let rows = QueryRows(observations)
    (self.rows, self.codes) = (rows, codes)
    let placed = rows.groupsByPlace(codes)
    sizes = rows.sizes.filter { $0 > 0 }
    var groups = [[Entry]](repeating: [], count: groupCount)
    var first = 0
    for (list, size) in sizes.enumerated() {
      for place in 0..<size {
        let group = placed[first + place]
        if groups[group].last?.list == list {
          groups[group][groups[group].count - 1].places.append(place)
        } else {
          groups[group].append(Entry(list: list, places: [place]))
        }
      }
      first += size
    }
    self.groups = groups
  }

  /// How many rows of each group are among the first k of each list: where k cuts a tie, on average over its orders.
  ///
  /// - Returns: by group, then by list. Complexity: O(rows)
  package func expected(top k: Int) -> [[Double]] {
    var found = groups.map { _ in [Double](repeating: 0, count: sizes.count) }
    var first = 0
    for (list, size) in sizes.enumerated() {
      for row in rows.byRank.rows[first..<first + size] {
        found[codes[Int(row)]][list] += rows.selection(row, top: k)
      }
      first += size
    }
    return found
  }

  /// What an order lacks of the groups' shares, and what it lacks on average where all orders are equally likely.
  package struct Infeasible: Sendable, Equatable {
    /// Prefixes in which some group has fewer than ⌊its share of the list · length⌋ rows.
    package var index = 0
    /// Pairs of such a prefix and such a group.
    package var count = 0
    /// Mean `count` over all orders.
    package var expectedCount = 0.0
  }

  /// Infeasible index and infeasible count of each list (Geyik, Ambler & Kenthapadi 2019), each list's own shares being
  /// the desired ones. Complexity: O(rows · groups of a list).
  package func infeasible() -> [Infeasible] {
    var found = [Infeasible](repeating: Infeasible(), count: sizes.count)
    var lacks = sizes.map { [Bool](repeating: false, count: $0) }
    var expected: [ListShape: Double] = [:]
    for entry in groups.joined() {
      let shape = ListShape(size: sizes[entry.list], members: entry.places.count)
      found[entry.list].expectedCount += expected.value(shape, Self.expectedLacks)
      var seen = 0
      for length in 1...shape.size {
        while seen < entry.places.count, entry.places[seen] < length { seen += 1 }
        if seen < shape.members * length / shape.size {
          found[entry.list].count += 1
          lacks[entry.list][length - 1] = true
        }
      }
    }
    for list in lacks.indices { found[list].index = lacks[list].count { $0 } }
    return found
  }

  private static func expectedLacks(_ shape: ListShape) -> Double {
    (1...shape.size).reduce(0) { sum, length in
      let least = shape.members * length / shape.size
      guard least > 0 else { return sum }
      let drawn = Hypergeometric(population: shape.size, successes: shape.members, draws: length)
      return sum + drawn.lowerTail(least - 1)
    }
  }
}

/// How many rows a list has, and how many of them are of a group.
package struct ListShape: Hashable, Sendable {
  package let size: Int
  package let members: Int

  package init(size: Int, members: Int) { (self.size, self.members) = (size, members) }
}

extension Dictionary where Key == ListShape {
  /// The value of a shape, made once.
  package mutating func value(_ shape: ListShape, _ make: (ListShape) -> Value) -> Value {
    if let known = self[shape] { return known }
    let made = make(shape)
    self[shape] = made
    return made
  }
}
