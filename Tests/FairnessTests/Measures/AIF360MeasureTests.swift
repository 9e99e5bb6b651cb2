import Glibc
import Metrics
import TestSupport
import Testing

@testable import Fairness

/// AIF360's published numbers: CONFORMANCE.md A4 (its unit tests) and C-verbatim conf4 (aif360 0.6.1 on COMPAS).
@Suite struct AIF360MeasureTests {
  /// A4: tests/test_classification_metric.py.
  @Test func `Unit tests of the entropy indices`() {
    let labels = [1, 0, 0, 1, 0, 0, 1, 0, 1, 1]
    let groupOf = [0, 0, 1, 1, 1, 1, 2, 2, 2, 2]
    func inequality(_ decisions: [Int], by code: [Int]) -> Inequality {
      Inequality(
        Set(code).sorted().map { group in
          let rows = labels.indices.filter { $0 < code.count && code[$0] == group }
          return Inequality.Group("\(group)", rows.map { Double(decisions[$0] - labels[$0] + 1) })
        })
    }
    let first = inequality([1, 0, 0, 0, 1, 1, 1, 0, 1, 0], by: groupOf)
    #expect(isMeasured(first.entropyIndex(), 0.2))
    #expect(isMeasured(first.theilIndex, 4 * log(2.0) / 10))
    let means = [1, 1, 1.25, 1.25, 1.25, 1.25, 0.75, 0.75, 0.75, 0.75]
    #expect(isMeasured(first.betweenGroups(), means.reduce(0) { $0 + $1 * $1 - 1 } / 20))
    #expect(isMeasured(inequality([0, 1, 1, 0, 0, 0, 0, 1, 1, 1], by: groupOf).entropyIndex(), 0.3))
    // test_between_group: labels 1 0 0 1 0 0, the first two unprivileged.
    let pair = inequality([0, 0, 0, 0, 1, 1], by: [0, 0, 1, 1, 1, 1])
    let benefits = [0.5, 0.5, 1.25, 1.25, 1.25, 1.25]
    #expect(isMeasured(pair.betweenGroups(), benefits.reduce(0) { $0 + $1 * $1 - 1 } / 12))
  }

  /// A4: tests/test_classification_metric.py, test_generalized_binary_confusion_matrix and
  /// test_multiclass_confusion_matrix (classes 0 and 1 favourable).
  @Test func `Unit tests of generalised counts`() {
    let labels: [UInt8] = [1, 1, 1, 1, 1, 1, 0, 1, 1, 0]
    let scores = [0.8, 0.6, 0.7, 0.8, 0.36, 0.82, 0.79, 0.42, 0.81, 0.3]
    let counts = GeneralizedCounts("all", scores: scores, labels: labels)
    #expect(isClose(counts.truePositives, 5.31))
    #expect(isClose(counts.falsePositives, 1.09))
    #expect(isClose(counts.truePositives + counts.falseNegatives, 8))
    #expect(isMeasured(counts.trueNegativeRate, 1 - 1.09 / 2))
    let reference = Compas.group("0 and 1", 4, 0, 1, 1)
    let focal = Compas.group("2", 3, 0, 0, 1)
    let all = GroupCounts.total([focal, reference])
    #expect([all.truePositives, all.falseNegatives, all.trueNegatives, all.falsePositives] == [7, 1, 2, 0])
    let pair = GroupPair(focal: focal, reference: reference)
    #expect(isMeasured(pair.difference(.falseNegativeRate), -0.2))
  }

