/// Writes a scene as compact, deterministic SVG.
struct SVGWriter {
  private(set) var text = ""
  private let prefix: String
  private let presence: Scene.Presence
  private let caption: String?
  private var clips = 0

  init(prefix: String, presence: Scene.Presence, caption: String?) {
    self.prefix = prefix
    self.presence = presence
    self.caption = caption
  }

  mutating func write(_ scene: Scene, className: String) {
    let (width, height) = (SVGWriter.number(scene.width), SVGWriter.number(scene.height))
    // It stands inside a page, which knows the name space; a decoration holds no text.
    let isDecoration = presence == .decorative
    text += "<svg class=\"\(SVGWriter.escaped(className))\" viewBox=\"0 0 \(width) \(height)\""
    text += " width=\"\(width)\" height=\"\(height)\" fill=\"none\""
    if !isDecoration { text += " direction=\"ltr\"" }
    let hasText = scene.leaves.contains { if case .text = $0.shape { true } else { false } }
    if hasText {
      text += " font-family=\"system-ui,sans-serif\" font-size=\"\(SVGWriter.number(Style.small))\""
    }
    writeName(of: scene)
    write(scene.marks)
    text += "</svg>"
  }

  private mutating func writeName(of scene: Scene) {
    if presence == .decorative {
      text += " aria-hidden=\"true\">"
      return
    }
    if let caption {
      text += " role=\"img\" aria-describedby=\"\(SVGWriter.escaped(caption))\">"
      text += "<title>\(SVGWriter.escaped(scene.title))</title>"
      return
    }
    let hasSummary = !scene.summary.isEmpty
    text += presence == .image ? " role=\"img\"" : " role=\"group\""
    text += " aria-labelledby=\"\(prefix)-t\(hasSummary ? " \(prefix)-d" : "")\">"
    text += "<title id=\"\(prefix)-t\">\(SVGWriter.escaped(scene.title))</title>"
    if hasSummary { text += "<desc id=\"\(prefix)-d\">\(SVGWriter.escaped(scene.summary))</desc>" }
  }

  /// Marks that look alike say so once, and lines and shapes of one look are one path.
  private mutating func write(_ marks: [Mark]) {
    let batches = MarkBatch.batches(marks, unfolds: presence != .focusable, look: look)
    for batch in batches {
      let elements = batch.elements
      let isShared = elements.count >= 2 && !batch.look.isEmpty
      if isShared { text += "<g\(batch.look)>" }
      for element in elements { write(element, look: isShared ? "" : batch.look) }
      if isShared { text += "</g>" }
    }
  }

  /// One mark, or several of one kind as one path.
  private mutating func write(_ marks: [Mark], look: String) {
    guard let first = marks.first else { return }
    guard marks.count > 1 else { return write(first, look: look) }
    var data = PathData()
    for mark in marks {
      switch mark.shape {
      case .polyline(let points): data.add(points)
      case .polylines(let lines): for line in lines { data.add(line) }
      case .rect(let box, _): data.add(box.corners, isClosed: true)
      case .symbol(.circle, let point, _): data.add([point, point])
      case .symbol(let symbol, let point, let radius):
        data.add(Mark.corners(of: symbol, at: point, radius: radius), isClosed: true)
      default: break
      }
    }
    text += "<path d=\"\(data.text)\""
    if case .symbol(.circle, _, let radius) = first.shape, let fill = first.fill {
      text += " stroke=\"\(Palette.light[fill].hex)\""
      text += attribute("stroke-width", 2 * radius) + " stroke-linecap=\"round\"/>"
    } else {
      text += look + "/>"
    }
  }

  /// Attributes that do not depend on the place; empty for a group.
  private func look(_ mark: Mark) -> String {
    switch mark.shape {
    case .group: return ""
    case .text(let run): return self.look(run) + paint(mark)
    default: return paint(mark)
    }
  }

  private func look(_ run: TextRun) -> String {
    var text = ""
    switch run.anchor {
    case .start: break
    case .middle: text += " text-anchor=\"middle\""
    case .end: text += " text-anchor=\"end\""
    }
    if run.size != Style.small { text += attribute("font-size", run.size) }
    if run.weight == .semibold { text += " font-weight=\"600\"" }
    return text
  }

