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
    var bytes = try #require(Data(base64Encoded: family.data))[...]
    func whole() -> Double {
      var (value, unit) = (0.0, 1.0)
      while let byte = bytes.popFirst() {
        value += Double(byte & 127) * unit
        unit *= 128
        if byte < 128 { break }
      }
      return value
    }
    func number() -> Double {
      if family.whole { return whole() }
      let pattern = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes.popFirst() ?? 0) << UInt64(8 * $1) }
      return Double(bitPattern: pattern)
    }
    let result = family.groups.map { _ -> [[Double]] in
      var sums = [[Double]](repeating: [Double](repeating: 0, count: page.t.count + 1), count: 2)
      var bin = 0
      for _ in 0..<Int(whole()) {
        bin += Int(whole())
        for label in 0..<2 { sums[label][bin] = number() }
      }
      for label in 0..<2 {
        for i in stride(from: page.t.count - 1, through: 0, by: -1) { sums[label][i] += sums[label][i + 1] }
      }
      return sums
    }
    #expect(bytes.isEmpty)
    return result
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
