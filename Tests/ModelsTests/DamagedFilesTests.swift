import FoundationEssentials
import Results
import TestSupport
import Testing

@testable import Models

/// Damaged and hostile files: a located error, or a model that can be used; never a crash, never a hang.
@Suite struct DamagedFilesTests {
  static let files = [
    "xgb_missing.json", "xgb_categorical.json", "xgb_dart.ubj", "xgb_multi.json", "lgbm_categorical.txt",
    "lgbm_multi.txt", "skl_forest.json", "skl_logistic_multi.json",
  ]

  /// Reads and uses a model; true where it was read.
  static func use(_ bytes: [UInt8]) throws -> Bool {
    do {
      let scorer = try NativeScorer(ModelReader.read(bytes: bytes, name: "model"))
      guard scorer.features.count <= 100 else { return true }
      let columns = try RescorerTests.columns(scorer, Array(0..<40))
      guard columns.count == scorer.features.count else { return true }
      // A changed number may make a score that is none.
      _ = try? scorer.score(columns, .masks)
      _ = try? scorer.score(columns, .walk)
      return true
    } catch let failure as Failure {
      #expect(failure.kind == .data)
      // Two column names may have become one: then it is the encoding that does not fit.
      #expect(failure.message.hasPrefix("model") || failure.message.contains("input"), "\(failure.message)")
      return false
    }
  }

  @Test(arguments: files) func truncatedFilesAreRefused(_ file: String) throws {
    let bytes = try ModelReader.bytes(LibraryFiles.path(file))
    #expect(try Self.use(bytes))
    var random = SplitMix(seed: 1)
    let marker = Array("end of trees".utf8)
    let end =
      file.hasSuffix("txt") ? bytes.indices.first { bytes[$0...].starts(with: marker) } ?? 0 : bytes.count - 2
    for _ in 0..<60 {
      let count = Int.random(in: 0..<end, using: &random)
      #expect(try !Self.use(Array(bytes[..<count])), "cut to \(count) bytes")
    }
  }

  @Test(arguments: files) func flippedBitsDoNoHarm(_ file: String) throws {
    let bytes = try ModelReader.bytes(LibraryFiles.path(file))
    var random = SplitMix(seed: 2)
    var refused = 0
    for round in 0..<150 {
      var damaged = bytes
      for _ in 0...round % 3 {
        damaged[Int.random(in: damaged.indices, using: &random)] ^=
          1 << UInt8.random(in: 0..<8, using: &random)
      }
      if try !Self.use(damaged) { refused += 1 }
    }
    #expect(refused > 10)
  }

  static func failure(_ text: String) -> String {
    do {
      _ = try ModelReader.read(bytes: Array(text.utf8), name: "model")
      return ""
    } catch { return error.message }
  }

  static func tree(left: String, right: String, input: String = "[0,0,0]") -> String {
    """
    {"format": "fairslice-model", "version": 1, "model": "trees", "inputs": ["a"], "link": "identity",
     "trees": [{"input": \(input), "threshold": [1,1,1], "left": \(left), "right": \(right), "value": [1,2,3]}]}
    """
  }

  @Test func circlesAndStraysAreRefused() {
    #expect(Self.failure(Self.tree(left: "[1,-1,-1]", right: "[2,-1,-1]")) == "")
    #expect(
      Self.failure(Self.tree(left: "[1,0,-1]", right: "[2,2,-1]")).contains(
        "trees[0]: node 0 is reached twice"))
    #expect(Self.failure(Self.tree(left: "[1,-1,-1]", right: "[9,-1,-1]")).contains("does not exist"))
    #expect(
      Self.failure(Self.tree(left: "[1,-1,-1]", right: "[2,-1,-1]", input: "[4,0,0]")).contains(
        "input 4 of 1"))
    #expect(Self.failure(Self.tree(left: "[1,-1]", right: "[2,-1,-1]")).contains("differ in length"))
  }

  @Test func hostileDocumentsAreRefused() throws {
    #expect(Self.failure(String(repeating: "{\"a\":[", count: 50_000)).contains("nested too deeply"))
    #expect(Self.failure("{\"a\": 1, \"a\": 2}").contains("model:1:10: “a” is given twice"))
    #expect(Self.failure("{\"a\": \"\\ud800\"}").contains("escape"))
    #expect(Self.failure("binf\u{1}").contains("old binary format"))
    #expect(Self.failure("").contains("an empty file"))
    let huge: [UInt8] =
      [0x7B, 0x69, 1, 0x61, 0x5B, 0x24, 0x44, 0x23, 0x4C, 0x7F] + Array(repeating: 0xFF, count: 7)
    #expect(throws: Failure.self) { try ModelReader.read(bytes: huge, name: "model") }
    let negative: [UInt8] = [0x7B, 0x4C, 0x80] + Array(repeating: 0, count: 20)
    #expect(throws: Failure.self) { try ModelReader.read(bytes: negative, name: "model") }
    #expect(throws: Failure.self) {
      try ModelReader.read(bytes: [0x7B] + Array(repeating: 0x5B, count: 100_000), name: "model")
    }
  }

  @Test func whatIsNotSupportedIsNamed() throws {
    func changed(_ file: String, _ old: String, _ new: String) throws -> String {
      let text = String(decoding: try ModelReader.bytes(LibraryFiles.path(file)), as: UTF8.self)
      #expect(text.contains(old))
      return Self.failure(text.replacing(old, with: new))
    }
    #expect(
      try changed("xgb_missing.json", "binary:logistic", "my:objective").contains(
        "“my:objective” is not supported"))
    #expect(
      try changed("xgb_missing.json", "\"gbtree\"", "\"gblinear\"").contains("“gblinear” is not supported"))
    #expect(
      try changed("xgb_missing.json", "\"size_leaf_vector\":\"1\"", "\"size_leaf_vector\":\"3\"").contains(
        "vector leaves"))
    #expect(try changed("lgbm_missing.txt", "objective=binary", "objective=mine").contains("“mine"))
  }
}
