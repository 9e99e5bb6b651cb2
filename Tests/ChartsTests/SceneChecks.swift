import Charts
import Foundation
import FoundationXML
import Testing

/// What every scene and its SVG must hold.
func check(_ scene: Scene, _ what: String, sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(scene.width.isFinite && scene.height.isFinite && scene.height > 0, "\(what)")
  let page = Box(x: 0, y: 0, width: scene.width, height: scene.height).grown(by: 0.75)
  for mark in scene.leaves {
    guard let box = mark.bounds else { continue }
    let isInside = box.x >= page.x && box.y >= page.y && box.maxX <= page.maxX && box.maxY <= page.maxY
    #expect(
      isInside, "\(what): \(mark.shape) leaves \(scene.width) × \(scene.height)",
      sourceLocation: sourceLocation)
  }
  for presence in [Scene.Presence.image, .focusable, .decorative] {
    let svg = scene.svg(idPrefix: "fig", presence: presence)
    let parsed = ParsedSVG(svg)
    #expect(
      parsed.error == nil, "\(what): \(parsed.error ?? "") in \(svg.prefix(4000))",
      sourceLocation: sourceLocation)
    #expect(Set(parsed.ids).count == parsed.ids.count, "\(what): ids \(parsed.ids)")
    #expect(parsed.references.allSatisfy { parsed.ids.contains($0) }, "\(what): a reference to a missing id")
    #expect(parsed.forbidden.isEmpty, "\(what): \(parsed.forbidden)")
    #expect(svg == scene.svg(idPrefix: "fig", presence: presence))
  }
}

/// An SVG read back by an XML parser.
final class ParsedSVG: NSObject, XMLParserDelegate {
  private(set) var ids: [String] = []
  private(set) var references: [String] = []
  /// Attributes that a strict page policy, or none at all, should ever see.
  private(set) var forbidden: [String] = []
  private(set) var elements: [(name: String, attributes: [String: String])] = []
  private(set) var text = ""
  private(set) var error: String?

  init(_ svg: String) {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    if !parser.parse() { error = parser.parserError.map { "\($0)" } ?? "not parsed" }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String] = [:]
  ) {
    elements.append((name, attributes))
    for (key, value) in attributes {
      if key == "id" { ids.append(value) }
      if key == "aria-labelledby" { references += value.split(separator: " ").map(String.init) }
      if key == "clip-path" { references.append(String(value.dropFirst(5).dropLast())) }
      if key == "style" || key.hasPrefix("on") || key.hasSuffix("href") { forbidden.append(key) }
    }
    if ["script", "style", "image", "foreignObject", "use"].contains(name) { forbidden.append(name) }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}
