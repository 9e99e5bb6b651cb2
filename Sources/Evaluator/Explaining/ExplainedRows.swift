import Metrics
import Models
import Results
import Slicing
import Statistics
import Tables

/// The rows that are scored again: all of them, or a sample without replacement in the order of the data.
struct ExplainedRows {
  let columns: [Column]
  let table: Table
  let observations: Observations
  let plan: SlicePlan

  /// Complexity: O(rows · columns).
  init(
    _ columns: [Column], _ table: Table, _ input: RunInput, _ plan: SlicePlan, limit: Int?, listed: [Int],
    seed: UInt64
  ) throws(Failure) {
    let all = input.observations
    guard let limit, limit < table.rowCount else {
      (self.columns, self.table, observations, self.plan) = (columns, table, all, plan)
      return
    }
    guard listed.isEmpty else {
      throw Failure(
        .data, "rows can be listed only where all rows are scored again, not \(limit) of \(table.rowCount)",
        advice: "Leave out the listed rows, or the number of rows (explain: rows).")
    }
    let rows = Self.sample(limit, of: table.rowCount, seed: seed)
    let sources = rows.map { Int32($0) }
    self.columns = columns.map { $0.gathering(sources) }
    self.table = table.selecting(rows)
    self.plan = plan.selecting(rows)
    observations = Observations(
      labels: rows.map { all.labels[$0] }, decisions: rows.map { all.decisions[$0] },
      scores: all.scores.map { scores in rows.map { scores[$0] } },
      scoresAreProbabilities: all.scoresAreProbabilities,
      weights: all.weights.map { weights in rows.map { weights[$0] } })
  }

  /// Selection sampling (Knuth 1969, algorithm S). Complexity: O(`count`).
  private static func sample(_ wanted: Int, of count: Int, seed: UInt64) -> [Int] {
    var random = KeyedRandom(seed: seed, key: "rows of an explanation")
    var chosen: [Int] = []
    chosen.reserveCapacity(wanted)
    for row in 0..<count where random.integer(below: count - row) < wanted - chosen.count {
      chosen.append(row)
    }
    return chosen
  }

  /// The unit of every row, from 0; a row without one is a unit of its own. nil where no column names units, or
  /// every row is one.
  func units(_ name: String?) throws(Failure) -> [Int32]? {
    guard let name else { return nil }
    let column = try RoleColumns(table).category(name)
    guard column.categories.count + column.missingCount < table.rowCount else { return nil }
    var next = Int32(column.categories.count)
    return column.codes.map { code in
      if code != CategoryColumn.missing { return code }
      defer { next += 1 }
      return next
    }
  }
}
