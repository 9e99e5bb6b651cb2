import Charts
import TestSupport

extension Nasty {
  /// Every kind of chart, filled with what the corpus holds: `count` groups, drawn by a seed.
  static func charts(seed: UInt64, count: Int) -> [(String, any Chart)] {
    let source = NastySource(seed: seed, count: count)
    return [
      ("dots", source.dots()), ("forest", source.forest()), ("curves", source.curves()),
      ("calibration", source.calibration()), ("scores", source.scores()), ("heat", source.heat()),
      ("confusion", source.confusion()), ("glyph", source.glyph()), ("bullets", source.bullets()),
      ("importance", source.importance()), ("effect", source.effect()), ("waterfall", source.waterfall()),
      ("scatter", source.scatter()),
      ("trend", source.trend()),
      ("sweep", source.sweep()), ("trade", source.trade()), ("classes", source.classes()),
      ("quantiles", source.quantiles()), ("shares", source.shares()), ("actual", source.actual()),
    ]
  }
}

/// Draws texts, numbers and charts from the corpus.
private final class NastySource {
  var random: SplitMix
  let count: Int

  init(seed: UInt64, count: Int) {
    random = SplitMix(seed: seed)
    self.count = count
  }

  func text() -> String { Nasty.texts.randomElement(using: &random) ?? "" }
  func number() -> Double { Nasty.numbers.randomElement(using: &random) ?? 0 }
  func flag() -> Bool { Bool.random(using: &random) }
  func reading() -> Reading {
    flag() ? Reading(number(), number(), number(), isUnstable: flag()) : .absent(text())
  }
  func readings(_ count: Int) -> [Reading] { (0..<count).map { _ in reading() } }
  func points() -> [Point] { (0..<count).map { _ in Point(number(), number()) } }

  func dots() -> DotPlot {
    let panels = Int.random(in: 0...4, using: &random)
    return DotPlot(
      title: text(), summary: text(),
      panels: (0..<panels).map { _ in .init(text(), reference: ReferenceLine(number(), text())) },
      rows: (0..<count).map {
        .init(text(), note: text(), readings: readings($0 % 5), isReference: $0 == 1)
      },
      noteHeading: text(), unstableLegend: text())
  }