  /// A4 and C-verbatim ger.py: base rates of German credit.
  @Test func `German base rates`() {
    let cells = [(143, 205), (58, 105), (447, 605), (52, 85)].enumerated().map { index, cell in
      Compas.group("\(index)", cell.0, 0, 0, cell.1 - cell.0)
    }
    let rates = [0.697560975609756, 0.5523809523809524, 0.7388429752066116, 0.611764705882353]
    for (cell, rate) in zip(cells, rates) { #expect(isMeasured(cell.rate(.prevalence), rate)) }
    // One group against the rest.
    let expected = [0.0030679552, 0.16493748337323755, -0.0983366461, 0.0964320154]
    for (index, value) in expected.enumerated() {
      let rest = GroupCounts.total(cells.indices.filter { $0 != index }.map { cells[$0] })
      let pair = GroupPair(focal: rest, reference: cells[index])
      #expect(isMeasured(pair.labelParityDifference, value, within: 1e-9), "\(index)")
    }
  }

  private struct Published {
    let spd, di, eod, aod, apvd, labelSPD, labelDI, theil, ge2, geHalf, cv, edfLabel, edf, amplification,
      cdd: Double
    let between: [Double: Double]
    let imbalance, kl: Double
  }

  private static func check(_ focal: GroupCounts, _ reference: GroupCounts, _ expected: Published) {
    let pair = GroupPair(focal: focal, reference: reference)
    let groups = [focal, reference]
    let inequality = Inequality(groups.map { .init($0) })
    let found: [(String, MeasureValue, Double)] = [
      ("SPD", pair.statisticalParityDifference, expected.spd), ("DI", pair.disparateImpact, expected.di),
      ("EOD", pair.equalOpportunityDifference, expected.eod),
      ("AOD", pair.averageOddsDifference, expected.aod),
      ("AAOD", pair.averageAbsoluteOddsDifference, abs(expected.aod)),
      ("APVD", pair.averagePredictiveValueDifference, expected.apvd),
      ("label SPD", pair.labelParityDifference, expected.labelSPD),
      ("label DI", pair.labelDisparateImpact, expected.labelDI),
      ("Theil", inequality.theilIndex, expected.theil), ("GE2", inequality.entropyIndex(), expected.ge2),
      ("GE.5", inequality.entropyIndex(alpha: 0.5), expected.geHalf),
      ("CV", inequality.coefficientOfVariation, expected.cv),
      ("EDF label", DifferentialFairness.ofLabels(groups), expected.edfLabel),
      ("EDF", DifferentialFairness.ofDecisions(groups), expected.edf),
      ("amplification", DifferentialFairness.biasAmplification(groups), expected.amplification),
      ("CDD", ConditionalDisparity.acrossGroups(groups), expected.cdd),
      ("CI", GroupPair(focal: focal, reference: reference, as: .aif360).classImbalance, expected.imbalance),
      (
        "KL",
        OutcomeDistributions(
          reference: [reference.negatives, reference.positives], focal: [focal.negatives, focal.positives]
        ).kullbackLeibler, expected.kl
      ),
    ]
    for (name, measured, value) in found {
      #expect(isMeasured(measured, value, within: 1e-9), "\(name): \(measured), \(value)")
    }
    #expect(inequality.entropyIndex(alpha: 0) == .value(.infinity))
    for (alpha, value) in expected.between {
      // AIF360 divides α = 0 by the mean benefit once too often.
      let all = GroupCounts.total(groups)
      let excess = alpha == 0 ? all.size / (all.size + all.falsePositives - all.falseNegatives) : 1
      #expect(
        isMeasured(inequality.betweenGroups(alpha: alpha).map { $0 * excess }, value, within: 1e-9),
        "\(alpha)")
    }
  }

  /// C-verbatim conf4, AA vs Caucasian, label 1.
  @Test func `COMPAS, African-American against Caucasian`() {
    Self.check(
      Compas.black, Compas.white,
      Published(
        spd: 0.2402002032, di: 1.6902240032, eod: 0.1973729638, aod: 0.2056489598, apvd: 0.0498974978,
        labelSPD: 0.1206967951, labelDI: 1.3066148396, theil: 0.2276492548, ge2: 0.1654350010,
        geHalf: 0.3820092462, cv: 0.5752130058, edfLabel: 0.2673221100, edf: 0.5246426108,
        amplification: 0.2573205008, cdd: -0.0465412027,
        between: [0: 0.001612566451, 1: 0.001639883203, 2: 0.001626075654, 0.5: 0.001647194048],
        imbalance: 0.2019512195, kl: 0.0293110494))
    Self.check(
      Compas.black.withClassesExchanged, Compas.white.withClassesExchanged,
      Published(
        spd: -0.2402002032, di: 0.6315929383, eod: -0.2139249558, aod: -0.2056489598, apvd: -0.0498974978,
        labelSPD: -0.1206967951, labelDI: 0.8009476243, theil: 0.2563807427, ge2: 0.1837025279,
        geHalf: 0.4360888208, cv: 0.6061394690, edfLabel: 0.2673221100, edf: 0.5246426108,
        amplification: 0.2573205008, cdd: 0.0465412027,
        between: [0: 0.001827319842, 1: 0.001791951599, 2: 0.001805628835, 0.5: 0.001785567926],
        imbalance: 0.2019512195, kl: 0.0293110494))
  }

