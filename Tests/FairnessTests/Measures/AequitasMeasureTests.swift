import Metrics
import TestSupport
import Testing

@testable import Fairness

/// Aequitas' published numbers: CONFORMANCE.md A2 (compas_demo.ipynb) and C-verbatim conf5 (aequitas 1.1.0).
@Suite struct AequitasMeasureTests {
  private static let order: [AuditMetric] = [
    .ppr, .pprev, .precision, .fdr, .falseOmission, .fpr, .fnr, .tpr, .tnr, .npv,
  ]

  private static func check(_ audit: Audit, _ name: String, _ values: [Double]) {
    guard let group = audit.groups.first(where: { $0.name == name }) else {
      Issue.record("no group \(name)")
      return
    }
    for (metric, value) in zip(order, values) {
      let found = audit.disparity(metric, group)
      // Six decimals are published.
      #expect(
        found.value.map { abs($0 - value) <= 0.500001e-6 } == true, "\(name) \(metric): \(found), \(value)")
    }
  }

  /// A2, published cell 51.
  @Test func `Majority reference`() {
    let expected: [(groups: [GroupCounts], name: String, values: [Double])] = [
      (
        Compas.races, "Asian",
        [0.003680, 0.425023, 1.191015, 0.675155, 0.357613, 0.193897, 1.191103, 0.925737, 1.655468, 1.345202]
      ),
      (
        Compas.races, "Caucasian",
        [0.392824, 0.591638, 0.939052, 1.103650, 0.824297, 0.522987, 1.705274, 0.725927, 1.387874, 1.094418]
      ),
      (
        Compas.races, "Hispanic",
        [0.087397, 0.507092, 0.860874, 1.236600, 0.825630, 0.478997, 1.986883, 0.616493, 1.423644, 1.093702]
      ),
      (
        Compas.races, "Native American",
        [0.005520, 1.133395, 1.191015, 0.675155, 0.476817, 0.836180, 0.357331, 1.249744, 1.133207, 1.281145]
      ),
      (
        Compas.races, "Other",
        [0.036339, 0.356253, 0.864366, 1.230663, 0.864031, 0.328989, 2.418028, 0.448947, 1.545620, 1.073066]
      ),
      (
        Compas.sexes, "Female",
        [0.216801, 0.904348, 0.806925, 1.336425, 0.734738, 0.990343, 1.055810, 0.967101, 1.004633, 1.130710]
      ),
      (
        Compas.ages, "Greater than 45",
        [0.204782, 0.533914, 0.879232, 1.192804, 0.746232, 0.503031, 1.531238, 0.682963, 1.248989, 1.121136]
      ),
      (
        Compas.ages, "Less than 25",
        [0.519231, 1.395369, 1.040293, 0.935673, 1.313873, 1.621868, 0.696781, 1.180958, 0.688435, 0.850173]
      ),
    ]
    for (groups, name, values) in expected { Self.check(Audit(groups, reference: .majority), name, values) }
    let audit = Audit(Compas.races, reference: .majority)
    #expect(audit.reference(for: .fpr)?.name == "African-American")
  }

  /// C-verbatim conf5, Caucasian reference, and A2 cell 48, Hispanic reference.
  @Test func `Predefined references`() {
    let white = Audit(Compas.races, reference: .named("Caucasian"))
    let table: [(String, [Double])] = [
      (
        "African-American",
        [2.545667, 1.690224, 1.064904, 0.906085, 1.213154, 1.912093, 0.586416, 1.377549, 0.720526, 0.913728]
      ),
      (
        "Asian",
        [0.009368, 0.718384, 1.268317, 0.611748, 0.433839, 0.370749, 0.698482, 1.275248, 1.192808, 1.229148]
      ),
      ("Caucasian", [Double](repeating: 1, count: 10)),
      (
        "Hispanic",
        [0.222482, 0.857099, 0.916748, 1.120464, 1.001616, 0.915887, 1.165140, 0.849249, 1.025773, 0.999346]
      ),
      (
        "Native American",
        [0.014052, 1.915691, 1.268317, 0.611748, 0.578453, 1.598854, 0.209544, 1.721584, 0.816506, 1.170618]
      ),
      (
        "Other",
        [0.092506, 0.602147, 0.920466, 1.115085, 1.048203, 0.629057, 1.417970, 0.618447, 1.113660, 0.980490]
      ),
    ]
    for (name, values) in table { Self.check(white, name, values) }
    let hispanic = Audit(Compas.races, reference: .named("Hispanic"))
    Self.check(
      hispanic, "African-American",
      [11.442105, 1.972030, 1.161610, 0.808669, 1.211197, 2.087696, 0.503301, 1.622079, 0.702423, 0.914326])
    Self.check(
      hispanic, "Caucasian",
      [4.494737, 1.166727, 1.090812, 0.892487, 0.998387, 1.091838, 0.858266, 1.177511, 0.974874, 1.000654])
    let some: [(Int, AuditMetric, Double)] = [
      (1, .fpr, 0.404798), (1, .pprev, 0.838158), (4, .fpr, 1.745690), (4, .pprev, 2.235088),
      (5, .fpr, 0.686829), (5, .pprev, 0.702541),
    ]
    for (group, metric, value) in some {
      let found = hispanic.disparity(metric, Compas.races[group]).value
      #expect(found.map { abs($0 - value) <= 0.500001e-6 } == true)
    }
  }

  /// C-verbatim conf5: each group's parities, the Caucasian, Male and 25 - 45 groups as references.
  private static let parities: [(groups: [GroupCounts], reference: String, rows: [String: String])] = [
    (
      Compas.races, "Caucasian",
      [
        "African-American": "FFTFTFFFTTFFFFF", "Asian": "FFFFFFFTTFFFFFF", "Caucasian": "TTTTTTTTTTTTTTT",
        "Hispanic": "FTTTTTTTTTTTTFT", "Native American": "FFFFFFFTTFFFFFF", "Other": "FFTFTFFTTTFFFFF",
      ]
    ),
    (Compas.sexes, "Male", ["Female": "FTFTFTTTTTFFTFF", "Male": "TTTTTTTTTTTTTTT"]),
    (
      Compas.ages, "25 - 45",
      [
        "25 - 45": "TTTTTTTTTTTTTTT", "Greater than 45": "FFTFFFFTTTFFFFF",
        "Less than 25": "FFTFFFTFTTFFFFF",
      ]
    ),
  ]

  @Test func `Parities of groups, attributes and all`() {
    // A2, cells 75 and 77.
    let attributes = ["FFFFFFFFTFFFFFF", "FTFTFTTTTTFFTFF", "FFTFFFFFTTFFFFF"]
    for tool in [nil, Compatibility.aequitas] {
      let audits = Self.parities.map { Audit($0.groups, reference: .named($0.reference), as: tool) }
      for (audit, expected) in zip(audits, Self.parities) {
        for group in audit.groups {
          let found = AuditParity.allCases.map { audit.verdict($0, group) == .fair ? "T" : "F" }
          #expect(found.joined() == expected.rows[group.name], "\(group.name)")
        }
      }
      for (audit, expected) in zip(audits, attributes) {
        #expect(AuditParity.allCases.map { audit.verdict($0) == .fair ? "T" : "F" }.joined() == expected)
      }
      let overall = Audit.overall(audits)
      #expect([overall.unsupervised, overall.supervised, overall.overall].allSatisfy { $0 == .unfair })
    }
  }

  private static let toy = [Compas.group("a", 2, 1, 0, 1), Compas.group("b", 0, 0, 1, 3)]

  /// C-verbatim conf5, zero cells: x/0 is 10 and an undefined part fails in Aequitas.
  @Test func `Zero cells as Aequitas has them`() {
    let audit = Audit(Self.toy, reference: .named("b"), as: .aequitas)
    let nan = Double.nan
    let expected: [[Double]] = [
      [10, 10, nan, nan, 0, 10, 0, 10, 0.5, 4.0 / 3], [nan, nan, nan, nan, 1, nan, 1, nan, 1, 1],
    ]
    for (group, values) in zip(Self.toy, expected) {
      for (metric, value) in zip(Self.order, values) {
        #expect(isClose(audit.disparity(metric, group).value ?? .nan, value), "\(group.name) \(metric)")
      }
    }
    func text(_ verdict: Audit.Verdict) -> String {
      switch verdict {
      case .fair: "T"
      case .unfair: "F"
      case .undefined: "-"
      }
    }
    let rows = ["FF-FFFFFF-FFFFF", "----TT-TT--T--F"]
    for (group, row) in zip(Self.toy, rows) {
      #expect(AuditParity.allCases.map { text(audit.verdict($0, group)) }.joined() == row, "\(group.name)")
    }
    #expect(AuditParity.allCases.map { text(audit.verdict($0)) }.joined() == "FF-FFFFFF-FFFFF")
    let overall = Audit.overall([audit])
    #expect([overall.unsupervised, overall.supervised, overall.overall].allSatisfy { $0 == .unfair })
  }

  @Test func `Zero cells told honestly`() {
    let audit = Audit(Self.toy, reference: .named("b"))
    #expect(audit.disparity(.tpr, Self.toy[0]) == .value(.infinity))
    #expect(audit.verdict(.truePositive, Self.toy[0]) == .unfair)
    #expect(audit.disparity(.precision, Self.toy[0]) == .undefined("no predicted positives in b"))
    // Type I is undefined and Type II holds: nothing failed, nothing is shown.
    guard case .undefined = audit.verdict(.supervised, Self.toy[1]) else {
      Issue.record("an undefined part was taken for a failure")
      return
    }
    let minimum = Audit(Compas.races, reference: .minimum)
    #expect(minimum.reference(for: .fpr)?.name == "Asian")
    #expect(minimum.reference(for: .ppr)?.name == "Asian")
    #expect(minimum.reference(for: .pprev)?.name == "Other")
    #expect(Audit(Compas.races, reference: .named("none")).disparity(.fpr, Compas.black).value == nil)
  }

  /// C-verbatim conf8: fairmodels' parity loss against the Caucasian group.
  @Test func `Parity loss`() {
    let audit = Audit(Compas.races, reference: .named("Caucasian"))
    #expect(isMeasured(audit.parityLoss(.fpr), 2.66111170, within: 1e-8))
    #expect(isMeasured(audit.parityLoss(.tpr), 1.75063766, within: 1e-8))
    #expect(isMeasured(audit.parityLoss(.pprev), 2.16714637, within: 1e-8))
    #expect(Audit(Self.toy, reference: .named("b")).parityLoss(.precision).value == nil)
    #expect(Audit(Self.toy, reference: .named("b")).parityLoss(.falseOmission) == .value(.infinity))
  }
}
