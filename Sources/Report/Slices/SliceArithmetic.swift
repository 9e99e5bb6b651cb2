import Metrics
import Results
import Statistics

/// What the page's script works out from counts, operation for operation: rates with Wilson's limits, and their gaps.
/// The report compares it with the stored numbers and sends along what differs in a shown digit.
struct SliceArithmetic {
  /// A number with its limits; NaN for "none".
  struct Limits {
    var value = Double.nan
    var lower = Double.nan
    var upper = Double.nan
    /// Weight in the denominator.
    var trials = 0.0
  }

  /// Which outcomes are counted, among which: bits in the order TP, FP, FN, TN.
  struct Share: Equatable {
    var numerator: Int
    var denominator: Int

    init(_ rate: RateDefinition) {
      func mask(_ wanted: (Outcome) -> Bool) -> Int {
        Outcome.allCases.filter(wanted).reduce(0) { $0 | 1 << $1.rawValue }
      }
      denominator = mask(rate.isTrial)
      numerator = mask { rate.isTrial($0) && rate.isSuccess($0) }
    }
  }

  enum Against: Int, CaseIterable { case overall, reference, complement }

  static let weightBits = 24
  static let squareBits = 20

  let z: Double
  /// By outcome, then by slice; NaN where they are withheld.
  let rows: [[Double]]
  /// The same, as the script reads them; equal to `rows` without weights.
  let weights: [[Double]]
  let squares: [[Double]]
  /// The reference of each slice; nil for none and for the reference itself.
  let reference: [Int?]

  init(_ evaluation: Evaluation, isWithheld: [Bool]) {
    let slices = evaluation.slices
    z = Normal.criticalValue(level: evaluation.level)
    let outcomes = [
      slices.truePositives, slices.falsePositives, slices.falseNegatives, slices.trueNegatives,
    ]
    // A task that is not binary has none.
    rows =
      evaluation.task == .binary
      ? outcomes.map { zip($0, isWithheld).map { $1 ? .nan : Double($0) } }
      : outcomes.map { _ in isWithheld.map { _ in .nan } }
    func read(_ sums: [Double], bits: Int) -> [[Double]] {
      (0..<4).map { outcome in
        isWithheld.indices.map { slice in
          isWithheld[slice]
            ? .nan
            : ColumnCode.float(
              code: ColumnCode.floatCode(sums[4 * slice + outcome], bits: bits), bits: bits)
        }
      }
    }
    let isWeighted = slices.cellWeights.count == 4 * slices.count && slices.count > 0
    weights = isWeighted ? read(slices.cellWeights, bits: SliceArithmetic.weightBits) : rows
    squares = isWeighted ? read(slices.cellSquaredWeights, bits: SliceArithmetic.squareBits) : rows
    var reference = [Int?](repeating: nil, count: slices.count)
    for family in evaluation.families {
      for slice in family.slices where slice != family.reference { reference[slice] = family.reference }
    }
    self.reference = reference
  }

  // MARK: Sums

  private func cell(_ column: [Double], _ outcome: Int, _ slice: Int, outside: Bool) -> Double {
    guard outside else { return column[slice] }
    return rows[outcome][0] == rows[outcome][slice] ? 0 : max(0, column[0] - column[slice])
  }

  /// The sum of a column over some outcomes, in a slice or in the rows outside it.
  func sum(_ columns: [[Double]], _ mask: Int, _ slice: Int, outside: Bool = false) -> Double {
    var sum = 0.0
    for outcome in 0..<4 where mask >> outcome & 1 == 1 {
      sum += cell(columns[outcome], outcome, slice, outside: outside)
    }
    return sum
  }

  // MARK: Rates

  /// Wilson (1927) at Kish's effective size.
  func rate(_ share: Share, _ slice: Int, outside: Bool = false) -> Limits {
    let trials = sum(weights, share.denominator, slice, outside: outside)
    guard trials > 0 else { return Limits() }
    let successes = sum(weights, share.numerator, slice, outside: outside)
    let size = trials * trials / sum(squares, share.denominator, slice, outside: outside)
    let limits = ProportionInterval.wilson(successes: successes / trials * size, trials: size, z: z)
    return Limits(value: successes / trials, lower: limits.lower, upper: limits.upper, trials: trials)
  }

  /// Newcombe's (1998b) method 10 against a group that shares no row; against all rows, that interval against the rows
  /// outside, by the share of the whole that lies outside.
  func gap(_ share: Share, _ slice: Int, _ against: Against) -> Limits {
    if against == .reference, reference[slice] == nil || slice == 0 { return Limits() }
    let part = rate(share, slice)
    let other =
      against == .reference ? rate(share, reference[slice] ?? 0) : rate(share, slice, outside: true)
    let whole = against == .overall ? rate(share, 0) : other
    let factor = against == .overall ? 1 - part.trials / whole.trials : 1
    let limits = DifferenceInterval.mover(
      part.value, Interval(lower: part.lower, upper: part.upper), other.value,
      Interval(lower: other.lower, upper: other.upper))
    var gap = Limits(
      value: slice == 0 ? .nan : part.value - whole.value, lower: factor * limits.lower,
      upper: factor * limits.upper)
    if !(gap.lower < gap.upper) { (gap.lower, gap.upper) = (.nan, .nan) }
    return gap
  }
}
