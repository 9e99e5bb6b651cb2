import Models
import Results
import Statistics
import Tables

/// A forest of 100 complete trees of depth 6 over 12 normal features, and rows labelled by it: what is timed where no trained
/// model is at hand.
struct MadeForest {
  let scorer: NativeScorer
  let columns: [Column]
  let labels: [UInt8]

  init(rows: Int) throws(Failure) {
    var random = KeyedRandom(seed: 42, key: "made forest")
    let names = (0..<12).map { "x\($0)" }
    let trees = (0..<100).map { _ in Self.tree(&random) }.joined(separator: ",")
    let inputs = names.map { "\"\($0)\"" }.joined(separator: ",")
    let text =
      "{\"format\":\"fairslice-model\",\"version\":1,\"model\":\"trees\",\"inputs\":[\(inputs)],"
      + "\"link\":\"logistic\",\"float32_inputs\":true,\"trees\":[\(trees)]}"
    scorer = try NativeScorer(ModelReader.read(bytes: Array(text.utf8), name: "made forest"))
    let columns = names.map { name in
      let values = (0..<rows).map { _ in random.normal() }
      return Column.numbers(NumberColumn(name: name, values: values, missingCount: 0))
    }
    self.columns = columns
    labels = try scorer.score(columns)[0].map { random.uniform() < $0 ? 1 : 0 }
  }

  /// Nodes in the order of a heap: node k has the children 2k + 1 and 2k + 2.
  private static func tree(_ random: inout KeyedRandom) -> String {
    let inner = 63
    let nodes = inner + 64
    var lists: [(String, [String])] = [
      ("input", []), ("threshold", []), ("left", []), ("right", []), ("value", []),
    ]
    for node in 0..<nodes {
      let isLeaf = node >= inner
      let entries = [
        isLeaf ? "0" : "\(random.integer(below: 12))", isLeaf ? "0" : "\(random.normal())",
        isLeaf ? "-1" : "\(2 * node + 1)", isLeaf ? "-1" : "\(2 * node + 2)",
        isLeaf ? "\(0.15 * random.normal())" : "0",
      ]
      for (list, entry) in entries.enumerated() { lists[list].1.append(entry) }
    }
    return "{" + lists.map { "\"\($0)\":[\($1.joined(separator: ","))]" }.joined(separator: ",") + "}"
  }
}
