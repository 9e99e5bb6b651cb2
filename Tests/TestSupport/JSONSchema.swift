import Foundation

/// As much of JSON Schema (2020-12) as this project's schemas use; a keyword that it does not know is an
/// error, so that nothing is passed over.
package struct JSONSchema {
  private let documents: [String: Any]
  private let root: String

  /// - Parameter root: file name of the schema in `Documentation`; other files there may be referred to.
  package init(_ root: String) throws {
    let folder = SharedData.root.appending(path: "Documentation")
    var documents: [String: Any] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where name.hasSuffix(".schema.json") {
      documents[name] = try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appending(path: name)))
    }
    (self.documents, self.root) = (documents, root)
  }

  /// What breaks the schema, each with its place; empty where the document is valid.
  package func errors(in json: [UInt8]) throws -> [String] {
    let value = try JSONSerialization.jsonObject(with: Data(json), options: .fragmentsAllowed)
    return check(value, documents[root] ?? ["missing": root], file: root, at: "$")
  }

  private static let silent: Set<String> = ["$schema", "$defs", "title", "description", "$comment"]

  private func check(_ value: Any, _ schema: Any, file: String, at place: String) -> [String] {
    if let allowed = schema as? Bool { return allowed ? [] : ["\(place): not allowed"] }
    guard let schema = schema as? [String: Any] else { return ["\(place): the schema is no object"] }
    return schema.keys.sorted().flatMap { keyword -> [String] in
      guard !Self.silent.contains(keyword), let rule = schema[keyword] else { return [] }
      switch keyword {
      case "$ref": return reference(value, rule, file: file, at: place)
      case "properties", "required", "additionalProperties", "propertyNames":
        return members(value, keyword, rule, schema, file: file, at: place)
      case "items":
        return (value as? [Any] ?? []).enumerated().flatMap {
          check($0.element, rule, file: file, at: "\(place)[\($0.offset)]")
        }
      case "oneOf", "anyOf":
        let options = (rule as? [Any] ?? []).map { check(value, $0, file: file, at: place) }
        let valid = options.filter(\.isEmpty).count
        return valid == 1 || (valid > 1 && keyword == "anyOf")
          ? [] : ["\(place): \(keyword) holds \(valid) times"] + options.joined()
      default: return Self.scalar(value, keyword, rule).map { "\(place): \($0)" }
      }
    }
  }

  private func reference(_ value: Any, _ rule: Any, file: String, at place: String) -> [String] {
    let parts = (rule as? String ?? "").split(separator: "#", omittingEmptySubsequences: false).map(
      String.init)
    let target = parts[0].isEmpty ? file : parts[0]
    var found = documents[target]
    for step in parts.dropFirst().joined().split(separator: "/") {
      found = (found as? [String: Any])?[String(step)]
    }
    return found.map { check(value, $0, file: target, at: place) } ?? ["\(place): no schema \(rule)"]
  }

  private func members(
    _ value: Any, _ keyword: String, _ rule: Any, _ schema: [String: Any], file: String, at place: String
  ) -> [String] {
    guard let object = value as? [String: Any] else { return [] }
    let known = schema["properties"] as? [String: Any] ?? [:]
    switch keyword {
    case "required":
      return (rule as? [String] ?? []).filter { object[$0] == nil }.map { "\(place): \($0) is missing" }
    case "propertyNames":
      return object.keys.flatMap { check($0, rule, file: file, at: "\(place) name \($0)") }
    default:
      return object.keys.sorted().flatMap { name -> [String] in
        let rule = keyword == "properties" ? known[name] : known[name] == nil ? schema[keyword] : nil
        guard let rule, let member = object[name] else { return [] }
        return check(member, rule, file: file, at: "\(place).\(name)")
      }
    }
  }

  private static func scalar(_ value: Any, _ keyword: String, _ rule: Any) -> [String] {
    let number = isBool(value) ? nil : (value as? NSNumber)?.doubleValue
    let bound = (rule as? NSNumber)?.doubleValue ?? .nan
    let holds: Bool
    switch keyword {
    case "type":
      let types = rule as? [String] ?? [rule as? String ?? ""]
      holds = types.contains { has(value, $0) }
    case "const": holds = equal(value, rule)
    case "enum": holds = (rule as? [Any] ?? []).contains { equal(value, $0) }
    case "minimum": holds = number.map { $0 >= bound } ?? true
    case "maximum": holds = number.map { $0 <= bound } ?? true
    case "exclusiveMinimum": holds = number.map { $0 > bound } ?? true
    case "exclusiveMaximum": holds = number.map { $0 < bound } ?? true
    case "minItems": holds = (value as? [Any]).map { Double($0.count) >= bound } ?? true
    case "pattern":
      holds = (value as? String).map { $0.range(of: "\(rule)", options: .regularExpression) != nil } ?? true
    default: return ["the keyword \(keyword) is not known"]
    }
    return holds ? [] : ["\(value) breaks \(keyword) \(rule)"]
  }

  private static func has(_ value: Any, _ type: String) -> Bool {
    switch type {
    case "null": value is NSNull
    case "boolean": isBool(value)
    case "string": value is String
    case "array": value is [Any]
    case "object": value is [String: Any]
    case "number": value is NSNumber && !isBool(value)
    case "integer":
      !isBool(value) && ((value as? NSNumber).map { $0.doubleValue == $0.doubleValue.rounded() } ?? false)
    default: false
    }
  }

  private static func isBool(_ value: Any) -> Bool {
    (value as? NSNumber).map { $0.objCType.pointee == CChar(UInt8(ascii: "c")) } ?? false
  }

  private static func equal(_ a: Any, _ b: Any) -> Bool {
    (a as? NSObject).map { $0.isEqual(b) } ?? false
  }
}
