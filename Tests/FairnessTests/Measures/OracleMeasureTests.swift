import Foundation
import Metrics
import TestSupport
import Testing

@testable import Fairness

/// ../shared/data/oracles/aif360_*.json: aif360 0.6.1 run on the shared predictions.
@Suite(.enabled(if: SharedData.isPresent, "needs the shared data folder"))
struct OracleMeasureTests {
  /// One run of AIF360: which rows, which are privileged, and what it found.
  private struct Case {
    let name: String
    let labels: [Bool]
    let decisions: [Bool]
    let isPrivileged: [Bool]
    let weights: [Double]?
    let found: [String: Any]
  }

  @Test func `Every number of the oracles`() throws {
    let cases = try Self.adult() + Self.favourableZero()
    #expect(cases.count == 10)
    var checked = 0
    for each in cases {
      let groups = Self.groups(each)
      let pair = GroupPair(focal: groups.focal, reference: groups.reference)
      for (key, value) in each.found {
        if let expected = value as? Double {
          let measured = Self.measured(key, pair)
          let found = try #require(measured, "\(key) is not known")
          #expect(isMeasured(found, expected, within: 1e-9), "\(each.name) \(key): \(found), \(expected)")
          checked += 1
        } else if let rates = value as? [String: Double] {
          let group = key == "privileged" ? groups.reference : groups.focal
          checked += try Self.check(rates, group, each, privileged: key == "privileged")
        }
      }
    }
    #expect(checked == 10 * (23 + 2 * 14))
  }

  private static func check(
    _ rates: [String: Double], _ group: GroupCounts, _ each: Case, privileged: Bool
  ) throws -> Int {
    // The oracle's scores are the labels: their generalised rates are 1 and 0.
    let rows = each.labels.indices.filter { each.isPrivileged[$0] == privileged }
    let generalized = GeneralizedCounts(
      group.name, scores: rows.map { each.labels[$0] ? 1 : 0 }, labels: rows.map { each.labels[$0] ? 1 : 0 },
      weights: each.weights.map { weights in rows.map { weights[$0] } })
    let metrics: [String: MeasureValue] = [
      "TPR": group.rate(.truePositiveRate), "TNR": group.rate(.trueNegativeRate),
      "FPR": group.rate(.falsePositiveRate), "FNR": group.rate(.falseNegativeRate),
      "GTPR": generalized.truePositiveRate, "GTNR": generalized.trueNegativeRate,
      "GFPR": generalized.falsePositiveRate, "GFNR": generalized.falseNegativeRate,
      "PPV": group.rate(.precision), "NPV": group.rate(.negativePredictiveValue),
      "FDR": group.rate(.falseDiscoveryRate), "FOR": group.rate(.falseOmissionRate),
      "ACC": group.rate(.accuracy), "selection_rate": group.rate(.selectionRate),
      "num_instances": .value(group.size),
    ]
    for (key, expected) in rates {
      let found = try #require(metrics[key], "\(key) is not known")
      #expect(isMeasured(found, expected, within: 1e-9), "\(each.name) \(key)")
    }
    return rates.count - 1
  }

  private static func groups(_ each: Case) -> (focal: GroupCounts, reference: GroupCounts) {
    func counts(_ name: String, _ privileged: Bool) -> GroupCounts {
      SharedRows.counts(name, labels: each.labels, decisions: each.decisions, weights: each.weights) {
        each.isPrivileged[$0] == privileged
      }
    }
    return (counts("unprivileged", false), counts("privileged", true))
  }

  private static func measured(_ key: String, _ pair: GroupPair) -> MeasureValue? {
    let groups = [pair.focal, pair.reference]
    // AIF360's entropy indices count rows, whatever the weights.
    let inequality = Inequality(groups.map { Inequality.Group($0, byRows: true) })
    let all = GroupCounts.total(groups)
    return switch key {
    case "statistical_parity_difference": pair.statisticalParityDifference
    case "disparate_impact": pair.disparateImpact
    case "average_odds_difference": pair.averageOddsDifference
    case "average_abs_odds_difference": pair.averageAbsoluteOddsDifference
    case "equal_opportunity_difference": pair.equalOpportunityDifference
    case "equalized_odds_difference": pair.equalizedOddsDifference
    case "error_rate_difference": pair.errorRateDifference
    case "error_rate_ratio": pair.errorRateRatio
    case "false_positive_rate_difference": pair.difference(.falsePositiveRate)
    case "false_negative_rate_difference": pair.difference(.falseNegativeRate)
    case "false_omission_rate_difference": pair.difference(.falseOmissionRate)
    case "false_discovery_rate_difference": pair.difference(.falseDiscoveryRate)
    case "false_positive_rate_ratio": pair.ratio(.falsePositiveRate)
    case "false_negative_rate_ratio": pair.ratio(.falseNegativeRate)
    case "theil_index": inequality.theilIndex
    case "between_group_theil_index": inequality.betweenGroups(alpha: 1)
    case "coefficient_of_variation": inequality.coefficientOfVariation
    case "differential_fairness_bias_amplification": DifferentialFairness.biasAmplification(groups)
    case "accuracy": all.rate(.accuracy)
    case "selection_rate": all.rate(.selectionRate)
    case "base_rate": all.rate(.prevalence)
    case "positive_predictive_value": all.rate(.precision)
    case "negative_predictive_value": all.rate(.negativePredictiveValue)
    default: nil
    }
  }

  private static func adult() throws -> [Case] {
    let rows = try SharedRows("data/adult/predictions_all_models.csv")
    let oracle = try #require(SharedData.json("data/oracles/aif360_adult.json") as? [String: Any])
    let models = try #require(oracle["models"] as? [String: [String: [String: Any]]])
    return models.flatMap { model, runs in
      runs.map { run, found in
        Case(
          name: model + " " + run, labels: rows.texts("label").map { $0 == "1" },
          decisions: rows.numbers(model).map { $0 >= 0.5 },
          isPrivileged: run.hasPrefix("race")
            ? rows.texts("race").map { $0 == "White" } : rows.texts("sex").map { $0 == "Male" },
          weights: run.contains("weighted") ? rows.numbers("fnlwgt") : nil, found: found)
      }
    }
  }

  /// COMPAS and German credit, whose favourable label is 0.
  private static func favourableZero() throws -> [Case] {
    let runs = [
      ("compas", "score_xgb", "race", "race", "Caucasian"), ("compas", "score_xgb", "sex", "sex", "Female"),
      ("german_credit", "score_lgbm", "sex", "sex", "male"),
      ("german_credit", "score_lgbm", "age", "age_group", ">25"),
    ]
    return try runs.map { set, model, run, column, privileged in
      let rows = try SharedRows("data/\(set)/predictions_all_models.csv")
      let file = "data/oracles/aif360_\(set.replacing("_credit", with: "")).json"
      let oracle = try #require(SharedData.json(file) as? [String: Any])
      return Case(
        name: set + " " + run, labels: rows.texts("label").map { $0 == "0" },
        decisions: rows.numbers(model).map { $0 < 0.5 },
        isPrivileged: rows.texts(column).map { $0 == privileged }, weights: nil,
        found: try #require(oracle[run] as? [String: Any]))
    }
  }
}
