import Charts
import Testing

struct BulletStripTests {
  static func row(
    minimum: Double? = nil, maximum: Double? = nil, _ reading: Reading, kind: Scale.Kind = .linear,
    reference: Double? = nil, status: BulletStrip.Status = .fail
  ) -> BulletStrip.Row {
    BulletStrip.Row(
      "check", detail: "group", status: status, statusText: "WORD", minimum: minimum, maximum: maximum,
      boundText: "bound", kind: kind, reading: reading, valueText: "value", reference: reference)
  }

  static func scene(_ rows: [BulletStrip.Row], width: Double = 1120) -> Scene {
    BulletStrip(title: "T", summary: "S", rows: rows).layout(width: width)
  }

  /// Places of the bounds, of the value and of the hollow diamond of a chart with one row.
  struct Places {
    var limits: [Double] = []
    var value: Double?
    var reference: Double?
    var whisker: (Double, Double)?

    init(_ scene: Scene, ink: Ink) {
      // The last limit and the last symbols belong to the legend.
      for mark in scene.leaves where mark.title != nil || mark.stroke == .limit || mark.stroke == .reference {
        switch mark.shape {
        case .polyline(let points) where mark.stroke == .limit: limits.append(points[0].x)
        case .polyline(let points) where mark.stroke == ink: whisker = (points[0].x, points[1].x)
        case .symbol(.diamond, let point, _): reference = reference ?? point.x
        case .symbol(_, let point, _) where mark.title != nil: value = point.x
        default: break
        }
      }
      limits.removeLast()
    }
  }

  struct Bounded: Sendable {
    var minimum: Double?
    var maximum: Double?
    var value: Double
    var isBeyond: Bool
  }

  static let bounded = [
    Bounded(maximum: 0.05, value: 0.09, isBeyond: true), Bounded(maximum: 0.05, value: 0.01, isBeyond: false),
    Bounded(minimum: 0.8, value: 0.6, isBeyond: true), Bounded(minimum: 0.8, value: 0.9, isBeyond: false),
    Bounded(minimum: 0.8, maximum: 1.25, value: 0.6, isBeyond: true),
    Bounded(minimum: 0.8, maximum: 1.25, value: 1.4, isBeyond: true),
    Bounded(minimum: 0.8, maximum: 1.25, value: 1.2, isBeyond: false),
    Bounded(minimum: 0.8, maximum: 1.25, value: 0.85, isBeyond: false),
  ]

  /// Whatever violates lies right of the bound, for maxima, minima, and either of two bounds.
  @Test(arguments: bounded)
  func violationsLieAtTheRight(bounded: Bounded) throws {
    let (minimum, maximum, value) = (bounded.minimum, bounded.maximum, bounded.value)
    let isBeyond = bounded.isBeyond
    for kind in [Scale.Kind.linear, .log] {
      let reading = Reading(value, value - 0.005, value + 0.005)
      let row = Self.row(minimum: minimum, maximum: maximum, reading, kind: kind, reference: value)
      let scene = Self.scene([row])
      check(scene, "bullets \(value)")
      let places = Places(scene, ink: .bad)
      let limit = try #require(places.limits.max())
      #expect(places.limits.count == (minimum != nil && maximum != nil ? 2 : 1))
      let x = try #require(places.value)
      #expect((x > limit) == isBeyond)
      #expect(places.reference == x, "the same number in the same place")
      if isBeyond { #expect(row.isReversed == (minimum != nil && value < 1)) }
      let whisker = try #require(places.whisker)
      #expect(whisker.0 < x && x < whisker.1)
      #expect((whisker.0 > limit) == isBeyond, "an interval that clears the bound does so in the picture")
    }
  }

  @Test func boundsStandOnOneLine() {
    let scene = Self.scene([
      Self.row(maximum: 0.05, Reading(0.09, 0.04, 0.14)), Self.row(minimum: 0.8, Reading(0.6, 0.5, 0.9)),
      Self.row(maximum: 1e6, Reading(3)),
    ])
    let limits = Places(scene, ink: .bad).limits
    #expect(limits.count == 3 && Set(limits).count == 1)
  }

  /// The tint covers what passes: up to the bound, and between two of them.
  @Test func theTintIsWhatPasses() throws {
    for (minimum, maximum) in [(nil, 0.05), (0.8, nil), (0.8, 1.25)] as [(Double?, Double?)] {
      let scene = Self.scene([Self.row(minimum: minimum, maximum: maximum, Reading(1))])
      let places = Places(scene, ink: .bad)
      let tint = try #require(
        scene.leaves.compactMap { mark -> Box? in
          if mark.fill == .band, case .rect(let box, _) = mark.shape { box } else { nil }
        }.first)
      #expect(tint.maxX == places.limits.max())
      if minimum != nil, maximum != nil { #expect(abs(tint.x - (places.limits.min() ?? 0)) < 1e-9) }
    }
  }

  @Test func verdictsAreWordsAndShapes() {
    var shapes: Set<String> = []
    for status in BulletStrip.Status.allCases {
      let scene = Self.scene([Self.row(maximum: 1, Reading(0.5), status: status)])
      let texts = DotPlotTests.texts(in: scene)
      #expect(texts.contains("WORD") && texts.contains("check") && texts.contains("group"))
      guard
        case .group(let group) = scene.marks.first(where: {
          if case .group = $0.shape { true } else { false }
        })?.shape
      else { continue }
      #expect(group.label == "WORD. check, group: value, bound bound")
      let sign = group.marks.prefix(2).filter { mark in
        if case .text(let run) = mark.shape { return run.text == "?" }
        return true
      }
      shapes.insert("\(sign.map(\.shape))")
    }
    #expect(shapes.count == BulletStrip.Status.allCases.count)
  }

  @Test func aRowWithoutABoundOrAValueIsWritten() {
    let scene = Self.scene([
      Self.row(Reading(0.5)), Self.row(maximum: 0.1, .absent("no positives")),
      Self.row(maximum: .nan, Reading(0.5)), Self.row(minimum: -1, Reading(0.5), kind: .log),
    ])
    #expect(DotPlotTests.texts(in: scene).filter { $0 == "value" }.count == 4)
    check(scene, "unbounded")
    for width in [280.0, 420, 700] {
      check(Self.scene([Self.row(maximum: 1, Reading(0.5))], width: width), "\(width)")
    }
  }
}
