/// Groups of equal size with true selection rates.
struct Cell: Sendable {
  var size: Int
  var rates: [Double]

  var text: String {
    let groups =
      Set(rates).count == 1 ? "\(rates.count) × \(rates[0])" : rates.map { "\($0)" }.joined(separator: " ")
    return "\(String(repeating: " ", count: max(0, 4 - "\(size)".count)))\(size)  \(groups)"
  }

  /// Whether the four-fifths rule holds in truth.
  var isWithin: Bool { (rates.min() ?? 0) / (rates.max() ?? 1) >= 0.8 - 1e-12 }

  /// Perfect parity: 2, 5 and 10 groups.
  static let parity = [30, 50, 100, 200, 500, 1000].flatMap { size in
    [2, 5, 10].flatMap { groups in
      [0.1, 0.3, 0.5].map { Cell(size: size, rates: [Double](repeating: $0, count: groups)) }
    }
  }

  /// Parity, breaches, the bound itself, and a difference within it.
  static let gates = [50, 200, 1000].flatMap { size in
    [[0.3, 0.18], [0.3, 0.3, 0.3, 0.3, 0.18], [0.3, 0.24], [0.3, 0.2399], [0.3, 0.27]].map {
      Cell(size: size, rates: $0)
    }
  }
}