  func classes() -> ClassGrid {
    func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in number() } }
    let size = count == 0 ? 0 : Int.random(in: 1...12, using: &random)
    return ClassGrid(
      title: text(), summary: text(),
      groups: (0..<count).map { _ in
        .init(
          text(), note: text(),
          counts: (0..<Int.random(in: 0...13, using: &random)).map { _ in numbers(size) })
      }, classes: (0..<size).map { _ in text() })
  }

  func quantiles() -> QuantileStrip {
    QuantileStrip(
      title: text(), summary: text(),
      rows: (0..<count).map { place in
        .init(
          text(), note: text(), quantiles: (0..<place % 7).map { _ in number() }, isUnstable: flag(),
          isReference: place == 0)
      }, axisName: text(), lessLabel: text(), moreLabel: text(), boxLegend: text(), lineLegend: text(),
      unstableLegend: text())
  }

  func shares() -> ShareStrip {
    ShareStrip(
      title: text(), summary: text(),
      series: (0..<(count == 0 ? 0 : Int.random(in: 1...5, using: &random))).map { _ in text() },
      rows: (0..<count).map { place in
        .init(text(), note: text(), shares: (0..<place % 6).map { _ in number() })
      }, axisName: text())
  }

  func actual() -> CalibrationPlot {
    var plot = calibration()
    let ends = [number(), number()].map { $0.isFinite ? max(-1e12, min(1e12, $0)) : 0 }.sorted()
    plot.domain = ends[0]...ends[1]
    return plot
  }

  func sweep() -> ThresholdSweep {
    func numbers() -> [Double] { (0..<count).map { _ in number() } }
    return ThresholdSweep(
      title: text(), summary: text(), thresholds: numbers(), groups: (0..<count).map { _ in text() },
      columns: (0..<Int.random(in: 0...4, using: &random)).map { _ in
        .init(
          text(), rates: (0..<count).map { _ in numbers() }, gapName: text(), gap: numbers(),
          limit: flag() ? number() : nil)
      }, current: flag() ? number() : nil, xLabel: text(), limitLegend: text())
  }

  func trade() -> ParetoPlot {
    func place() -> ParetoPlot.Place { ParetoPlot.Place(gap: reading(), quality: reading(), note: text()) }
    return ParetoPlot(
      title: text(), summary: text(), gapLabel: text(),
      panels: (0..<Int.random(in: 0...3, using: &random)).map { _ in
        .init(
          text(),
          frontiers: (0..<Int.random(in: 0...5, using: &random)).map { _ in
            .init(text(), points: (0..<count).map { _ in place() })
          }, current: count > 0 && flag() ? place() : nil,
          baseline: count > 0 && flag() ? place() : nil)
      }, limit: flag() ? number() : nil, currentLegend: text(), baselineLegend: text())
  }

  func bullets() -> BulletStrip {
    BulletStrip(
      title: text(), summary: text(),
      rows: (0..<count).map { place in
        .init(
          text(), detail: text(), status: BulletStrip.Status.allCases[place % 4], statusText: text(),
          minimum: flag() ? number() : nil, maximum: flag() ? number() : nil, boundText: text(),
          kind: flag() ? .log : .linear, reading: reading(), valueText: text(),
          reference: flag() ? number() : nil, domain: flag() ? 0...1 : 0...Double.infinity)
      }, referenceLegend: text(), unstableLegend: text())
  }

  func trend() -> TrendPlot {
    TrendPlot(
      title: text(), summary: text(),
      entries: (0..<count).map { place in
        .init(
          text(), reading: reading(), valueText: text(),
          status: TrendPlot.Status.allCases[place % TrendPlot.Status.allCases.count],
          minimum: flag() ? number() : nil, maximum: flag() ? number() : nil, isBreak: flag(),
          changes: flag() ? TrendPlot.Change.allCases : [])
      }, isCount: flag())
  }

  func forest() -> Forest {
    Forest(
      title: text(), summary: text(),
      panels: [
        .init(
          text(), .difference, tolerated: -0.1...(.infinity), toleratedLabel: text(), lessLabel: text(),
          moreLabel: text()),
        .init(text(), .ratio, tolerated: 0.8...1.25, toleratedLabel: text(), moreLabel: text()),
      ],
      rows: (0..<count).map {
        .init(text(), note: text(), weight: number(), readings: readings($0 % 3), isReference: $0 == 0)
      },
      unstableLegend: text())
  }

  func curves() -> CurvePlot {
    CurvePlot(
      flag() ? .roc : .precisionRecall, title: text(),
      series: (0..<count).map {
        .init(
          text(), detail: text(), points: points(), operating: .init(x: reading(), y: reading()),
          prevalence: number(),
          isUnstable: $0 == 2, isReference: $0 == 1)
      }, operatingLegend: text())
  }

  func calibration() -> CalibrationPlot {
    CalibrationPlot(
      title: text(),
      groups: (0..<count).map { _ in
        .init(
          text(), note: text(),
          bins: (0..<3).map {
            .init(predicted: number(), observed: reading(), count: number(), range: Double($0) / 3...1)
          })
      }, unstableLegend: text())
  }

  func scores() -> ScoreDistribution {
    ScoreDistribution(
      flag() ? .cumulative : .mirrored, title: text(), edges: [-1e9, 0, 0.5, 1e12],
      outcomes: [text(), text()],
      groups: (0..<count).map { _ in
        .init(text(), note: text(), counts: [[number(), number()], [1, number(), 3, 4, 5]])
      },
      threshold: ReferenceLine(number(), text()))
  }

  func heat() -> HeatGrid {
    HeatGrid(
      title: text(), rowLabels: (0..<count).map { _ in text() },
      columnLabels: (0..<max(1, count / 2)).map { _ in text() },
      rowHeading: text(), columnHeading: text(),
      cells: (0..<count).map { row in
        (0..<(row % 4)).map { _ in flag() ? .init(reading(), note: text()) : nil }
      },
      ramp: flag() ? .sequential() : .diverging(around: number()),
      unstableLegend: text())
  }

  func confusion() -> ConfusionGrid {
    ConfusionGrid(
      title: text(),
      groups: (0..<count).map { _ in
        .init(
          text(), note: text(), truePositives: number(), falseNegatives: number(),
          falsePositives: number(),
          trueNegatives: number())
      }, rowLabels: [text(), text()], columnLabels: [text()])
  }

  func importance() -> ImportancePlot {
    let panels = Int.random(in: 1...4, using: &random)
    return ImportancePlot(
      title: text(), summary: text(),
      panels: (0..<panels).map { _ in .init(text(), note: text(), lessLabel: text(), moreLabel: text()) },
      rows: (0..<count).map { _ in
        .init(
          text(), note: text(),
          cells: readings(panels).map {
            .init($0, shuffle: number(), repeats: [number(), number()], reference: flag() ? number() : nil)
          })
      }, noteHeading: text(), sharesScale: flag(), hasZero: flag(), unstableLegend: text(),
      referenceLegend: text(), intervalLegend: text())
  }

  func effect() -> EffectPlot {
    let panels = Int.random(in: 1...7, using: &random)
    func numbers() -> [Double] { (0..<count).map { _ in number() } }
    return EffectPlot(
      title: text(), summary: text(), xLabel: text(), grid: numbers().sorted { !($0 >= $1) },
      panels: (0..<panels).map { _ in
        .init(
          text(), yLabel: flag() ? "ALE" : text(),
          series: (0...Int.random(in: 0...3, using: &random)).map {
            .init(
              text(), values: numbers(), halfWidths: flag() ? numbers() : [],
              support: (0..<count).map { _ in Int(random.next() % 40) }, isReference: $0 == 0)
          }, individual: flag() ? [numbers(), [number()]] : [])
      }, ribbonLegend: text(), supportLegend: text())
  }

  func waterfall() -> Waterfall {
    Waterfall(
      title: text(), summary: text(), parts: readings(count).map { .init(text(), $0) },
      total: .init(text(), reading()), lessLabel: text(), moreLabel: text(), intervalLegend: text())
  }

  func scatter() -> SliceScatter {
    SliceScatter(
      title: text(), summary: text(),
      panels: (0..<Int.random(in: 1...4, using: &random)).map { _ in
        .init(
          text(), rate: number(), whole: number(), counts: text(),
          dots: (0..<count).map { _ in
            .init(text(), size: number(), gap: number(), degree: Int(random.next() % 5), isSure: flag())
          })
      }, critical: 1.96, level: text())
  }

  func glyph() -> CellGlyph {
    let top = number().magnitude
    return CellGlyph(reading(), range: 0...(top.isNaN ? 1 : top), reference: number())
  }
}
