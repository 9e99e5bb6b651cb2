import Fairness
import Metrics
import Results
import Slicing
import Statistics
import TableIngest

/// The fairness measures of a run whose task is not binary.
struct RowMeasures {
  private let selection: MeasureSelection
  private let task: RowTask
  private let counted: RowCounted
  private let configuration: Configuration
  private let families: [MeasuredFamily]
  private let aggregation: AggregationMaker

  init(
    _ selection: MeasureSelection, _ task: RowTask, _ counted: RowCounted, _ metrics: RowSelection,
    _ configuration: Configuration
  ) {
    (self.selection, self.task, self.counted) = (selection, task, counted)
    self.configuration = configuration
    let plan = counted.plan
    let overall = counted.side(0)
    families = plan.families.indices.dropFirst().map { index in
      let first = counted.firstSlice[index]
      return MeasuredFamily(
        index: index, first: first, features: plan.featureNames(plan.families[index]),
        groups: (first..<first + plan.families[index].shown.count).map(counted.side), overall: overall,
        named: counted.references[index])
    }
    let reported = Set(metrics.reported.map { task.metrics[$0].definition.entry.id })
    aggregation = AggregationMaker(
      counted.metrics.filter { reported.contains($0.id) }, level: configuration.level,
      bootstrap: CellBootstrap(
        replicates: configuration.bootstrapReplicates, seed: configuration.seed, isWeighted: false)
    ) { counted.covariance($0, $1) }
  }

  func measured() -> MeasureTable {
    var results: [MeasureResult] = []
    for wish in selection.wishes {
      let found = Workers.map(families.count, threads: configuration.threadCount) { index in
        measured(families[index], wish)
      }
      results += found.flatMap { $0 }
    }
    return MeasureTable(of: results)
  }

  private func measured(_ family: MeasuredFamily, _ wish: MeasureWish) -> [MeasureResult] {
    // Estimates of these tasks know which rows are of one unit; what is made of rows here does not.
    var estimated = MeasureSink(wish, isClustered: false)
    aggregation.add(family, to: &estimated)
    var sink = MeasureSink(wish, isClustered: task.units != nil && task.kind != .ranking)
    let rows = family.groups.indices.map { counted.rows[family.slice($0)] }
    switch task.material {
    case .numbers(let labels, let predictions):
      NumberMaker(
        labels: labels, predictions: predictions, weights: task.weights, draws: DistanceDraws(configuration)
      ).add(family, rows, to: &sink)
    case .classes(let observations):
      ClassMaker(rows: observations, draws: DistanceDraws(configuration)).add(family, rows, to: &sink)
    case .lists(let observations, let cutoffs):
      RankingMaker(rows: observations, cutoffs: cutoffs, level: configuration.level)
        .add(family, rows, to: &sink)
    case .none: break
    }
    return estimated.results + sink.results
  }
}

extension MeasureSink.Base {
  /// Some rows with their weights.
  init(_ rows: [[UInt32]], weights: [Double]?) {
    let count = rows.reduce(0) { $0 + $1.count }
    guard let weights else {
      self.init(rows: count)
      return
    }
    var (sum, squares) = (0.0, 0.0)
    for row in rows.joined() {
      sum += weights[Int(row)]
      squares += weights[Int(row)] * weights[Int(row)]
    }
    self.init(rows: count, weight: sum, effectiveCount: squares > 0 ? sum * sum / squares : 0)
  }
}
