import Charts
import Testing

struct SVGTests {
  @Test func namesTheImageAndItsFinding() {
    let scene = Scene(width: 10, height: 10, title: "A & B", summary: "B is \"worse\"", marks: [])
    let parsed = ParsedSVG(scene.svg(idPrefix: "fig-1"))
    #expect(parsed.elements.first?.attributes["role"] == "img")
    #expect(parsed.elements.first?.attributes["aria-labelledby"] == "fig-1-t fig-1-d")
    #expect(parsed.elements.first?.attributes["viewBox"] == "0 0 10 10")
    #expect(parsed.ids == ["fig-1-t", "fig-1-d"])
    #expect(parsed.text == "A & BB is \"worse\"")
    let silent = ParsedSVG(scene.svg(idPrefix: "x", presence: .decorative))
    #expect(silent.elements.first?.attributes["aria-hidden"] == "true")
    #expect(silent.ids.isEmpty)
  }

  @Test func labelledGroupsCanBeVisited() {
    let group = Mark.group([.line(Point(0, 0), Point(1, 1), .data(0))], label: "Female: 0.7 <ok>")
    let scene = Scene(width: 10, height: 10, title: "T", marks: [group])
    let svg = ParsedSVG(scene.svg(idPrefix: "x", presence: .focusable))
    #expect(svg.elements.first?.attributes["role"] == "group")
    let visited = svg.elements.filter { $0.attributes["tabindex"] == "0" }
    #expect(visited.count == 1)
    #expect(visited.first?.attributes["aria-label"] == "Female: 0.7 <ok>")
    // An image hides its children from assistive technology: nothing in it may take the focus.
    #expect(!scene.svg(idPrefix: "x").contains("tabindex"))
  }

  /// Different prefixes must never become the same ids, nor break a reference into two.
  @Test func prefixesStayDistinct() {
    let prefixes = ["a b", "a-b", "a_b", "a_20_b", "a\"b", "", "1", "ä", "<x>", "a'b", "c-1"]
    let ids = prefixes.flatMap { prefix in
      let scene = Scene(
        width: 10, height: 10, title: "T", summary: "S",
        marks: [.group([], clip: Box(x: 0, y: 0, width: 5, height: 5))])
      let svg = ParsedSVG(scene.svg(idPrefix: prefix))
      #expect(svg.error == nil)
      #expect(svg.ids.count == 3 && svg.references.allSatisfy { svg.ids.contains($0) }, "\(prefix)")
      return svg.ids
    }
    #expect(Set(ids).count == ids.count - 3, "only \"1\" and \"c-1\" may meet: \(ids)")
  }

  @Test func pathsAreRelativeAndLoseNothing() {
    let marks = [
      Mark(
        .polyline([Point(1.004, 2), Point(3.5, 1.3), Point(3.4, 1.3), Point(3.4, 9), Point(0, 9.07)]),
        stroke: .axis),
      Mark(.polylines([[Point(1, 1), Point(1, 3)], [], [Point(4, 1), Point(4, 3)]]), stroke: .grid),
      Mark(.polygon([Point(0, 0), Point(2, 1), Point(1.5, 3)]), fill: .band),
    ]
    let svg = Scene(width: 10, height: 10, title: "T", marks: marks).svg(idPrefix: "x")
    #expect(svg.contains("d=\"M1 2l2.5-.7h-.1v7.7l-3.4 .1\""))
    #expect(svg.contains("d=\"M1 1v2m3-2v2\""))
    #expect(svg.contains("d=\"M0 0l2 1-.5 2Z\""))
  }

