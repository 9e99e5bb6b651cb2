import FairSlice
import Foundation
import TestSupport

/// Rows that are small enough to count by hand: sex, label, score.
///
///     f: 1 .9, 1 .4, 0 .2          TPR 1/2, selected 1/3
///     m: 1 .8, 1 .7, 0 .6, 0 .1    TPR 2/2, selected 3/4
///     x: 0 .3                      no positives
enum SmallTable {
  static let sex = ["f", "f", "f", "m", "m", "m", "m", "x"]
  static let label = [1, 1, 0, 1, 1, 0, 0, 0]
  static let score = [0.9, 0.4, 0.2, 0.8, 0.7, 0.6, 0.1, 0.3]

  static let csv =
    "sex,label,score\n"
    + zip(sex, zip(label, score)).map { "\($0),\($1.0),\($1.1)\n" }.joined()

  static let jsonLines = zip(sex, zip(label, score))
    .map { "{\"sex\": \"\($0)\", \"label\": \($1.0), \"score\": \($1.1)}\n" }.joined()

  static func columns() throws -> InputTable {
    try .columns([
      InputColumn("sex", texts: sex), InputColumn("label", integers: label),
      InputColumn("score", numbers: score),
    ])
  }

  static var request: EvaluateRequest {
    var request = EvaluateRequest()
    (request.label, request.score, request.slices) = ("label", "score", ["sex"])
    request.references = ["sex=m"]
    return request
  }

  static func findings() throws -> Findings { try evaluate(columns(), request) }
}

/// A folder that is gone after the test.
final class Workshop {
  let folder = FileManager.default.temporaryDirectory.appending(path: "fairslice-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appending(path: name).path }
}
