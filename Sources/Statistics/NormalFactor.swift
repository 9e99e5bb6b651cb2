import Glibc

/// A square root of a correlation matrix, for draws from the normal distribution that has it.
struct NormalFactor {
  /// As many as the rank; the rows across them have unit length.
  private let columns: [[Double]]

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
    for i in 0..<m {
      let length = columns.reduce(0) { $0 + $1[i] * $1[i] }.squareRoot()
      for j in columns.indices { columns[j][i] /= length }
    }
    self.columns = columns
  }

  var rank: Int { columns.count }

  /// One draw; `values` has as many places as the matrix rows.
  func sample(into values: inout [Double], using random: inout KeyedRandom) {
    for i in values.indices { values[i] = 0 }
    for column in columns { Self.add(column, times: random.normal(), to: &values) }
  }
}
