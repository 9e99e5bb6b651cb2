import Foundation
import Results
import Slicing
import TestSupport
import Testing

@testable import Evaluator

/// A data set with the results that other tools gave for it, evaluated as a user would.
struct StoredResults {
  let document: [String: Any]
  let evaluation: Evaluation

  /// - Parameters:
  ///   - oracle: of `data/oracles`, without the ending
  ///   - data: below `data`
  init(
    _ oracle: String, data: String, slices: [String], _ change: (inout Configuration) -> Void
  ) throws {
    document = try #require(try SharedData.json("data/oracles/\(oracle).json") as? [String: Any])
    var configuration = Configuration()
    configuration.data = SharedData.path("data/" + data)
    configuration.slices = try slices.map { try SliceSpec(parsing: $0) }
    configuration.gaps = []
    configuration.bootstrapReplicates = 10
    change(&configuration)
    evaluation = try EvaluationRun.evaluate(configuration)
  }

  /// The slice of a group that is written as `Black|Female`, of a family that is written as `race|sex`.
  func slice(_ family: String, _ group: String) throws -> Int {
    let name = family.replacing("|", with: "*")
    let own = try #require(evaluation.families.first { $0.name == name }, "\(name)")
    let label = group.replacing("|", with: " & ")
    return try #require(own.slices.first { evaluation.slices.label[$0] == label }, "\(name) \(group)")
  }

  /// A number of JSON, where NaN may be text.
  static func number(_ value: Any?) -> Double? {
    if let text = value as? String { return Double(text) }
    return (value as? NSNumber)?.doubleValue
  }
}
