import TestSupport

@testable import Statistics

/// One case of a vector file, read by key.
struct Vector {
  var fields: [String: Any]
  /// Where a key is looked for that is not among the fields: what stands around them.
  var context: [String: Any] = [:]

  static func cases(_ file: String) throws -> [Vector] {
    let document = try SharedData.json("vectors/\(file).json") as? [String: Any]
    let cases = document?["cases"] as? [[String: Any]] ?? []
    return cases.map { Vector(fields: $0) }
  }

  static func named(_ name: String, in file: String) throws -> Vector {
    let found = try cases(file).first { ($0.fields["name"] as? String)?.hasPrefix(name) == true }
    return found ?? Vector(fields: [:])
  }

  func has(_ key: String) -> Bool { fields[key] != nil }

  private func value(_ key: String) -> Any? { fields[key] ?? context[key] }

  func number(_ key: String) -> Double { Self.number(value(key)) }

  func integer(_ key: String) -> Int { Int(number(key)) }

  func numbers(_ key: String) -> [Double] {
    (value(key) as? [Any] ?? []).map { Self.number($0) }
  }

  func integers(_ key: String) -> [Int] { numbers(key).map { Int($0) } }

  func interval(_ key: String) -> Interval {
    let ends = numbers(key)
    return ends.count == 2 ? Interval(lower: ends[0], upper: ends[1]) : Interval(lower: .nan, upper: .nan)
  }

  func inner(_ key: String) -> Vector { Vector(fields: fields[key] as? [String: Any] ?? [:]) }

  func list(_ key: String) -> [Vector] {
    (fields[key] as? [[String: Any]] ?? []).map { Vector(fields: $0) }
  }

  private static func number(_ value: Any?) -> Double {
    switch value {
    case let number as Double: number
    case let text as String: Double(text) ?? .nan
    default: .nan
    }
  }
}

func isClose(_ a: Interval, _ b: Interval, within tolerance: Double = 1e-12) -> Bool {
  !a.lower.isNaN && !a.upper.isNaN && isClose(a.lower, b.lower, within: tolerance)
    && isClose(a.upper, b.upper, within: tolerance)
}

/// Element by element; of equal length and not empty.
func areClose(_ a: [Double], _ b: [Double], within tolerance: Double = 1e-12) -> Bool {
  !a.isEmpty && a.count == b.count && zip(a, b).allSatisfy { isClose($0, $1, within: tolerance) }
}

extension Interval {
  init(_ lower: Double, _ upper: Double) { self.init(lower: lower, upper: upper) }
}
