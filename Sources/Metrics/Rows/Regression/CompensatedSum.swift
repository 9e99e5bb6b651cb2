/// A running sum whose rounding errors are kept apart and added last (Neumaier 1974): as good as twice the
/// precision, so that the order of the rows is not seen in what is printed.
struct CompensatedSum {
  private var sum = 0.0
  private var lost = 0.0

  @inline(__always)
  mutating func add(_ term: Double) {
    let next = sum + term
    lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
  }

  var value: Double { sum + lost }
}
