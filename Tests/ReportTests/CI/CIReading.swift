import Foundation
import FoundationXML

/// An XML text, read by Foundation's parser; not well-formed is an error.
final class XMLTree: NSObject, XMLParserDelegate {
  struct Malformed: Error { let message: String }

  let text: String
  private(set) var names: [String] = []
  private(set) var attributes: [[String: String]] = []
  private(set) var parents: [Int?] = []
  /// Text directly inside elements that hold nothing else.
  private(set) var texts: [String] = []
  private var open: [Int] = []
  private var collected = ""

  init(_ text: String) throws {
    self.text = text
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    guard parser.parse() else { throw Malformed(message: "\(String(describing: parser.parserError))") }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    parents.append(open.last)
    open.append(names.count)
    names.append(name)
    self.attributes.append(attributes)
    collected = ""
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { collected += string }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if names[open.removeLast()...].count == 1 || ["title", "desc", "text", "system-out"].contains(name) {
      texts.append(collected)
    }
    collected = ""
  }
}

/// A JUnit report as a reader of such files sees it.
struct JUnitReading {
  struct Case {
    var name: String
    var classname: String
    var outcome = ""
    var type = ""
    var message = ""
  }

  private(set) var cases: [Case] = []
  let tests: Int
  let failures: Int
  let skipped: Int

  init(_ text: String) throws {
    let tree = try XMLTree(text)
    var counts: [String: String] = [:]
    for (index, name) in tree.names.enumerated() {
      let attributes = tree.attributes[index]
      switch name {
      case "testsuite": counts = attributes
      case "testcase":
        cases.append(Case(name: attributes["name"] ?? "", classname: attributes["classname"] ?? ""))
      case "failure", "skipped":
        cases[cases.count - 1].outcome = name
        cases[cases.count - 1].type = attributes["type"] ?? ""
        cases[cases.count - 1].message = attributes["message"] ?? ""
      case "testsuites", "properties", "property", "system-out": break
      default: throw XMLTree.Malformed(message: "element \(name)")
      }
    }
    tests = counts["tests"].flatMap { Int($0) } ?? -1
    failures = cases.count { $0.outcome == "failure" }
    skipped = counts["skipped"].flatMap { Int($0) } ?? -1
    guard counts["failures"] == "\(failures)" else { throw XMLTree.Malformed(message: "failures") }
  }
}

/// A TAP stream as a harness sees it: points in order, as many as planned.
struct TAPReading {
  struct Broken: Error { let line: String }

  private(set) var failed = 0
  private(set) var descriptions: [String] = []

  init(_ text: String) throws {
    var lines = text.components(separatedBy: "\n")[...]
    guard lines.popFirst() == "TAP version 13", let plan = lines.popFirst(), plan.hasPrefix("1.."),
      let count = Int(plan.dropFirst(3)), lines.popLast() == ""
    else { throw Broken(line: "plan") }
    for line in lines where !line.utf8.starts(with: "#".utf8) {
      guard let match = line.wholeMatch(of: /(ok|not ok) (\d+) - (.*)/),
        Int(match.2) == descriptions.count + 1
      else { throw Broken(line: line) }
      let (description, directive) = Self.split(String(match.3))
      descriptions.append(description)
      guard directive.isEmpty || directive.hasPrefix("SKIP ") || directive.hasPrefix("TODO ") else {
        throw Broken(line: line)
      }
      if match.1 == "not ok", !directive.hasPrefix("TODO ") { failed += 1 }
    }
    guard descriptions.count == count else { throw Broken(line: "\(descriptions.count) of \(count)") }
  }

  /// At the first `#` that no backslash takes.
  private static func split(_ text: String) -> (String, String) {
    var description = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "\\", let next = rest.popFirst() {
        description.append(next)
      } else if scalar == "#" {
        return (
          String(description), String(String.UnicodeScalarView(rest)).trimmingCharacters(in: .whitespaces)
        )
      } else {
        description.append(scalar)
      }
    }
    return (String(description), "")
  }
}
