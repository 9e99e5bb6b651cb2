import FoundationEssentials
import Results
import Tables
import TestSupport
import Testing

@testable import Models

@Suite struct EncodingTests {
  /// The example of Documentation/Models.md.
  static func example() throws -> Encoding {
    let page = String(
      decoding: try ModelReader.bytes(SharedData.root.appending(path: "Documentation/Models.md").path),
      as: UTF8.self)
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(lines.firstIndex(of: "    {"))
    let end = try #require(lines[start...].firstIndex(of: "    }"))
    return try Encoding.read(bytes: Array(lines[start...end].joined(separator: "\n").utf8), name: "Models.md")
  }

  static func numbers(_ name: String, _ values: [Double]) -> Column {
    .numbers(NumberColumn(name: name, values: values, missingCount: values.count(where: \.isNaN)))
  }

  static func category(_ name: String, _ codes: [Int32], _ categories: [String]) -> Column {
    .category(
      CategoryColumn(name: name, codes: codes, categories: categories, missingCount: codes.count { $0 < 0 }))
  }

  static func inputs(_ encoding: Encoding, _ columns: [Column]) throws -> [[Double]] {
    try zip(encoding.features, columns).flatMap {
      try $0.encode($1, isSingle: encoding.roundsToSingle).inputs
    }
  }

  @Test func theDocumentedExampleEncodes() throws {
    let encoding = try Self.example()
    #expect(encoding.classes == ["no", "yes"])
    #expect(encoding.inputNames == ["age", "income", "education", "region=N", "region=S", "region=?", "sex"])
    #expect(encoding.features.map(\.inputs) == [0..<1, 1..<2, 2..<3, 3..<6, 6..<7])
    let inputs = try Self.inputs(
      encoding,
      [
        Self.numbers("age", [30, .nan, 0.1]), Self.numbers("income", [48210.5, 65543.6, .nan]),
        Self.category("education", [0, 1, -1], ["college", "doctorate"]),
        Self.category("region", [0, -1, 1], ["S", "W"]),
        Self.category("sex", [1, 0, -1], ["female", "male"]),
      ])
    let expected: [[Double]] = [
      [30, .nan, 0.1], [0, 1, (41000 - 48210.5) / 17333.1], [2, -1, .nan], [0, 0, 0], [1, 0, 0], [0, 1, 0],
      [1, 0, .nan],
    ]
    for (given, wanted) in zip(inputs, expected) {
      #expect(zip(given, wanted).allSatisfy { isClose($0, $1) }, "\(given) \(wanted)")
    }
    #expect(inputs.count == expected.count)
  }

  @Test func categoriesMayHaveBeenReadAsNumbers() throws {
    let encoding = try Encoding.read(
      bytes: Array(
        #"{"features": [{"column": "zip", "codes": ["07", "12", "x"], "unknown": 9}], "float32": true}"#.utf8),
      name: "e")
    #expect(try Self.inputs(encoding, [Self.numbers("zip", [12, 7, 13])]) == [[1, 0, 9]])
    #expect(try Self.inputs(encoding, [Self.numbers("zip", [.nan])])[0][0].isNaN)
  }

  @Test(arguments: [
    (#"{"features": ["a", "a"]}"#, "features[1]: the column “a” is given twice"),
    (#"{"features": ["a"], "categorical": {"b": ["x"]}}"#, "there is no feature “b”"),
    (#"{"features": [{"column": "a", "scale": 0}]}"#, "scale not 0"),
    (#"{"features": [{"column": "a", "one_hot": ["x"], "unknown": 3}]}"#, "cannot stand for a category"),
    (
      #"{"features": [{"column": "a", "codes": ["x"], "missing": "y"}]}"#,
      "features[0].missing: “y” is not among"
    ),
    (#"{"features": [{"column": "a", "means": 1}]}"#, "“means” is not known here"),
    (#"{"features": [}"#, "e:1:15"),
  ])
  func wrongFilesAreLocated(_ text: String, _ message: String) {
    #expect {
      try Encoding.read(bytes: Array(text.utf8), name: "e")
    } throws: { (($0 as? Failure)?.message ?? "").contains(message) }
  }

  @Test func inputsMustMatchTheModel() throws {
    let model = try ModelReader.read(path: LibraryFiles.path("xgb_missing.json"))
    let message = { (encoding: Encoding) -> String in
      do throws(Failure) { _ = try NativeScorer(model, encoding: encoding) } catch { return error.message }
      return ""
    }
    #expect(message(.numbers(["a", "b"])).contains("yields 2 inputs, the model has 5"))
    #expect(message(.numbers(["b", "a", "c", "d", "e"])).contains("input 1 of the model is “a”"))
    #expect(message(.numbers(["v", "w", "x", "y", "z"])) == "")
  }

  /// A category without a code of its own for missing values is none of them, which is a number.
  @Test func whatALinearModelMissesIsNamed() throws {
    let model = LinearModel(
      inputNames: ["a", "b", "c"], outputNames: ["score"], link: .identity, coefficients: [[1, 0, 2]],
      intercepts: [0])
    let encoding = try Encoding.read(
      bytes: Array(#"{"features": ["a", "b", {"column": "c", "one_hot": ["x"]}]}"#.utf8), name: "e")
    func column(_ name: String, _ values: [Double]) -> Column {
      .numbers(NumberColumn(name: name, values: values, missingCount: values.count(where: \.isNaN)))
    }
    let codes = Column.category(
      CategoryColumn(name: "c", codes: [0, -1, 0], categories: ["x"], missingCount: 1))
    let scorer = try NativeScorer(.linear(model), encoding: encoding)
    let whole = [column("a", [1, 2, 3]), column("b", [0, 0, 0]), codes]
    #expect(try scorer.score(whole) == [[3, 2, 5]])
    let gaps = [column("a", [1, 2, .nan]), column("b", [0, 0, .nan]), codes]
    let error = #expect(throws: Failure.self) { try scorer.score(gaps) }
    #expect(error?.kind == .data)
    #expect(error?.message == "row 3: the model gives no number: no value of “a”, “b”")
    let infinite = [column("a", [1, .infinity, 0]), column("b", [0, .infinity, 0]), codes]
    let other = #expect(throws: Failure.self) { try scorer.score(infinite) }
    #expect(other?.message == "row 2: the model gives no number")
  }
}
