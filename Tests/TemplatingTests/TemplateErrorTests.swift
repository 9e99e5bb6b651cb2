import Templating
import Testing

/// A template that does not parse, and where it is said to be wrong.
struct Broken: Sendable, CustomTestStringConvertible {
  let text: String
  let message: String
  let line: Int
  let column: Int

  init(_ text: String, _ message: String, _ line: Int, _ column: Int) {
    self.text = text
    self.message = message
    self.line = line
    self.column = column
  }

  var testDescription: String { text.debugDescription }

  static let all = [
    Broken("a\n  {{#list}}\nb", "\"list\" is opened here and never closed", 2, 3),
    Broken("{{#a}}{{#b}}{{/a}}{{/b}}", "\"a\" is closed here, but \"b\" is open (since line 1)", 1, 13),
    Broken("x\r\ny {{/a}}", "\"a\" is closed here but was not opened", 2, 3),
    Broken("é😀 {{name", "a tag is not closed: \"{{\" without \"}}\"", 1, 4),
    Broken("{{{name}}", "a tag is not closed: \"{{\" without \"}}}\"", 1, 1),
    Broken("{{! comment", "a tag is not closed: \"{{\" without \"}}\"", 1, 1),
    Broken("{{}}", "a tag has no name", 1, 1),
    Broken("{{# }}", "a tag has no name", 1, 1),
    Broken("{{two words}}", "a tag's name holds white space: \"two words\"", 1, 1),
    Broken("{{a..b}}", "a dotted name has an empty part: \"a..b\"", 1, 1),
    Broken("{{>*}}", "a dotted name has an empty part: \"\"", 1, 1),
    Broken("{{=<%=}}", "delimiters must be two, with a space between and no \"=\" in them: \"<%\"", 1, 1),
    Broken(
      "{{=a= =b=}}", "delimiters must be two, with a space between and no \"=\" in them: \"a= =b\"", 1, 1),
    Broken("{{=<% %>=}}\n<% name", "a tag is not closed: \"<%\" without \"%>\"", 2, 1),
    Broken("{{<p}}{{$b}}{{/p}}", "\"p\" is closed here, but \"b\" is open (since line 1)", 1, 13),
  ]
}

@Suite struct TemplateErrorTests {
  @Test(arguments: Broken.all)
  func aBrokenTemplateIsLocated(_ broken: Broken) {
    let expected = TemplateError(broken.message, template: "t", line: broken.line, column: broken.column)
    #expect(throws: expected) { try Template(parsing: broken.text, name: "t") }
  }

  @Test func theFirstBrokenTemplateByNameIsReported() {
    #expect(throws: TemplateError("a tag has no name", template: "b", line: 1, column: 1)) {
      try TemplateLibrary(sources: ["c": "{{}}", "b": "{{}}", "a": ""])
    }
  }

  @Test(arguments: [
    "{{>gone}}", "{{#s}}{{>gone}}{{/s}}", "{{<gone}}{{/gone}}", "{{<a}}{{$b}}{{>gone}}{{/b}}{{/a}}",
  ])
  func aStrictLibraryMissesPartialsAtOnce(text: String) throws {
    let sources = ["page": text, "a": "{{$b}}{{/b}}"]
    #expect(try TemplateLibrary(sources: sources).render("page", with: [:]) == "")
    let error = #expect(throws: TemplateError.self) { try TemplateLibrary(sources: sources, strict: true) }
    #expect(error?.message == "there is no template \"gone\" to include")
    #expect(error?.template == "page")
    #expect(
      error?.column
        == text.firstRange(of: "gone").map { text.distance(from: text.startIndex, to: $0.lowerBound) - 2 })
  }

  @Test func aStrictLibraryChecksDynamicNamesWhileRendering() throws {
    let library = try TemplateLibrary(sources: ["page": "\n {{>*kind}}", "a": "A"], strict: true)
    #expect(try library.render("page", with: ["kind": "a"]) == "\n A")
    #expect(
      throws: TemplateError("there is no template \"b\" to include", template: "page", line: 2, column: 2)
    ) { try library.render("page", with: ["kind": "b"]) }
    #expect(throws: TemplateError("a dynamic name leads to no text", template: "page", line: 2, column: 2)) {
      try library.render("page", with: [:])
    }
  }

  @Test func anUnknownTemplateIsAnError() throws {
    let library = try TemplateLibrary(sources: [:])
    let error = #expect(throws: TemplateError.self) { try library.render("page", with: nil) }
    #expect(error?.description == "page: there is no template of this name")
  }

  @Test(arguments: [["x": []], ["x": [1]], ["x": [:]]] as [TemplateValue])
  func aListHasNoText(value: TemplateValue) throws {
    let library = try TemplateLibrary(sources: ["page": "1\n2 {{x}}"])
    let error = #expect(throws: TemplateError.self) { try library.render("page", with: value) }
    #expect(
      error?.description == "page:2:3: \"x\" is a list or an object here and has no text: it wants a section")
  }
}

@Suite struct RecursionTests {
  @Test(arguments: [
    ["page": "{{>page}}"],
    ["page": "{{>b}}", "b": "{{#x}}{{>page}}{{/x}}"],
    ["page": "{{<page}}{{$b}}{{/b}}{{/page}}"],
    ["page": "{{>*me}}"],
    ["page": "{{<b}}{{$x}}{{>page}}{{/x}}{{/b}}", "b": "  {{$x}}\n{{/x}}\n"],
  ])
  func anEndlessInclusionIsAnError(sources: [String: String]) throws {
    let library = try TemplateLibrary(sources: sources)
    let error = #expect(throws: TemplateError.self) {
      try library.render("page", with: ["x": true, "me": "page"])
    }
    #expect(error?.message.contains("include itself without end") == true)
    #expect(error?.line == 1)
  }

  @Test func aTreeMayBeDeep() throws {
    var tree: TemplateValue = ["n": 0]
    for level in 1...250 { tree = ["n": .integer(level), "child": tree] }
    let library = try TemplateLibrary(sources: [
      "node": "{{n}}{{#child}}({{>node}}){{/child}}{{^child}}.{{/child}}"
    ])
    // An inner context without "child" would find the outer one's: the leaf says that it has none.
    var expected = "0."
    for level in 1...250 { expected = "\(level)(\(expected))" }
    var leafed = tree
    leafed = TemplateValueTrees.closingLeaf(of: leafed)
    #expect(try library.render("node", with: leafed) == expected)
  }

  @Test func tagsNestToALimit() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "{{#a}}", count: depth) + "x" + String(repeating: "{{/a}}", count: depth)
    }
    #expect(try TemplateLibrary(sources: ["t": nested(199)]).render("t", with: ["a": true]) == "x")
    let error = #expect(throws: TemplateError.self) { try Template(parsing: nested(100_000), name: "t") }
    #expect(error?.message == "tags nest deeper than 200 levels")
    #expect(error?.column == 200 * 6 - 5)
  }
}

enum TemplateValueTrees {
  /// The same tree with `child: null` in its innermost node.
  static func closingLeaf(of tree: TemplateValue) -> TemplateValue {
    guard case .object(var members) = tree else { return tree }
    members["child"] = members["child"].map(closingLeaf) ?? .null
    return .object(members)
  }
}
