import Results
import Synchronization

/// Batches of rows that several workers take one after the other, and the scores that come back, in the rows' order.
///
/// Where batches begin does not depend on the workers, and of several failures the first rows' is told, so that
/// their number changes nothing but the time.
final class BatchRun: Sendable {
  let rowCount: Int
  let batchRows: Int
  let outputCount: Int
  private let state: Mutex<State>

  private struct State {
    var next = 0
    var scores: [[Double]]
    var failure: (batch: Int, failure: Failure)?
  }

  init(rowCount: Int, batchRows: Int, outputCount: Int) {
    (self.rowCount, self.batchRows, self.outputCount) = (rowCount, batchRows, outputCount)
    let columns = Array(repeating: [Double](repeating: 0, count: rowCount), count: outputCount)
    state = Mutex(State(scores: columns))
  }

  var batchCount: Int { (rowCount + batchRows - 1) / batchRows }

  func rows(_ batch: Int) -> Range<Int> {
    batch * batchRows..<min(rowCount, (batch + 1) * batchRows)
  }

  /// The next batch that nobody has taken; nil after the last, and after a failure.
  func take() -> Int? {
    state.withLock { state in
      guard state.failure == nil, state.next < batchCount else { return nil }
      state.next += 1
      return state.next - 1
    }
  }

  /// Whether a batch still matters: no earlier one has failed.
  func needs(_ batch: Int) -> Bool { state.withLock { $0.failure.map { $0.batch > batch } ?? true } }

  /// - Parameter columns: by output, a number for each row of the batch
  func put(_ batch: Int, _ columns: [[Double]]) {
    let rows = rows(batch)
    state.withLock { state in
      for (output, column) in columns.enumerated() {
        state.scores[output].replaceSubrange(rows, with: column)
      }
    }
  }

  func fail(_ batch: Int, _ failure: Failure) {
    state.withLock { state in
      if state.failure.map({ $0.batch > batch }) ?? true { state.failure = (batch, failure) }
    }
  }

  /// - Throws: the failure of the earliest batch that failed
  func scores() throws(Failure) -> [[Double]] {
    let (scores, failure) = state.withLock { ($0.scores, $0.failure?.failure) }
    if let failure { throw failure }
    return scores
  }
}
