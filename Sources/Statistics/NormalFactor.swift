import Glibc

/// A square root of a correlation matrix, for draws from the normal distribution that has it.
struct NormalFactor {
  /// Row-major, size × rank; each row has unit length.
  private let rows: [Double]
  private let size: Int
  let rank: Int

  /// Cholesky's factor with diagonal pivoting (Higham 1990), which ends where what is left is rounding
  /// or not positive: a singular matrix has a factor of its rank, and one that is slightly indefinite
  /// that of a neighbour. The diagonal is taken as 1; a correlation that is not a number as 0.
  init(_ correlation: [[Double]]) {
    let m = correlation.count
    var columns: [[Double]] = []
    var rest = [Double](repeating: 1, count: m)
    while columns.count < m, let pivot = rest.indices.max(by: { rest[$0] < rest[$1] }), rest[pivot] > 1e-10 {
      let root = rest[pivot].squareRoot()
      var column = [Double](repeating: 0, count: m)
      for i in 0..<m where rest[i] > 0 || i == pivot {
        let entry = i == pivot ? 1 : correlation[i][pivot]
        var value = entry.isFinite ? min(1, max(-1, entry)) : 0
        for earlier in columns { value -= earlier[i] * earlier[pivot] }
        column[i] = i == pivot ? root : value / root
        rest[i] -= column[i] * column[i]
      }
      rest[pivot] = 0
      columns.append(column)
    }
    let rank = columns.count
    var rows = [Double](repeating: 0, count: m * rank)
    for i in 0..<m {
      let length = columns.reduce(0) { $0 + $1[i] * $1[i] }.squareRoot()
      for j in 0..<rank { rows[i * rank + j] = columns[j][i] / length }
    }
    (self.rows, size, self.rank) = (rows, m, rank)
  }

  /// One draw; `values` has as many places as the matrix rows.
  func sample(into values: inout [Double], using random: inout KeyedRandom) {
    let normals = (0..<rank).map { _ in random.normal() }
    for i in 0..<size {
      var sum = 0.0
      for j in 0..<rank { sum += rows[i * rank + j] * normals[j] }
      values[i] = sum
    }
  }
}
