import Foundation
import Templating
import TestSupport
import Testing

/// One case of the Mustache specification (https://github.com/mustache/spec).
struct SpecificationCase: Sendable, CustomTestStringConvertible, Decodable {
  let name: String
  let data: TemplateValue
  let template: String
  let partials: [String: String]?
  let expected: String
  var module = ""

  var testDescription: String { "\(module): \(name)" }

  private enum CodingKeys: CodingKey { case name, data, template, partials, expected }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decode(String.self, forKey: .name)
    data = try values.decode(DecodedValue.self, forKey: .data).value
    template = try values.decode(String.self, forKey: .template)
    partials = try values.decodeIfPresent([String: String].self, forKey: .partials)
    expected = try values.decode(String.self, forKey: .expected)
  }

  private struct Module: Decodable { let tests: [SpecificationCase] }

  static let modules = [
    "comments", "delimiters", "interpolation", "inverted", "partials", "sections", "~dynamic-names",
    "~inheritance",
  ]

  /// All cases of all modules; none where the shared data are absent.
  static let all: [SpecificationCase] = modules.flatMap { module -> [SpecificationCase] in
    let url = URL(filePath: SharedData.path("mustache-spec/\(module).json"))
    guard let data = try? Data(contentsOf: url),
      let decoded = try? JSONDecoder().decode(Module.self, from: data)
    else { return [] }
    return decoded.tests.map { test in
      var test = test
      test.module = module
      return test
    }
  }
}

/// A JSON value as a `TemplateValue`.
struct DecodedValue: Decodable {
  let value: TemplateValue

  init(from decoder: any Decoder) throws {
    let single = try decoder.singleValueContainer()
    if single.decodeNil() {
      value = .null
    } else if let bool = try? single.decode(Bool.self) {
      value = .bool(bool)
    } else if let integer = try? single.decode(Int.self) {
      value = .integer(integer)
    } else if let number = try? single.decode(Double.self) {
      value = .number(number)
    } else if let text = try? single.decode(String.self) {
      value = .text(text)
    } else if let items = try? single.decode([DecodedValue].self) {
      value = .list(items.map(\.value))
    } else {
      value = .object(try single.decode([String: DecodedValue].self).mapValues(\.value))
    }
  }
}
