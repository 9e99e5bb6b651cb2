import Foundation
import Results
import TestSupport
import Testing

/// Pages of tasks that are not binary, from small data that are drawn here.
extension Pages {
  static let multiclass = Result { try made("multiclass", classArguments()) }
  static let multilabel = Result { try made("multilabel", labelArguments()) }
  static let regression = Result { try made("regression", numberArguments()) }
  static let ranking = Result { try made("ranking", listArguments()) }

  static let tasks = ["multiclass", "multilabel", "regression", "ranking"]

  private static let common = [
    "--slice", "group", "--slice", "place", "--slice", "group*place", "--no-documents", "--no-history",
  ]

  private static func data(_ name: String, _ lines: [String]) throws -> String {
    let url = try fresh("data-" + name).appending(path: "data.csv")
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: url)
    return url.path
  }

  /// A row's groups: three of one attribute, two of the other, of unequal size.
  private static func groups(_ random: inout SplitMix) -> (group: Int, text: String) {
    let draw = random.next() % 10
    let group = draw < 6 ? 0 : draw < 9 ? 1 : 2
    return (group, "\(["A", "B", "<b>C"][group]),\(random.next() % 3 == 0 ? "south" : "north")")
  }

  private static func classArguments() throws -> [String] {
    var random = SplitMix(seed: 11)
    let names = ["cat", "dog", "<i>cow"]
    let rows = (0..<900).map { _ in
      let (group, text) = groups(&random)
      let truth = Int(random.next() % 3)
      let shares = names.indices.map { place in
        Double(1 + random.next() % 40) + (place == truth ? [40, 25, 10][group] : 0)
      }
      let whole = shares.reduce(0, +)
      return "\(names[truth]),\(shares.map { "\($0 / whole)" }.joined(separator: ",")),\(text)"
    }
    let head = "label," + names.map { "p_\($0)" }.joined(separator: ",") + ",group,place"
    return [
      try data("multiclass", [head] + rows), "--task", "multiclass", "--label", "label", "--score-prefix",
      "p_",
    ] + common
  }

  private static func labelArguments() throws -> [String] {
    var random = SplitMix(seed: 12)
    let rows = (0..<900).map { _ in
      let (group, text) = groups(&random)
      let truth = (0..<3).map { random.next() % 10 < [5, 3, 1][$0] ? 1 : 0 }
      let scores = truth.map { one in
        min(0.99, Double(random.next() % 60) / 100 + (one == 1 ? [0.4, 0.3, 0.15][group] : 0))
      }
      return (truth.map(String.init) + scores.map { "\($0)" } + [text]).joined(separator: ",")
    }
    return [
      try data("multilabel", ["y_news,y_sport,y_rare,p_news,p_sport,p_rare,group,place"] + rows), "--task",
      "multilabel", "--label-prefix", "y_", "--score-prefix", "p_",
    ] + common
  }

  /// Labels beyond a million, so that large numbers are shown, too.
  private static func numberArguments() throws -> [String] {
    var random = SplitMix(seed: 13)
    let rows = (0..<900).map { _ in
      let (group, text) = groups(&random)
      let truth = 1_000_000 + Double(random.next() % 900_000)
      let noise = Double(random.next() % 200_000) - 100_000 + [0, 30_000, -60_000][group]
      return "\(truth),\(truth * 0.9 + 120_000 + noise),\(text)"
    }
    return [
      try data("regression", ["label,score,group,place"] + rows), "--task", "regression", "--label", "label",
      "--score", "score",
    ] + common
  }

  private static func listArguments() throws -> [String] {
    var random = SplitMix(seed: 14)
    let rows = (0..<90).flatMap { query in
      (0..<12).map { _ in
        let (group, text) = groups(&random)
        let relevance = Int(random.next() % 4)
        let score = Double(relevance) + Double(random.next() % 300) / 100 + [0, -0.3, -0.8][group]
        return "q\(query),\(relevance),\(score),\(text)"
      }
    }
    return [
      try data("ranking", ["query,relevance,score,group,place"] + rows), "--task", "ranking", "--query",
      "query", "--label", "relevance", "--score", "score",
    ] + common
  }
}
