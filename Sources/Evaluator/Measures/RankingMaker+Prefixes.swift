import Fairness
import Metrics
import Results
import Statistics

extension RankingMaker {
  private static let distances: [(FairnessMeasure, PrefixDistance.Kind)] = [
    (.prefixDifference, .difference), (.prefixDivergence, .divergence), (.prefixRatio, .ratio),
  ]

  /// rND, rKL and rRD of each group against the rows outside it.
  func addPrefixes(_ family: MeasuredFamily, _ places: GroupPlaces, to sink: inout MeasureSink) {
    for (measure, kind) in Self.distances where sink.asks(for: measure) {
      var known: [ListShape: Known?] = [:]
      for group in family.groups.indices {
        var (values, chances) = ([Double](), [Double]())
        for entry in places.groups[group] {
          let shape = ListShape(size: places.sizes[entry.list], members: entry.places.count)
          let made = known.value(shape) { PrefixDistance(kind, $0).map(Known.init) }
          guard let made else { continue }
          values.append(made.distance.value(entry.places))
          chances.append(made.chance)
        }
        let mean = ListMean(values, chances: chances)
        let place = MeasureSink.Place(
          family: family.index, group: family.slice(group), detail: mean.detail)
        sink.add(measure, place, MeasureSink.Base(rows: values.count)) {
          mean.number(level: level, upTo: 1, reason: Self.undefined(kind, family.groups[group].name))
        }
      }
    }
  }

  private struct Known {
    let distance: PrefixDistance
    let chance: Double

    init(_ distance: PrefixDistance) { (self.distance, chance) = (distance, distance.expected) }
  }

  private static func undefined(_ kind: PrefixDistance.Kind, _ name: String) -> String {
    "no list of three rows or more has rows of \(name) and others"
      + (kind == .ratio ? ", \(name) being no majority" : "")
  }

  // MARK: Too few of a group

  func addInfeasible(_ family: MeasuredFamily, _ places: GroupPlaces, to sink: inout MeasureSink) {
    guard sink.asks(forAnyOf: [.infeasibleIndex, .infeasibleCount]) else { return }
    let found = places.infeasible()
    // A prefix that lacks rows of two groups counts once in the index, so that random orders have no more than this.
    let chances = found.map(\.expectedCount)
    for (measure, values) in [
      (FairnessMeasure.infeasibleIndex, found.map { Double($0.index) }),
      (.infeasibleCount, found.map { Double($0.count) }),
    ] {
      let mean = ListMean(values, chances: chances)
      let isBound = measure == .infeasibleIndex && places.groups.count { !$0.isEmpty } > 2
      let place = MeasureSink.Place(
        family: family.index,
        detail: mean.detail.map { isBound ? $0.replacing(":", with: " at most") : $0 })
      sink.add(measure, place, MeasureSink.Base(rows: values.count)) {
        mean.number(level: level, upTo: .infinity, reason: "no query has rows")
      }
    }
  }

  // MARK: FA*IR

  /// The share of lists whose first k hold enough of each group in every prefix, the group's share of the list being what
  /// it should have; lists that cannot fail are left out.
  func addGroupTests(_ family: MeasuredFamily, _ places: GroupPlaces, to sink: inout MeasureSink) {
    guard sink.asks(for: .rankedGroupFairness) else { return }
    for k in cutoffs {
      var known: [ListShape: RankedGroupTest] = [:]
      for group in family.groups.indices {
        var (lists, passed) = (0, 0)
        for entry in places.groups[group] {
          let shape = ListShape(size: places.sizes[entry.list], members: entry.places.count)
          guard shape.members < shape.size else { continue }
          let test = known.value(shape) {
            RankedGroupTest(
              length: min(k, $0.size), share: Double($0.members) / Double($0.size))
          }
          guard test.canFail else { continue }
          lists += 1
          if test.passes(entry.places) { passed += 1 }
        }
        let place = MeasureSink.Place(
          family: family.index, group: family.slice(group), variant: "k=\(k)",
          detail: targets(places, group, k))
        sink.add(.rankedGroupFairness, place, MeasureSink.Base(rows: lists)) {
          share(of: passed, in: lists, family.groups[group].name)
        }
      }
    }
  }

  private func share(of passed: Int, in lists: Int, _ name: String) -> MeasureNumber {
    guard lists > 0 else {
      return MeasureNumber(
        .undefined("no list can fail: with so few of \(name), none among the first is no surprise"),
        reason: "")
    }
    let fails = lists - passed
    // P(Bin(lists, α) ≥ fails); of lists drawn by chance α fail at most.
    let p =
      fails == 0
      ? 1 : Beta.cumulative(RankedGroupTest.defaultLevel, Double(fails), Double(passed + 1))
    return MeasureNumber(
      .value(Double(passed) / Double(lists)),
      ProportionInterval.wilson(successes: Double(passed), trials: Double(lists), level: level),
      "Wilson score over lists", test: (p, "one-sided binomial: more than 10 % of lists fail"))
  }

  /// The minimum targets at the group's share of all lists together: `at its share 0.31: 1 by 7, 2 by 10`.
  private func targets(_ places: GroupPlaces, _ group: Int, _ k: Int) -> String? {
    let entries = places.groups[group]
    let rows = entries.reduce(0) { $0 + $1.places.count }
    let all = entries.reduce(0) { $0 + places.sizes[$1.list] }
    let length = min(k, entries.map { places.sizes[$0.list] }.max() ?? 0)
    guard rows > 0, rows < all else { return nil }
    let test = RankedGroupTest(length: length, share: Double(rows) / Double(all))
    guard test.canFail else { return nil }
    var steps: [String] = []
    for (place, target) in test.targets.enumerated() where target > (place > 0 ? test.targets[place - 1] : 0)
    {
      steps.append("\(target) by \(place + 1)")
    }
    let share = NumberText.text((test.share * 1000).rounded() / 1000)
    return "at its share \(share): "
      + (steps.count > 6 ? (steps.prefix(5) + ["…", steps[steps.count - 1]]) : steps).joined(separator: ", ")
  }
}
