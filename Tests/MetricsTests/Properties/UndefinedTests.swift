import Results
import TestSupport
import Testing

@testable import Metrics

/// A metric has no value exactly where the catalogue says so.
@Suite struct UndefinedTests {
  static let registries: [(name: String, table: any UndefinedCases.Type)] = [
    ("counting engine", CountedPropertyTable.self), ("binary rows", BinaryPropertyTable.self),
    ("classes", ClassPropertyTable.self), ("label sets", LabelSetPropertyTable.self),
    ("numbers", NumberPropertyTable.self), ("rankings", RankedPropertyTable.self),
  ]

  /// Texts that are true of no table with a row.
  static let onlyOfNothing: [String: Set<String>] = [
    "classes": [
      "no rows", "no class is predicted", "no rows of any class", "no row has a class or is predicted as one",
      "every row has all classes or none does",
    ]
  ]

  @Test(arguments: registries.indices) func nowhereElse(_ registry: Int) {
    let (name, type) = Self.registries[registry]
    var seen: [String: (defined: Int, undefined: Int)] = [:]
    var unknown: Set<String> = []
    for seed in UInt64(1)...400 {
      let table = type.random(seed: seed, shape: .odd)
      for answer in table.answers() {
        if answer.value == nil {
          seen[answer.id, default: (0, 0)].undefined += 1
        } else {
          seen[answer.id, default: (0, 0)].defined += 1
        }
        let text = answer.definition.undefined
        guard let expected = text.map({ table.isUndefined($0, of: answer.id) }) ?? false else {
          unknown.insert("\(answer.id): \(text ?? "")")
          continue
        }
        #expect(
          (answer.value == nil) == expected,
          "\(name), seed \(seed): \(answer.id) is \(answer.value as Any), “\(text ?? "never")” is \(expected)"
        )
        #expect(answer.value != nil || answer.reason?.isEmpty == false, "\(answer.id) has no reason")
        #expect(answer.value?.isNaN != true, "\(answer.id)")
      }
    }
    #expect(unknown.isEmpty)
    // Both happened, or the comparison says nothing.
    for answer in type.random(seed: 1, shape: .odd).answers() {
      let text = answer.definition.undefined ?? "no rows"
      let isNever = text == "no rows" || Self.onlyOfNothing[name, default: []].contains(text)
      let found = seen[answer.id] ?? (0, 0)
      #expect(found.defined > 0 || answer.id.hasSuffix("[10]"), "\(answer.id) never had a value")
      #expect(isNever == (found.undefined == 0), "\(answer.id): undefined \(found.undefined) times")
    }
  }
}
