/// Which outcomes are in the denominator of a metric.
struct BinaryBasis: Sendable, Equatable {
  let mask: UInt8

  init(_ outcomes: [Outcome]) { mask = outcomes.reduce(0) { $0 | $1.bit } }

  init(mask: UInt8) { self.mask = mask }

  static let rows = BinaryBasis(Outcome.allCases)
  static let positives = BinaryBasis([.truePositive, .falseNegative])
  static let negatives = BinaryBasis([.falsePositive, .trueNegative])
  static let selected = BinaryBasis([.truePositive, .falsePositive])
  static let unselected = BinaryBasis([.falseNegative, .trueNegative])
  /// All but the true negatives.
  static let either = BinaryBasis([.truePositive, .falsePositive, .falseNegative])

  @inline(__always)
  func contains(_ cell: Int) -> Bool { mask & (1 << UInt8(cell)) != 0 }

  var text: String {
    switch self {
    case .positives: "positives"
    case .negatives: "negatives"
    case .selected: "predicted positives"
    case .unselected: "predicted negatives"
    case .either: "positives or predicted positives"
    default: "rows"
    }
  }

  /// Why a share of them has no value where there are none.
  var emptyReason: String { self == .rows ? "no rows" : "no \(text)" }
}

/// Rows of a slice by outcome, with their weights.
struct BinaryCounts {
  var rows = SIMD4<Int>.zero
  var weights = SIMD4<Double>.zero
  var squares = SIMD4<Double>.zero

  /// - Parameter threshold: a cut of the scores; nil for the decisions as they are.
  init(_ observations: BinaryRowObservations, _ slice: [UInt32], threshold: Double? = nil) {
    guard let all = observations.weights else {
      var counts: [Int] = [0, 0, 0, 0]
      for row in slice { counts[Self.cell(observations, Int(row), threshold)] += 1 }
      rows = SIMD4(counts)
      weights = SIMD4(counts.map { Double($0) })
      squares = weights
      return
    }
    for row in slice {
      let cell = Self.cell(observations, Int(row), threshold)
      let weight = all[Int(row)]
      rows[cell] += 1
      weights[cell] += weight
      squares[cell] += weight * weight
    }
  }

  /// The position of a row's outcome in the order TP, FP, FN, TN.
  @inline(__always)
  static func cell(_ observations: BinaryRowObservations, _ row: Int, _ threshold: Double?) -> Int {
    let isSelected: Bool
    if let threshold {
      let score = observations.score(row)
      isSelected = observations.thresholdIsStrict ? score > threshold : score >= threshold
    } else {
      isSelected = observations.decisions[row] == 1
    }
    return (isSelected ? 0 : 2) + (observations.labels[row] == 1 ? 0 : 1)
  }

  func total(_ values: SIMD4<Double>, _ basis: BinaryBasis) -> Double {
    (0..<4).reduce(0) { basis.contains($1) ? $0 + values[$1] : $0 }
  }

  func measured(_ value: Double, _ basis: BinaryBasis, hasInfluence: Bool = true) -> Measured {
    Measured(
      value: value, denominator: rowCount(basis), weight: total(weights, basis),
      squaredWeight: total(squares, basis), hasInfluence: hasInfluence)
  }

  func undefined(_ reason: String, _ basis: BinaryBasis) -> Measured {
    let count = rowCount(basis)
    let weight = total(weights, basis)
    let all = rowCount(.rows)
    let told = all == 0 ? "no rows" : count > 0 && weight == 0 ? "zero weight" : reason
    return .undefined(told, denominator: count, weight: weight, squaredWeight: total(squares, basis))
  }

  private func rowCount(_ basis: BinaryBasis) -> Int {
    (0..<4).reduce(0) { basis.contains($1) ? $0 + rows[$1] : $0 }
  }
}