  /// C-verbatim conf4, sex, Female privileged.
  @Test func `COMPAS, men against women`() {
    let (female, male) = (Compas.sexes[0], Compas.sexes[1])
    Self.check(
      male, female,
      Published(
        spd: 0.0448094581, di: 1.1057685178, eod: 0.0206981212, aod: 0.0119144002, apvd: 0.1051178635,
        labelSPD: 0.1161160972, labelDI: 1.3252649712, theil: 0.2350176339, ge2: 0.1699694330,
        geHalf: 0.3962525300, cv: 0.5830427652, edfLabel: 0.2813352619, edf: 0.1004230735,
        amplification: -0.1809121884, cdd: -0.0172566050,
        between: [0: 0.000375207835, 1: 0.000383936782, 2: 0.000389394440, 0.5: 0.000381268822],
        imbalance: 0.6132520100, kl: 0.0275299393))
    Self.check(
      male.withClassesExchanged, female.withClassesExchanged,
      Published(
        spd: -0.0448094581, di: 0.9222522462, eod: -0.0031306791, aod: -0.0119144002, apvd: -0.1051178635,
        labelSPD: -0.1161160972, labelDI: 0.8194181096, theil: 0.2450239375, ge2: 0.1763049463,
        geHalf: 0.4151223238, cv: 0.5938096434, edfLabel: 0.2813352619, edf: 0.1004230735,
        amplification: -0.1809121884, cdd: 0.0172566050,
        between: [0: 0.000420220361, 1: 0.000410042864, 2: 0.000403908895, 0.5: 0.000413184027],
        imbalance: 0.6132520100, kl: 0.0275299393))
  }

  /// C-verbatim conf4, last lines.
  @Test func `Differential fairness of intersections, and a tiny table`() {
    let cells = Compas.racesBySex.map(\.group)
    #expect(isMeasured(DifferentialFairness.ofLabels(cells), 1.1219927373121734))
    #expect(isMeasured(DifferentialFairness.ofDecisions(cells), 1.4843555742961054))
    #expect(isMeasured(DifferentialFairness.ofLabels(Compas.races), 0.6521520408570223))
    #expect(isMeasured(DifferentialFairness.ofDecisions(Compas.races), 1.1404268391011165))
    // y 1 1 0 | 0 0 0, ŷ 1 0 1 | 0 0 1: the privileged group has no positives; AIF360's scikit-learn API says 0.5.
    let tiny = GroupPair(focal: Compas.group("0", 1, 1, 1, 0), reference: Compas.group("1", 0, 1, 0, 2))
    #expect(isMeasured(tiny.disparateImpact, 2))
    #expect(tiny.equalOpportunityDifference == .undefined("no positives in 1"))
    #expect(tiny.averageOddsDifference == .undefined("no positives in 1"))
    let zeroRule = GroupPair(focal: tiny.focal, reference: tiny.reference, as: .fairlearn)
    #expect(isMeasured(zeroRule.equalOpportunityDifference, 0.5))
    #expect(isMeasured(zeroRule.averageOddsDifference, 0.5833333333333333))
    // Privileged without selected rows: AIF360's scikit-learn API says 0, which hides an infinite ratio.
    let none = GroupPair(focal: Compas.group("0", 2, 0, 0, 0), reference: Compas.group("1", 0, 0, 0, 2))
    #expect(none.labelDisparateImpact == .value(.infinity))
  }

