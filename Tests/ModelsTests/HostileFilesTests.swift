import FoundationEssentials
import Results
import Tables
import TestSupport
import Testing

@testable import Models

/// Files made to exhaust the stack, the memory or the time.
@Suite struct HostileFilesTests {
  static let depth = 100_000

  static func list(_ values: some Sequence<Int>) -> String {
    "[\(values.map(String.init).joined(separator: ","))]"
  }

  /// A chain of tests x ≤ k, each with a leaf on its left: the leaf of the first threshold that x does not pass.
  static func portableChain() -> String {
    // Test k is node 2k, its left leaf 2k + 1, and node 2 · depth the last leaf.
    let isTest = (0...2 * depth).map { $0 % 2 == 0 && $0 < 2 * depth }
    func children(_ step: Int) -> String {
      list(isTest.indices.map { isTest[$0] ? $0 + step : -1 })
    }
    return """
      {"format": "fairslice-model", "version": 1, "model": "trees", "inputs": ["a"], "link": "identity", "trees": [{
        "input": \(list(isTest.map { _ in 0 })), "threshold": \(list(isTest.indices.map { $0 / 2 })),
        "left": \(children(1)), "right": \(children(2)), "value": \(list(isTest.indices.map { $0 / 2 }))}]}
      """
  }

  static func lightGBMChain() -> String {
    let tests = 0..<depth
    func line(_ name: String, _ values: some Sequence<Int>) -> String {
      "\(name)=\(values.map(String.init).joined(separator: " "))\n"
    }
    return "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\nmax_feature_idx=0\n"
      + "objective=regression\nfeature_names=a\nfeature_infos=[0:1]\n\nTree=0\nnum_leaves=\(depth + 1)\nnum_cat=0\n"
      + line("split_feature", tests.map { _ in 0 }) + line("threshold", tests)
      + line("decision_type", tests.map { _ in 2 }) + line("left_child", tests.map { ~$0 })
      + line("right_child", tests.map { $0 + 1 < depth ? $0 + 1 : ~depth })
      + line("leaf_value", 0...depth) + "shrinkage=1\n\nend of trees\n"
  }

  @Test(arguments: [portableChain, lightGBMChain]) func deepChainsAreScored(
    _ text: @Sendable () -> String
  ) throws {
    let scorer = try NativeScorer(ModelReader.read(bytes: Array(text().utf8), name: "model"))
    let values: [Double] = [-1, 0, 0.5, 7, 54_321.5, 99_999, 1e9]
    let columns = [Programs.numbers("a", values)]
    let expected: [Double] = [0, 0, 1, 7, 54_322, 99_999, 100_000]
    #expect(try scorer.score(columns, .walk) == [expected])
    #expect(try scorer.score(columns, .masks) == [expected])
    let donors: [Int32] = [6, 5, 4, 3, 2, 1, 0]
    #expect(try Rescorer(scorer, columns).scores(moving: [0], donors: [donors]) == [[expected.reversed()]])
  }

  @Test(arguments: ["[", "{\"a\":", "[[", "{\"a\":["]) func nestingIsBounded(_ piece: String) {
    let text = "{\"learner\":" + String(repeating: piece, count: 1_000_000)
    #expect(DamagedFilesTests.failure(text).contains("nested too deeply"))
  }

  static func failure(_ bytes: [UInt8]) -> Failure? {
    Programs.failure { _ = try ModelReader.read(bytes: bytes, name: "model") }
  }

  /// `{"a": …` in UBJSON.
  static let head: [UInt8] = [0x7B, 0x69, 1, 0x61]
  /// 2⁴⁰ as a counted length.
  static let huge: [UInt8] = Array("#L".utf8) + [0, 0, 1, 0, 0, 0, 0, 0]

  @Test func nestingOfBinaryDocumentsIsBounded() {
    for piece in [
      Array("[".utf8), [0x7B, 0x69, 1, 0x61], Array("[#i".utf8) + [1],
      Array("{#i".utf8) + [1, 0x69, 1, 0x61],
    ] {
      let bytes = Self.head + Array(repeatElement(piece, count: 200_000).joined())
      #expect(Self.failure(bytes)?.message.contains("nested too deeply") == true)
    }
    // Nothing but no-ops.
    #expect(Self.failure(Self.head + Array(repeating: 0x4E, count: 100_000))?.kind == .data)
  }

  /// A count is held against the bytes that there are before anything is reserved for it.
  @Test(arguments: ["[$D", "[$U", "[$Z", "[", "{", "{$D", "S", "H"]) func countsAreNotBelieved(
    _ start: String
  ) {
    let length = start == "S" ? Array(Self.huge.dropFirst()) : Self.huge
    let bytes = Self.head + Array(start.utf8) + length + Array(repeating: 0, count: 1000)
    #expect(Self.failure(bytes)?.kind == .data)
    #expect(Self.failure(Self.head + Array(start.utf8) + length)?.kind == .data)
  }

  static func changed(_ file: String, _ old: String, _ new: String) throws -> String {
    let text = String(decoding: try ModelReader.bytes(LibraryFiles.path(file)), as: UTF8.self)
    #expect(text.contains(old))
    return DamagedFilesTests.failure(text.replacing(old, with: new))
  }

  @Test(arguments: [
    (
      "xgb_missing.json", "\"num_trees\":\"8\"", "\"num_trees\":\"100000000\"",
      "100000000 trees were announced, 8 are there"
    ),
    ("xgb_missing.json", "\"num_trees\":\"8\"", "\"num_trees\":\"7\"", "7 trees were announced, 8 are there"),
    ("xgb_missing.json", "\"num_trees\":\"8\"", "\"num_trees\":\"1e300\"", "expected a whole number"),
    ("xgb_missing.json", "\"num_class\":\"0\"", "\"num_class\":\"100000\"", "100000"),
    ("xgb_missing.json", "\"num_target\":\"1\"", "\"num_target\":\"99999\"", "99999"),
    (
      "xgb_missing.json", "\"num_feature\":\"5\",\"num_target\"",
      "\"num_feature\":\"1000000\",\"num_target\"", "1000000"
    ),
    (
      "xgb_missing.json", "\"num_feature\":\"5\",\"num_target\"",
      "\"num_feature\":\"99999999999\",\"num_target\"", "expected a whole number"
    ),
    ("lgbm_missing.txt", "num_leaves=8", "num_leaves=1000000000", "leaf_value"),
    ("lgbm_missing.txt", "num_leaves=8", "num_leaves=-1", "num_leaves"),
    (
      "lgbm_missing.txt", "num_tree_per_iteration=1", "num_tree_per_iteration=10000",
      "cannot have 10000 outputs"
    ),
    (
      "lgbm_missing.txt", "max_feature_idx=4", "max_feature_idx=999999",
      "5 feature names for 1000000 features"
    ),
    ("lgbm_missing.txt", "num_cat=0", "num_cat=1000000000", "cat_boundaries"),
    ("skl_forest.json", "\"version\": 1", "\"version\": 1e400", "version"),
  ]) func liesAboutSizesAreFound(_ file: String, _ old: String, _ new: String, _ words: String) throws {
    let message = try Self.changed(file, old, new)
    #expect(message.contains(words), "\(message)")
  }
}
