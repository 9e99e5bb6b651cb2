import Glibc

extension Forest {
  /// Where everything is.
  struct Frame {
    let table: RowTable
    let plots: [Box]
    let scales: [Scale]
    let ticks: [Ticks]
    let names: [[String]]
    let nameBottom: Double
    /// Width of each panel's values in words; 0 where there is no room for them.
    let valueWidths: [Double]

    init(_ spec: Forest, _ lines: [RowTable.Line], width: Double) {
      let probe = RowTable(lines, noteHeading: spec.noteHeading, width: width, top: 0)
      let count = Double(spec.panels.count)
      let all = width - Style.margin - probe.plotStart - Style.panelGap * (count - 1)
      let texts = spec.panels.indices.map { index in
        spec.rows.indices.map { TextMetrics.width(of: spec.words($0, index), size: Style.small) }.max() ?? 0
      }
      let wanted = texts.map { min($0, 190) + 10 }
      let hasWords = (all - wanted.reduce(0, +)) / count >= 110
      valueWidths = hasWords ? wanted : wanted.map { _ in 0 }
      let side = max(24, (all - valueWidths.reduce(0, +) - (hasWords ? 0 : 12)) / count)
      names = zip(spec.panels, valueWidths).map {
        TextMetrics.wrap(
          VisibleText.of($0.name), width: side + max($1, 14), size: Style.text, weight: .semibold, lines: 2)
      }
      let nameHeight = Double(names.map(\.count).max() ?? 1) * Style.lineHeight
      nameBottom = Style.margin + nameHeight
      let hasLimit = spec.panels.contains { $0.tolerated != nil && !$0.toleratedLabel.isEmpty }
      let hasHeading = hasLimit || spec.rows.contains { !$0.note.isEmpty }
      let top = Style.margin + nameHeight + (hasHeading ? Style.lineHeight : 0) + 4
      table = RowTable(lines, noteHeading: spec.noteHeading, width: width, top: top)
      var x = table.plotStart
      var plots: [Box] = []
      for valueWidth in valueWidths {
        plots.append(Box(x: x, y: top, width: side, height: table.bottom - top))
        x += side + valueWidth + Style.panelGap
      }
      self.plots = plots
      let tickCount = max(3, min(6, Int(side / 48)))
      scales = zip(spec.panels.indices, plots).map { spec.scale(of: $0, in: $1, tickCount: tickCount) }
      ticks = zip(scales, spec.panels).map { $0.ticks(count: tickCount, format: $1.axis.format) }
    }

    /// Names stand on one line above their plots, however many lines they take.
    func nameTop(_ index: Int) -> Double { nameBottom - Double(names[index].count) * Style.lineHeight }
  }

  /// Covers all estimates, the neutral value and the tolerated region; intervals as far as they go at most
  /// as wide again on each side, beyond which they end in arrowheads.
  func scale(of index: Int, in plot: Box, tickCount: Int) -> Scale {
    let panel = panels[index]
    let kind: Scale.Kind = panel.kind == .ratio ? .log : .linear
    if let range = panel.axis.range {
      return Scale(kind, from: range.lowerBound, to: range.upperBound, start: plot.x, end: plot.maxX)
    }
    func isUsable(_ value: Double) -> Bool {
      value.isFinite && abs(value) < 1e150 && (kind == .linear || value > 1e-150)
    }
    func transformed(_ value: Double) -> Double { kind == .log ? log(value) : value }
    let readings = rows.compactMap { $0.readings.indices.contains(index) ? $0.readings[index] : nil }
    let limits = [panel.tolerated?.lowerBound, panel.tolerated?.upperBound].compactMap { $0 }
    let core = (readings.compactMap(\.drawn) + limits + [panel.kind.neutral]).filter(isUsable).map(
      transformed)
    let low = core.min() ?? 0
    let high = core.max() ?? 0
    let room = max(high - low, kind == .log ? log(1.25) : 0.01)
    let ends = readings.compactMap(\.interval).flatMap { [$0.lower, $0.upper] }.filter(isUsable).map(
      transformed)
    let lower = min(low, max(low - room, ends.min() ?? low))
    let upper = max(high, min(high + room, ends.max() ?? high))
    if kind == .log {
      let pad = max(upper - lower, log(1.25)) * 0.05
      return Scale(.log, from: exp(lower - pad), to: exp(upper + pad), start: plot.x, end: plot.maxX)
    }
    return panel.axis.scale(covering: [lower, upper], start: plot.x, end: plot.maxX, tickCount: tickCount)
  }
}
