import Fairness
import Metrics
import Results
import Slicing
import Statistics
import TableIngest
import Tables

/// The fairness measures of a run whose task is not binary.
struct RowMeasures {
  private let selection: MeasureSelection
  private let task: RowTask
  private let counted: RowCounted
  private let configuration: Configuration
  private let estimated: EstimateMeasures

  /// - Parameter table: where control features are
  /// - Throws: `data` where controls are no features, or have too many levels
  init(
    _ selection: MeasureSelection, _ task: RowTask, _ counted: RowCounted, _ metrics: RowSelection,
    _ table: Table, _ configuration: Configuration
  ) throws(Failure) {
    (self.selection, self.task, self.counted) = (selection, task, counted)
    self.configuration = configuration
    let strata = try Strata(configuration, table)
    try strata?.refuseCells(counted.measuredFamilies)
    estimated = EstimateMeasures(
      task, counted, reported: metrics.reported, strata, selection.wishes, configuration)
  }

  func measured() -> MeasureTable {
    var results: [MeasureResult] = []
    for wish in selection.wishes {
      let found = Workers.map(estimated.families.count, threads: configuration.threadCount) { place in
        measured(place, wish)
      }
      results += found.flatMap { $0 }
    }
    return MeasureTable(of: results)
  }

  private func measured(_ place: Int, _ wish: MeasureWish) -> [MeasureResult] {
    // Estimates of these tasks know which rows are of one unit; what is made of rows here does not.
    var own = MeasureSink(wish, isClustered: false)
    estimated.add(place, to: &own)
    let family = estimated.families[place]
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
    return own.results + sink.results
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
