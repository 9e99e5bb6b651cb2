/// Intercepts plus coefficients times inputs, one margin an output, in double.
package struct LinearModel: Sendable {
  var inputNames: [String]
  var outputNames: [String]
  var link: Link
  /// By output, then by input.
  var coefficients: [[Double]]
  var intercepts: [Double]

  /// Adds what a block of inputs contributes to the margin of an output. Complexity: O(inputs).
  func contribution(output: Int, inputs: Range<Int>, values: [Double]) -> Double {
    var sum = 0.0
    for (input, value) in zip(inputs, values) { sum += coefficients[output][input] * value }
    return sum
  }
}
