import Fairness
import Metrics
import Results
import Statistics

/// How unequally a benefit is spread over rows, and over groups.
struct InequalityMaker {
  let input: BinaryMeasureInput

  private static let ofRows: [FairnessMeasure] = [
    .generalizedEntropyIndex, .theilIndex, .coefficientOfVariation,
  ]

  /// Of all rows, which no family divides.
  func addWhole(_ overall: Side, to sink: inout MeasureSink) {
    guard sink.asks(forAnyOf: Self.ofRows), input.hasLabel else { return }
    let counts = input.counts(overall)
    // AIF360 counts rows, whatever they weigh.
    let byRows = sink.tool == .aif360
    let group = Inequality.Group(counts, byRows: byRows)
    let bootstrap = CellBootstrap(
      replicates: input.bootstrap.replicates, seed: input.bootstrap.seed,
      isWeighted: input.bootstrap.isWeighted && !byRows)
    let draws = Draws(bootstrap.draw(counts.counts, key: "inequality of \(overall.name)"))
    for measure in Self.ofRows {
      sink.add(measure, MeasureSink.Place(), MeasureSink.Base(counts.counts)) {
        number(measure, group, draws)
      }
    }
  }

  private func number(_ measure: FairnessMeasure, _ group: Inequality.Group, _ draws: Draws) -> MeasureNumber
  {
    let value = Self.index(measure, Inequality([group]))
    guard let number = value.value else { return MeasureNumber(value, reason: "") }
    let replicates: [Double] = draws.cells.map { cells in
      let drawn = Inequality([Inequality.Group("", [0, 1, 2], weights: cells)])
      return Self.index(measure, drawn).value ?? .nan
    }
    let found = input.bootstrap.interval(replicates, around: number, level: input.level)
    return MeasureNumber(value, found?.limits, "percentiles of the smoothed cell bootstrap")
  }

  private static func index(_ measure: FairnessMeasure, _ inequality: Inequality) -> MeasureValue {
    switch measure {
    case .theilIndex: inequality.theilIndex
    case .coefficientOfVariation: inequality.coefficientOfVariation
    default: inequality.entropyIndex()
    }
  }

  /// Replicates of how many rows have the benefits 0, 1 and 2.
  private struct Draws {
    let cells: [[Double]]

    init(_ outcomes: [Double]) {
      var found: [[Double]] = []
      for start in stride(from: 0, to: outcomes.count, by: 4) {
        let right: Double = outcomes[start] + outcomes[start + 3]
        found.append([outcomes[start + 2], right, outcomes[start + 1]])
      }
      cells = found
    }
  }

  /// The parts between and within a family's groups.
  func add(_ family: MeasuredFamily, to sink: inout MeasureSink) {
    guard input.hasLabel, sink.asks(forAnyOf: [.betweenGroupEntropy, .withinGroupEntropy]) else { return }
    var groups = family.groups.map(input.counts)
    // AIF360 divides rows into the privileged and all others.
    if sink.tool == .aif360, let reference = family.reference {
      groups = [groups[reference], input.outside(family.groups[reference], of: family)]
    }
    let byRows = sink.tool == .aif360
    let found = groups.map { Inequality.Group($0, byRows: byRows) }
    let isWeighted = input.bootstrap.isWeighted && !byRows
    let distances = EntropyDistances(
      found, sizes: isWeighted ? groups.map(\.effectiveSize) : nil,
      key: (sink.tool?.rawValue ?? "") + family.key(), draws: DistanceDraws(input.configuration))
    let within = withinDraws(groups, isWeighted, sink)
    let base = MeasureSink.Base(GroupCounts.total(groups).counts)
    for (variant, alpha) in [
      (FairnessMeasure.Variant.entropy, 2.0), (FairnessMeasure.Variant.theil, 1),
    ] {
      let place = MeasureSink.Place(family: family.index, variant: variant)
      sink.add(.betweenGroupEntropy, place, base) { distances.between(alpha: alpha) }
      sink.add(.withinGroupEntropy, place, base) {
        let value = Inequality(found).withinGroups(alpha: alpha)
        guard let number = value.value else { return MeasureNumber(value, reason: "") }
        let replicates = within.map { Inequality.parts($0, alpha: alpha).within }
        let limits = input.bootstrap.interval(replicates, around: number, level: input.level)?.limits
        return MeasureNumber(value, limits, "percentiles of the smoothed cell bootstrap")
      }
    }
    let place = MeasureSink.Place(family: family.index, variant: FairnessMeasure.Variant.variation)
    sink.add(.betweenGroupEntropy, place, base) { distances.coefficientOfVariation() }
  }

  /// Replicates of the groups' rows by benefit, group after group; none where not asked for.
  private func withinDraws(_ groups: [GroupCounts], _ isWeighted: Bool, _ sink: MeasureSink) -> [[Double]] {
    guard sink.asks(for: .withinGroupEntropy) else { return [] }
    let bootstrap = CellBootstrap(
      replicates: input.bootstrap.replicates, seed: input.bootstrap.seed, isWeighted: isWeighted)
    let drawn = groups.map {
      Draws(bootstrap.draw($0.counts, key: "inequality within groups, \($0.name)")).cells
    }
    return (0..<bootstrap.replicates).map { replicate in drawn.flatMap { $0[replicate] } }
  }
}