  private mutating func write(_ mark: Mark, look: String) {
    switch mark.shape {
    case .polyline(let points): close("path", path(points), mark, look)
    case .polylines(let lines): close("path", path(lines), mark, look)
    case .polygon(let points): close("path", path(points, isClosed: true), mark, look)
    case .rect(let box, let corner):
      close("rect", position(box) + (corner > 0 ? attribute("rx", corner) : ""), mark, look)
    case .symbol(.circle, let point, let radius):
      close(
        "circle", place("cx", point.x) + place("cy", point.y) + attribute("r", radius), mark, look)
    case .symbol(let symbol, let point, let radius):
      close("path", path(Mark.corners(of: symbol, at: point, radius: radius), isClosed: true), mark, look)
    case .text(let run): write(run, mark, look)
    case .group(let group): write(group)
    }
  }

  private mutating func write(_ run: TextRun, _ mark: Mark, _ look: String) {
    text += "<text"
    let (x, y) = (run.at.x, run.at.y)
    if run.isVertical {
      text += place("x", x) + place("y", y)
      text += " dy=\"\(SVGWriter.number(run.baselineShift))\""
      text += " transform=\"rotate(-90 \(SVGWriter.tenths(x)) \(SVGWriter.tenths(y)))\""
    } else {
      text += place("x", x) + place("y", (y + run.baselineShift).rounded())
    }
    text += look + ">" + tooltip(mark) + SVGWriter.escaped(run.text) + "</text>"
  }

  private mutating func write(_ group: Mark.Group) {
    text += "<g"
    var definition = ""
    if let clip = group.clip {
      clips += 1
      let id = "\(prefix)-c\(clips)"
      text += " clip-path=\"url(#\(id))\""
      definition = "<clipPath id=\"\(id)\"><rect\(position(clip))/></clipPath>"
    }
    if let label = group.label, presence == .focusable {
      text += " role=\"img\" tabindex=\"0\" aria-label=\"\(SVGWriter.escaped(label))\""
    }
    text += ">" + definition
    write(group.marks)
    text += "</g>"
  }

  private mutating func close(_ element: String, _ geometry: String, _ mark: Mark, _ look: String) {
    let tip = tooltip(mark)
    text += "<\(element)\(geometry)\(look)"
    text += tip.isEmpty ? "/>" : ">\(tip)</\(element)>"
  }

  private func tooltip(_ mark: Mark) -> String {
    guard presence != .decorative, let title = mark.title, !title.isEmpty else { return "" }
    return "<title>\(SVGWriter.escaped(title))</title>"
  }

  private func paint(_ mark: Mark) -> String {
    var attributes = ""
    if let fill = mark.fill {
      attributes += " fill=\"\(Palette.light[fill].hex)\""
      if mark.fillOpacity < 1 { attributes += attribute("fill-opacity", mark.fillOpacity) }
    }
    if let stroke = mark.stroke {
      attributes += " stroke=\"\(Palette.light[stroke].hex)\""
      if mark.strokeWidth != 1 { attributes += attribute("stroke-width", mark.strokeWidth) }
      if !mark.dash.isEmpty {
        attributes += " stroke-dasharray=\"\(mark.dash.map(SVGWriter.number).joined(separator: " "))\""
      }
    }
    return attributes
  }

  /// A box whose edges lie on tenths of a pixel, so that neighbours meet.
  private func position(_ box: Box) -> String {
    func rounded(_ value: Double) -> Double { value.isFinite ? (value * 10).rounded() / 10 : 0 }
    let (left, top) = (rounded(box.x), rounded(box.y))
    return place("x", left) + place("y", top) + place("width", max(0, rounded(box.maxX) - left))
      + place("height", max(0, rounded(box.maxY) - top))
  }

  private func attribute(_ name: String, _ value: Double) -> String {
    " \(name)=\"\(SVGWriter.number(value))\""
  }

  /// A place or a length, to a tenth of a pixel.
  private func place(_ name: String, _ value: Double) -> String {
    " \(name)=\"\(SVGWriter.tenths(value))\""
  }

  private func path(_ points: [Point], isClosed: Bool = false) -> String {
    var data = PathData()
    data.add(points, isClosed: isClosed)
    return " d=\"\(data.text)\""
  }

  private func path(_ lines: [[Point]]) -> String {
    var data = PathData()
    for line in lines { data.add(line) }
    return " d=\"\(data.text)\""
  }
}

extension Box {
  fileprivate var corners: [Point] {
    let (right, bottom) = (x + max(0, width), y + max(0, height))
    return [Point(x, y), Point(right, y), Point(right, bottom), Point(x, bottom)]
  }
}
