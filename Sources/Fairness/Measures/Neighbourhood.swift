/// The nearest rows around a point, by squared distance; rows at one distance stand together.
///
/// Where more rows are at the k-th distance than votes are left, they share the votes equally, so that a mean does not
/// depend on the order of rows: it is what picking among them at random would give on average.
struct Neighbourhood {
  private struct Ring {
    let distance: Double
    var count: Double
    var sum: Double
  }

  /// How many rows are wanted.
  let needed: Double
  private var rings: [Ring] = []

  init(needed: Double) { self.needed = needed }

  /// The distance beyond which rows no longer matter.
  var reach: Double {
    var covered = 0.0
    for ring in rings {
      covered += ring.count
      if covered >= needed { return ring.distance }
    }
    return .infinity
  }

  mutating func add(_ distance: Double, count: Double, sum: Double) {
    guard distance <= reach else { return }
    if let same = rings.firstIndex(where: { $0.distance == distance }) {
      rings[same].count += count
      rings[same].sum += sum
    } else {
      let place = rings.firstIndex { $0.distance > distance } ?? rings.count
      rings.insert(Ring(distance: distance, count: count, sum: sum), at: place)
    }
    let reach = reach
    while let last = rings.last, last.distance > reach { rings.removeLast() }
  }

  /// The same without one row at distance 0 that has this value.
  func removingItself(_ value: Double) -> Neighbourhood {
    var rest = self
    guard let first = rest.rings.first, first.distance == 0 else { return rest }
    rest.rings[0].count -= 1
    rest.rings[0].sum -= value
    return rest
  }

  /// The mean value of the k nearest rows (of all, where there are fewer); nil without rows.
  func mean(_ k: Int) -> Double? {
    var left = Double(k)
    var sum = 0.0
    for ring in rings where ring.count > 0 {
      let votes = min(left, ring.count)
      sum += votes * ring.sum / ring.count
      left -= votes
      if left == 0 { break }
    }
    let votes = Double(k) - left
    return votes > 0 ? sum / votes : nil
  }
}
