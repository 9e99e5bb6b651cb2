import Foundation
import Report
import Results
import Testing

/// The counts that a page carries for its decision lab, decoded as the script decodes them, and its arithmetic.
struct LabPageData {
  struct Group: Decodable {
    var name: String
    var n: Int
    var why: [String]
  }

  struct Family: Decodable {
    var whole: Bool
    var groups: [Group]
    var withheld: [String]
    var rest: [Double]
    var was: [[Double?]]
    var data: String
  }

  struct Page: Decodable {
    var t: [Double]
    var now: Int?
    var cut: String?
    var start: Int
    var n: Int
    var families: [Family]
  }

  let page: Page
  let html: String

  init(_ evaluation: Evaluation) throws {
    html = String(decoding: try ReportWriter.html(evaluation, options: ReportOptions()), as: UTF8.self)
    let opening = "id=\"lab-data\">"
    let start = try #require(html.range(of: opening)?.upperBound)
    let end = try #require(html.range(of: "</script>", range: start..<html.endIndex)?.lowerBound)
    page = try JSONDecoder().decode(Page.self, from: Data(html[start..<end].utf8))
  }

  /// Positives and negatives of each group at or above each threshold; entry 0 has all.
  func sums(_ family: Family) throws -> [[[Double]]] {
    var code = Code(bytes: Array(try #require(Data(base64Encoded: family.data))))
    let result = family.groups.map { _ -> [[Double]] in
      var sums = [[Double]](repeating: [Double](repeating: 0, count: page.t.count + 1), count: 2)
      let count = code.whole(6)
      let orders = [code.whole(2), code.whole(2)]
      var bin = 0
      for _ in 0..<count {
        bin += 1 + code.whole(0)
        for label in 0..<2 {
          sums[label][bin] = family.whole ? Double(code.whole(orders[label])) : code.double()
        }
      }
      for label in 0..<2 {
        for i in stride(from: page.t.count - 1, through: 0, by: -1) { sums[label][i] += sums[label][i + 1] }
      }
      return sums
    }
    #expect(code.isAtItsEnd)
    return result
  }

  /// Exponential-Golomb codes, from each byte's lowest bit on.
  private struct Code {
    let bytes: [UInt8]
    private var place = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Whether no byte is left that was not begun.
    var isAtItsEnd: Bool { (place + 7) / 8 == bytes.count }

    private mutating func bit() -> Int {
      defer { place += 1 }
      return Int(bytes[place / 8] >> UInt8(place % 8)) & 1
    }

    mutating func whole(_ order: Int) -> Int {
      var zeros = 0
      while bit() == 0 { zeros += 1 }
      let code = (0..<(zeros + order)).reduce(1) { code, _ in 2 * code + bit() }
      return code - (1 << order)
    }

    /// Eight whole bytes.
    mutating func double() -> Double {
      place = (place + 7) / 8 * 8
      let pattern = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[place / 8 + $1]) << UInt64(8 * $1) }
      place += 64
      return Double(bitPattern: pattern)
    }
  }

  /// Selection rate, TPR, FPR, precision and accuracy; nil where the denominator is empty.
  static func values(_ c: [Double]) -> [Double?] {
    func share(_ a: Double, _ b: Double) -> Double? { b > 0 ? a / b : nil }
    return [
      share(c[0] + c[1], c[2] + c[3]), share(c[0], c[2]), share(c[1], c[3]), share(c[0], c[0] + c[1]),
      share(c[0] + c[3] - c[1], c[2] + c[3]),
    ]
  }

  static let metrics = [
    "selection_rate", "true_positive_rate", "false_positive_rate", "precision", "accuracy",
  ]

  /// Difference and ratio by gap.
  static func gaps(_ found: [[Double?]]) -> [(difference: Double?, ratio: Double?, isIn: [Bool])] {
    [[0], [1], [1, 2]].map { rates in
      let isIn = found.map { one in rates.allSatisfy { one[$0] != nil } }
      let rest = zip(found, isIn).filter(\.1).map(\.0)
      var (difference, ratio) = (nil as Double?, nil as Double?)
      guard rest.count > 1 else { return (nil, nil, isIn) }
      for rate in rates {
        let list = rest.compactMap { $0[rate] }
        let (low, high) = (list.min() ?? 0, list.max() ?? 0)
        difference = max(difference ?? 0, high - low)
        if high > 0 { ratio = min(ratio ?? 1, low / high) }
      }
      return (difference, ratio, isIn)
    }
  }
}
