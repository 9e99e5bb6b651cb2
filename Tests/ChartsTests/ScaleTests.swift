import Charts
import TestSupport
import Testing

struct ScaleTests {
  @Test func positionsAndValuesAreInverse() {
    for kind in [Scale.Kind.linear, .log] {
      let scale = Scale(kind, from: 0.02, to: 7, start: 300, end: 40)
      #expect(isClose(scale.position(0.02), 300) && isClose(scale.position(7), 40))
      for value in [0.02, 0.1, 0.5, 1, 3.3, 7] {
        #expect(isClose(scale.value(at: scale.position(value)), value, within: 1e-9))
      }
      #expect(scale.position(.infinity) == scale.position(99))
      #expect(scale.position(-.infinity) == 300)
      #expect(scale.position(.nan) == 300)
    }
  }

  @Test func anyDomainCanBeDrawn() {
    for low in Nasty.numbers {
      for high in Nasty.numbers {
        for kind in [Scale.Kind.linear, .log] {
          let scale = Scale(kind, from: low, to: high, start: 10, end: 200)
          #expect(scale.lower < scale.upper)
          for value in Nasty.numbers {
            let x = scale.position(value)
            #expect(x >= 10 - 1e-6 && x <= 200 + 1e-6, "\(kind) \(low) \(high) \(value) \(x)")
          }
          let ticks = scale.ticks(count: 5)
          #expect(ticks.values.count == ticks.labels.count && ticks.values.count < 50)
          #expect(ticks.values.allSatisfy { $0.isFinite })
        }
      }
    }
  }

  @Test func ticksAreRound() {
    #expect(Ticks.linear(0, 1, count: 5).labels == ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"])
    #expect(Ticks.linear(0.4, 0.8, count: 4).values == [0.4, 0.5, 0.6, 0.7, 0.8])
    #expect(Ticks.linear(0, 0.3, count: 3, format: .percent).labels == ["0%", "10%", "20%", "30%"])
    #expect(Ticks.linear(-0.05, 0.05, count: 4).labels == ["−0.04", "−0.02", "0.00", "0.02", "0.04"])
    #expect(Ticks.linear(0, 40000, count: 4).labels == ["0", "10,000", "20,000", "30,000", "40,000"])
    #expect(Ticks.log(0.5, 2, count: 5).labels == ["0.5", "0.8", "1", "1.25", "2"])
    #expect(Ticks.log(0.001, 1000, count: 4).labels.contains("1"))
    let labels = Ticks.linear(0.951, 0.953, count: 5).labels
    #expect(Set(labels).count == labels.count)
  }

  @Test func axesCoverTheDataAndKeepToTheirLimits() {
    let rate = AxisSpec.rate.scale(
      covering: [0.62, 0.999, .nan, .infinity], start: 0, end: 100, tickCount: 4)
    #expect(rate.lower == 0.6 && rate.upper == 1)
    let equal = AxisSpec.rate.scale(covering: [1, 1], start: 0, end: 100, tickCount: 4)
    #expect(equal.lower < 1 && equal.contains(1))
    let none = AxisSpec.rate.scale(covering: [.nan], start: 0, end: 100, tickCount: 4)
    #expect(none.lower == 0 && none.upper == 1)
    let asked = AxisSpec(range: -1...1).scale(covering: [5], start: 0, end: 100, tickCount: 4)
    #expect(asked.lower == -1 && asked.upper == 1)
  }
}
