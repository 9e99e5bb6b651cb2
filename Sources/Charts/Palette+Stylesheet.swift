extension Palette {
  /// Rules for a page that holds charts. Every ink is a variable (`--chart-data0`). Marks are painted by presentation
  /// attributes in the light theme's colours, so that a page without these rules is still right; the rules find them by
  /// these colours. Inks of one light colour are one in every theme. Dark by preference or by `data-theme="dark"` on the root element,
  /// light on paper always, system colours where the reader forces them.
  package static let stylesheet: String = {
    let dark = variables(Palette.dark)
    return """
      :root{\(variables(Palette.light))}
      @media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){\(dark)}}
      @media screen{:root[data-theme=dark]{\(dark)}}
      @media (forced-colors:active){:root:root:root{\(forced)}}
      svg.chart{display:block;max-width:100%;height:auto;font-variant-numeric:tabular-nums}
      svg.chart [tabindex]:focus{outline:none}
      svg.chart [tabindex]:focus-visible{outline:2px solid var(--chart-data0);outline-offset:1px}
      svg.glyph{display:inline-block;vertical-align:middle}
      \(rules)

      """
  }()

  private static func variables(_ palette: Palette) -> String {
    unique.map { "--chart-\($0.name):\(palette[$0].hex)" }.joined(separator: ";")
  }

  private static let forced: String = unique.map { ink in
    let system =
      switch ink {
      case .paper, .band, .sequential, .diverging: "Canvas"
      case .grid, .data(3): "GrayText"
      case .data(0): "LinkText"
      case .data(2): "Highlight"
      default: "CanvasText"
      }
    return "--chart-\(ink.name):\(system)"
  }.joined(separator: ";")

  private static let rules: String = {
    var seen: Set<String> = []
    return unique.filter { seen.insert(Palette.light[$0].hex).inserted }.flatMap { ink in
      ["fill", "stroke"].map { "[\($0)=\"\(Palette.light[ink].hex)\"]{\($0):var(--chart-\(ink.name))}" }
    }.joined()
  }()

  /// Roles with a name of their own, in a fixed order.
  private static let unique: [Ink] = {
    var seen: Set<String> = []
    return Ink.all.filter { seen.insert($0.name).inserted }
  }()
}
