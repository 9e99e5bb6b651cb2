import Charts
import Testing

struct NumberTextTests {
  @Test(arguments: [
    (0.0, "0.000"), (0.7119, "0.712"), (-0.0456, "−0.046"), (1, "1.000"), (9.9996, "10.000"), (12.34, "12.3"),
    (99.96, "100.0"), (1234.4, "1,234"), (1_234_567.6, "1,234,568"), (1e6, "1,000,000"),
    (-999_999_999.4, "−999,999,999"), (1_234_567_890, "1.23×10⁹"), (1e9, "10⁹"), (9.999e9, "10¹⁰"),
    (0.0004, "4×10⁻⁴"),
    (9.96e-5, "10⁻⁴"),
    (.infinity, "∞"), (-.infinity, "−∞"), (.nan, "—"), (1e308, "10³⁰⁸"), (1e-300, "10⁻³⁰⁰"),
    (.leastNonzeroMagnitude, "4.9×10⁻³²⁴"), (.greatestFiniteMagnitude, "1.8×10³⁰⁸"),
  ])
  func values(value: Double, text: String) {
    #expect(NumberText.value(value) == text)
  }

  @Test func signsPercentAndCounts() {
    #expect(NumberText.value(0.05, isSigned: true) == "+0.050")
    #expect(NumberText.value(0, isSigned: true) == "0.000")
    #expect(NumberText.value(0.1234, .percent) == "12.3%")
    #expect(NumberText.value(0.0123, .percent) == "1.2%")
    #expect(NumberText.value(1, .percent) == "100%")
    #expect(NumberText.count(1_234_567) == "1,234,567")
    #expect(NumberText.count(-12) == "−12")
    #expect(NumberText.count(.nan) == "—")
    #expect(NumberText.count(1e20) == "10²⁰")
    #expect(NumberText.short(0.5) == "0.5")
    #expect(NumberText.short(100) == "100")
    #expect(NumberText.short(1e-5) == "10⁻⁵")
    #expect(NumberText.interval(0.7, 0.6, .infinity) == "0.700 [0.600, ∞]")
    #expect(NumberText.interval(0.7, nil, 0.8) == "0.700")
  }
}
