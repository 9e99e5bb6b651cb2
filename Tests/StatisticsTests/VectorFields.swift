import TestSupport

@testable import Statistics

/// What the fields of a vector file are held to. Every field of every case is looked up here, so that none can be passed over.
struct VectorFields: Sendable {
  enum Rule: Sendable {
    /// What a check reads.
    case input
    /// Nothing of ours to compare with, or another room's; why.
    case note(String)
    /// Our numbers, one after the other; NaN for what is undefined. Tolerance as in METHODS.md: 1e-12, and 1e-9 where a quantile, an
    /// incomplete beta function or log Γ enters.
    case check(within: Double, @Sendable (Vector) throws -> [Double])
  }

  /// The inner objects of a case, by the path of its field: "items", "bh1995.holm".
  var rules: [String: Rule] = [:]
  /// How the paths of a case begin, told by its content.
  var prefix: @Sendable (Vector) -> String = { _ in "" }

  struct Finding: CustomStringConvertible {
    let description: String
  }

  /// Checks all cases of a file; returns what is wrong, and how many numbers were compared.
  func findings(in file: String) throws -> (wrong: [Finding], compared: Int) {
    var wrong: [Finding] = []
    var compared = 0
    for (index, one) in try Vector.cases(file).enumerated() {
      let prefix = prefix(one)
      try visit(one, path: prefix.isEmpty ? "" : prefix + ".", label: "\(file)[\(index)]", &wrong, &compared)
    }
    return (wrong, compared)
  }

  private func visit(
    _ vector: Vector, path: String, label: String, _ wrong: inout [Finding], _ compared: inout Int
  ) throws {
    for (name, value) in vector.fields.sorted(by: { $0.key < $1.key }) where !name.hasPrefix("_") {
      let place = path + name
      if let inner = value as? [String: Any], rules[place] == nil {
        try visit(vector.nested(inner), path: place + ".", label: label, &wrong, &compared)
      } else if let inner = value as? [[String: Any]], rules[place] == nil {
        for one in inner {
          try visit(vector.nested(one), path: place + ".", label: label, &wrong, &compared)
        }
      } else if case .check(let tolerance, let ours)? = rules[place] {
        let (expected, found) = (Vector.flattened(value), try ours(vector))
        compared += expected.count
        let agrees =
          expected.count == found.count
          && zip(found, expected).allSatisfy { isClose($0, $1, within: tolerance) }
        if !agrees { wrong.append(Finding(description: "\(label).\(place): \(found) for \(expected)")) }
      } else if rules[place] == nil {
        wrong.append(Finding(description: "\(label).\(place) is neither checked nor listed"))
      }
    }
  }
}

extension Vector {
  /// An inner object, with what stands around it under the names it does not use itself.
  func nested(_ inner: [String: Any]) -> Vector {
    var outer = self
    outer.fields.merge(inner) { $1 }
    return Vector(fields: inner, context: outer.fields)
  }

  /// All numbers of a value in order; null is NaN, a truth 1, and a text that is no number nothing.
  static func flattened(_ value: Any) -> [Double] {
    switch value {
    case let list as [Any]: list.flatMap { flattened($0) }
    case let number as Double: [number]
    case let truth as Bool: [truth ? 1 : 0]
    case let text as String: Double(text).map { [$0] } ?? []
    default: [.nan]
    }
  }
}

extension Interval {
  /// Both ends, for `VectorFields`.
  var ends: [Double] { [lower, upper] }
}

extension Optional where Wrapped == Interval {
  /// NaN where there is none.
  var ends: [Double] { self.map { [$0.lower, $0.upper] } ?? [.nan] }
}