  /// A6, LiFT's docstrings, and holisticai's 2√GE(2) of C-verbatim conf7, which is not the coefficient.
  @Test func `LiFT and holisticai`() {
    let benefits = Inequality([Inequality.Group("all", [0.9, 0.75, 0.6])])
    #expect(isMeasured(benefits.entropyIndex(alpha: 0.5), 0.013503591986, within: 1e-9))
    #expect(isMeasured(benefits.theilIndex, 0.0134236757, within: 1e-9))
    #expect(isMeasured(benefits.entropyIndex(alpha: 0), 0.0136073315, within: 1e-9))
    #expect(isMeasured(benefits.entropyIndex(), 0.04 / 3))
    #expect(isMeasured(benefits.coefficientOfVariation, 0.015.squareRoot() / 0.75))
    let compas = Inequality([Compas.black, Compas.white].map { .init($0) })
    #expect(isMeasured(compas.theilIndex, 0.22764925481327447))
    #expect(isMeasured(compas.entropyIndex(), 0.1654350010385722))
    #expect(
      isMeasured(compas.coefficientOfVariation.map { $0 * 2.0.squareRoot() }, 0.8134740341, within: 1e-9))
    // A6, holisticai's docstrings: ŷ 1 1 1 0 | 1 1 0 0 0 0.
    let toy = GroupPair(focal: Compas.group("a", 3, 0, 0, 1), reference: Compas.group("b", 2, 0, 0, 4))
    #expect(isMeasured(toy.statisticalParityDifference, 0.75 - 1.0 / 3))
    #expect(isMeasured(toy.disparateImpact, 2.25))
    #expect(isMeasured(toy.fourFifthsRatio, 0.4444444444444444))
    // ŷ 1 1 0 0 | 1 1 0 1 1 1, y 1 1 0 0 | 1 0 1 0 0 1.
    let odds = GroupPair(focal: Compas.group("a", 2, 0, 0, 2), reference: Compas.group("b", 2, 3, 1, 0))
    #expect(isMeasured(odds.equalOpportunityDifference, 1.0 / 3))
    #expect(isMeasured(odds.difference(.falsePositiveRate), -1))
    #expect(isMeasured(odds.difference(.falseNegativeRate), -1.0 / 3))
    #expect(isMeasured(odds.averageOddsDifference, -1.0 / 3))
  }

  /// C-verbatim conf7, holisticai on COMPAS.
  @Test func `holisticai on COMPAS`() {
    let pair = GroupPair(focal: Compas.black, reference: Compas.white)
    #expect(isMeasured(pair.fourFifthsRatio, 0.5916375570, within: 1e-9))
    #expect(isMeasured(pair.difference(.falsePositiveRate), 0.2139249558, within: 1e-9))
    #expect(isMeasured(pair.difference(.accuracy), -0.0316690746, within: 1e-9))
    // cohen_d divides variances by the count; the Z statistics are in the tests of Statistics.
    func cohen(_ a: (Int, Int), _ b: (Int, Int)) -> Double? {
      func rows(_ counts: (Int, Int)) -> [Double] {
        [Double](repeating: 1, count: counts.0) + [Double](repeating: 0, count: counts.1)
      }
      return RegressionFairness.standardizedDifference(rows(a), rows(b), dividesByCount: true)
    }
    #expect(isClose(cohen((2174, 1522), (854, 1600)) ?? .nan, 0.4943329360, within: 1e-9))
    #expect(isClose(cohen((2, 2), (5, 1)) ?? .nan, -0.7844645, within: 1e-7))
    // A4, tutorial_medical_expenditure: 1 − min(DI, 1/DI) = .5738 is printed beside a DI of .426176.
    let printed = GroupPair(
      focal: Compas.group("f", 426_176, 0, 0, 573_824), reference: Compas.group("r", 1_000_000, 0, 0, 0))
    #expect(isMeasured(printed.fourFifthsRatio.map { 1 - $0 }, 0.5738, within: 5e-5))
  }
}