  /// Marks of one look say so once, and are one path where no tooltip needs them apart.
  @Test func marksOfOneLookAreOne() {
    func dot(_ x: Double, _ ink: Ink, _ title: String? = nil) -> Mark {
      .symbol(.circle, at: Point(x, 3), radius: 1, ink, title: title)
    }
    let marks = [dot(1, .axis), dot(4, .grid), dot(7, .axis), dot(10, .axis, "ten"), dot(13, .grid)]
    let svg = Scene(width: 20, height: 10, title: "T", marks: marks).svg(idPrefix: "x")
    #expect(
      svg.contains(
        "<g fill=\"#767676\"><path d=\"M1 3h0m6 0h0\" stroke=\"#767676\" "
          + "stroke-width=\"2\" stroke-linecap=\"round\"/><circle cx=\"10\" cy=\"3\" r=\"1\"><title>ten</title></circle></g>"
      ))
    #expect(svg.contains("<path d=\"M4 3h0m9 0h0\" stroke=\"#E4E4E4\""))
    let lines = [3, 1, 2].map { Mark.line(Point(0, $0), Point(8, $0), .grid) }
    let boxes = [1, 4].map { Mark.box(Box(x: $0, y: 5, width: 2, height: 1), .band, opacity: 0.5) }
    let drawn = Scene(width: 10, height: 10, title: "T", marks: lines + boxes).svg(idPrefix: "x")
    #expect(drawn.contains("<path d=\"M0 3h8m-8-2h8m-8 1h8\""))
    #expect(drawn.contains("<path d=\"M1 5h2v1h-2Zm3 0h2v1h-2Z\""))
    let texts = (0..<3).map {
      Mark.text(TextRun("t\($0)", at: Point(5, 3 * Double($0)), anchor: .end, size: 12))
    }
    let written = Scene(width: 10, height: 10, title: "T", marks: texts).svg(idPrefix: "x")
    #expect(
      written.contains(
        "<g text-anchor=\"end\" font-size=\"12\" fill=\"#1F1F1F\"><text x=\"5\""))
  }

  /// A mark is not brought before what it lies upon, and see-through marks that overlap stay apart.
  @Test func paintOrderHolds() throws {
    let square = Box(x: 2, y: 2, width: 4, height: 4)
    let marks = [
      Mark.box(Box(x: 0, y: 0, width: 3, height: 3), .data(0)), .box(square, .paper),
      .box(Box(x: 4, y: 4, width: 3, height: 3), .data(0)),
    ]
    let svg = Scene(width: 10, height: 10, title: "T", marks: marks).svg(idPrefix: "x")
    let fills = ParsedSVG(svg).elements.compactMap { $0.attributes["fill"] }.filter { $0.hasPrefix("#") }
    #expect(fills == ["#0072B2", "#FFFFFF", "#0072B2"])
    let veils = [0.0, 1].map { Mark.box(Box(x: $0, y: 0, width: 3, height: 3), .data(0), opacity: 0.5) }
    let veiled = Scene(width: 10, height: 10, title: "T", marks: veils).svg(idPrefix: "x")
    #expect(ParsedSVG(veiled).elements.filter { $0.name == "rect" }.count == 2)
  }

  @Test func colourIsAnAttributeThatRulesFind() {
    let marks = [
      Mark.line(Point(0, 1), Point(8, 1), .data(1), width: 2, dash: [4, 2.5]),
      Mark.symbol(.circle, at: Point(3, 3), .data(0), isHollow: true),
    ]
    let svg = Scene(width: 10, height: 10, title: "T", marks: marks).svg(idPrefix: "x")
    #expect(
      svg.contains(
        "<path d=\"M0 1h8\" stroke=\"#D55E00\" stroke-width=\"2\" stroke-dasharray=\"4 2.5\"/>"
      ))
    #expect(svg.contains(" fill=\"#FFFFFF\" stroke=\"#0072B2\""))
    #expect(Palette.stylesheet.contains("[stroke=\"#D55E00\"]{stroke:var(--chart-data1)}"))
  }

  @Test(arguments: [
    (0.0, "0"), (1, "1"), (-0.001, "0"), (1.005, "1"), (2.5, "2.5"), (-2.26, "-2.3"), (3.04, "3"),
    (99.999, "100"),
    (Double.nan, "0"), (.infinity, "0"), (1e300, "1000000000"),
  ])
  func coordinatesHaveOneDecimal(value: Double, text: String) {
    let scene = Scene(width: 10, height: 10, title: "T", marks: [.line(Point(value, 0), Point(5, 5), .axis)])
    #expect(scene.svg(idPrefix: "x").contains("M\(text) 0"))
  }

  @Test func everyTextSurvivesXML() {
    for text in Nasty.texts {
      let marks = [
        Mark.text(TextRun(text, at: Point(0, 0)), .text, title: text),
        Mark.group([.line(Point(0, 0), Point(1, 1), .axis, title: text)], label: text),
      ]
      let scene = Scene(width: 10, height: 10, title: text, summary: text, marks: marks)
      let svg = scene.svg(idPrefix: text, presence: .focusable, className: text)
      let parsed = ParsedSVG(svg)
      #expect(parsed.error == nil, "\(text.debugDescription)")
      #expect(parsed.forbidden.isEmpty)
      #expect(
        parsed.elements.map(\.name).allSatisfy { ["svg", "title", "desc", "text", "g", "path"].contains($0) })
      let shown = VisibleText.of(text)
      #expect(parsed.elements.first { $0.name == "g" }?.attributes["aria-label"] == shown)
    }
  }
}
