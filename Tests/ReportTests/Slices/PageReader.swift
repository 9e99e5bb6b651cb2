import Foundation
import Testing

/// Reads the slice table's data as the page's script does, in the same operations, so that its numbers are what a
/// reader of the page sees.
struct PageReader {
  struct Cell: Equatable {
    var value: Int?
    var lower: Int?
    var upper: Int?
    var reason: String?
  }

  let data: [String: Any]
  let columns: [[String: Any]]
  let reasons: [String]
  let total: Int
  private let z: Double
  private let rows: [[Double]]
  private let weights: [[Double]]
  private let squares: [[Double]]
  private var reference: [Int?] = []

  init(page: String) throws {
    let json = try #require(try PageTests.matches("id=\"slice-data\">(.*?)</script>", page).first)
    data = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    columns = try #require(data["columns"] as? [[String: Any]])
    reasons = try #require(data["reasons"] as? [String])
    total = try #require(data["count"] as? Int)
    z = try #require(data["z"] as? Double)
    let reasonCount = reasons.count
    rows = try #require(data["cells"] as? [[String: Any]]).map {
      try Self.units($0, reasonCount).map { $0.units.map(Double.init) ?? .nan }
    }
    if let packed = data["weights"] as? [[String: Any]] {
      let floats = try packed.map { one in
        let bits = try #require(one["b"] as? Int)
        return try Self.codes(one).map { Double(Float(bitPattern: UInt32($0) << UInt32(31 - bits))) }
      }
      (weights, squares) = (Array(floats[0..<4]), Array(floats[4..<8]))
    } else {
      (weights, squares) = (rows, rows)
    }
    for family in try #require(data["families"] as? [[Int]]) {
      for _ in 0..<family[0] {
        reference.append(family[2] < 0 || family[2] == reference.count ? nil : family[2])
      }
    }
  }

  // MARK: Unpacking

  static func codes(_ packed: [String: Any]) throws -> [Int] {
    let bytes = Array(try #require(Data(base64Encoded: packed["v"] as? String ?? "")))
    let bits = try #require(packed["b"] as? Int)
    let count = packed["n"] as? Int ?? bytes.count * 8 / bits
    return (0..<count).map { index in
      (0..<bits).reduce(0) { code, bit in
        let at = index * bits + bit
        return code | Int(bytes[at / 8] >> UInt8(at % 8) & 1) << bit
      }
    }
  }

  private static func units(_ packed: [String: Any], _ reasons: Int) throws -> [(units: Int?, reason: Int)] {
    let offset = try #require(packed["o"] as? Int)
    var found = try codes(packed).map { code in
      code < reasons ? (units: Int?.none, reason: code) : (code - reasons + offset, 0)
    }
    for pair in try #require(packed["e"] as? [[Int]]) { found[pair[0]] = (pair[1], 0) }
    return found
  }

  // MARK: Arithmetic

  private func sum(_ columns: [[Double]], _ mask: Int, _ slice: Int, outside: Bool) -> Double {
    (0..<4).filter { mask >> $0 & 1 == 1 }.reduce(0) { sum, i in
      if !outside { return sum + columns[i][slice] }
      return sum + (rows[i][0] == rows[i][slice] ? 0 : max(0, columns[i][0] - columns[i][slice]))
    }
  }

  func rate(_ column: [String: Any], _ slice: Int, outside: Bool = false) -> [Double] {
    guard let num = column["num"] as? Int, let den = column["den"] as? Int else {
      return [.nan, .nan, .nan, 0]
    }
    let trials = sum(weights, den, slice, outside: outside)
    let p = sum(weights, num, slice, outside: outside) / trials
    let size = trials * trials / sum(squares, den, slice, outside: outside)
    let done = p * size
    if !(trials > 0) { return [.nan, .nan, .nan, 0] }
    let q = min(1, max(0, done / size))
    let scale = 1 + z * z / size
    let middle = (q + z * z / (2 * size)) / scale
    let half = z * (q * (1 - q) / size + z * z / (4 * size * size)).squareRoot() / scale
    return [p, done <= 0 ? 0 : max(0, middle - half), done >= size ? 1 : min(1, middle + half), trials]
  }

  private func gap(_ column: [String: Any], _ to: Int, _ slice: Int) -> [Double] {
    if slice == 0 || (to == 1 && reference[slice] == nil) { return [.nan, .nan, .nan] }
    let part = rate(column, slice)
    let other = to == 1 ? rate(column, reference[slice] ?? 0) : rate(column, slice, outside: true)
    let whole = to == 0 ? rate(column, 0) : other
    let f = to == 0 ? 1 - part[3] / whole[3] : 1
    func norm(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
    let lower = f * (part[0] - other[0] - norm(part[0] - part[1], other[2] - other[0]))
    let upper = f * (part[0] - other[0] + norm(part[2] - part[0], other[0] - other[1]))
    return [part[0] - whole[0]] + (lower < upper ? [lower, upper] : [.nan, .nan])
  }

  // MARK: Columns

  func place(_ id: String) -> Int? { columns.firstIndex { $0["id"] as? String == id } }

  /// What the page shows in each row of a column.
  func cells(_ place: Int) throws -> [Cell] {
    let column = columns[place]
    if let value = column["value"] as? [String: Any] {
      func read(_ key: String) throws -> [(units: Int?, reason: Int)]? {
        try (column[key] as? [String: Any]).map { try Self.units($0, reasons.count) }
      }
      let (lower, upper) = (try read("lower"), try read("upper"))
      return try Self.units(value, reasons.count).prefix(total).enumerated().map { row, cell in
        let why = cell.units == nil ? cell.reason : lower?[row].units == nil ? lower?[row].reason ?? 0 : 0
        return Cell(
          value: cell.units, lower: lower?[row].units, upper: upper?[row].units,
          reason: why == 0 && cell.units != nil ? nil : reasons[why])
      }
    }
    return try derived(column)
  }

  private func derived(_ column: [String: Any]) throws -> [Cell] {
    var cells = (0..<total).map { slice -> Cell in
      if let mask = column["sum"] as? Int {
        let sum = sum(rows, mask, slice, outside: false)
        return Cell(value: sum.isNaN ? nil : Int(sum), reason: sum.isNaN ? reasons[2] : nil)
      }
      let found: [Double]
      if let gap = column["gap"] as? [Int] {
        found = self.gap(columns[gap[0]], gap[1], slice)
      } else {
        found = rate(column, slice)
      }
      let units = found.prefix(3).map { $0.isNaN ? nil : Int(($0 * 1000).rounded(.toNearestOrEven)) }
      let empty = column["empty"] as? Int ?? 4
      let all = sum(rows, 15, slice, outside: false)
      let why = all.isNaN ? 2 : all == 0 && column["gap"] == nil ? 1 : empty
      return Cell(
        value: units[0], lower: units[1], upper: units[2], reason: units[0] == nil ? reasons[why] : nil)
    }
    for one in column["e"] as? [[Any]] ?? [] {
      let numbers = one.map { $0 as? Int }
      let row = try #require(numbers[0])
      cells[row] = Cell(
        value: numbers[1], lower: numbers[2], upper: numbers[3],
        reason: numbers[1] == nil ? reasons[try #require(numbers[4])] : nil)
    }
    return cells
  }
}
