import Fairness
import Foundation
import Results
import Slicing
import TestSupport
import Testing

@testable import Evaluator

/// Runs that ask for fairness measures.
enum MeasureRuns {
  static func configuration(
    _ data: String, label: String? = "label", score: String? = nil, decision: String? = nil,
    slices: [String], measures: [String]
  ) throws -> Configuration {
    var configuration = Configuration()
    configuration.data = data
    (configuration.label, configuration.score, configuration.decision) = (label, score, decision)
    configuration.slices = try slices.map { try SliceSpec(parsing: $0) }
    configuration.bootstrapReplicates = 200
    configuration.measures.names = measures
    return configuration
  }

  /// A file of rows that is gone after the run.
  static func evaluate(
    _ lines: [String], _ change: (inout Configuration) -> Void = { _ in }
  ) throws -> Evaluation {
    let file = FileManager.default.temporaryDirectory.appending(path: "measures-\(UUID().uuidString).csv")
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var configuration = Configuration()
    configuration.data = file.path
    configuration.bootstrapReplicates = 200
    change(&configuration)
    return try EvaluationRun.evaluate(configuration)
  }
}

extension Evaluation {
  /// The results of a measure, or of what a tool calls so.
  func results(_ name: String, tool: String? = nil) -> [MeasureResult] {
    let all = (measures?.results ?? []).filter { $0.tool == tool }
    let named = all.filter { $0.name == name }
    return named.isEmpty ? all.filter { $0.measure == name } : named
  }

  func family(_ name: String) -> Int? { families.firstIndex { $0.name == name } }

  /// The one result that is meant.
  func result(
    _ name: String, tool: String? = nil, family: String? = nil, group: String? = nil, metric: String? = nil,
    variant: String? = nil, stratum: String? = nil
  ) throws -> MeasureResult {
    let wanted = group.flatMap { slices.predicate.firstIndex(of: $0) }
    let found = results(name, tool: tool).filter { one in
      one.family == family.flatMap(self.family) && one.group == wanted
        && (metric == nil || one.metric == metric) && (variant == nil || one.variant == variant)
        && one.stratum == stratum
    }
    #expect(found.count == 1, "\(name) \(family ?? "") \(group ?? ""): \(found.count) results")
    return try #require(found.first, "\(name) \(family ?? "") \(group ?? "")")
  }
}
