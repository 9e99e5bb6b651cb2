import Glibc

extension NoiseFloor {
  /// As `expectedRange(standardErrors:)`, to about 1 %, for any number of groups at once: errors within 4 % of each other are taken for
  /// one. Complexity: O(groups + distinct errors).
  package static func approximateRange(standardErrors: [Double]) -> Double {
    let errors = standardErrors.filter { $0 > 0 && $0.isFinite }
    guard errors.count > exactGroups else { return expectedRange(standardErrors: errors, steps: 400) }
    // The root of the mean square stands for a bin.
    var bins: [Int: (groups: Double, squares: Double)] = [:]
    for error in errors {
      let bin = Int((log(error) / 0.04).rounded(.down))
      bins[bin, default: (0, 0)].groups += 1
      bins[bin, default: (0, 0)].squares += error * error
    }
    let kinds = bins.keys.sorted().compactMap { bins[$0] }.map {
      (error: ($0.squares / $0.groups).squareRoot(), groups: $0.groups)
    }
    return expectedRange(kinds, isHeld: false, steps: 400)
  }

  private static let exactGroups = 20
}
