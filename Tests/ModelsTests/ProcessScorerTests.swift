import Foundation
import Results
import Tables
import TestSupport
import Testing

@testable import Models

/// The protocol with the reference child, in every format.
@Suite(.enabled(if: Programs.isPythonPresent, Programs.absence)) struct ProcessScorerTests {
  /// A model of plain Python: it looks at each value, so that a wrong code or missing value changes a score.
  static let model = """
    import math
    def score(columns):
        print("this goes to standard error")
        return [(0.5 if math.isnan(a) else a) + {"x": 10, "y,\\"z": 20, "": 30}.get(c, 99 if c is None else -1)
                for a, c in zip(columns["a"], columns["c"])]
    def classes(columns):
        return [[a, 2 * a, 3 * a] for a in columns["a"]]
    def pair(columns):
        return [[1 - a, a] for a in columns["a"]]
    def fails(columns):
        raise KeyError("no such column")
    """

  static let features = [
    ScorerFeature(name: "a", kind: .number), ScorerFeature(name: "c", kind: .category),
  ]

  static func scorer(
    _ function: String, _ folder: URL, _ options: ProcessScorer.Options, _ arguments: [String] = []
  ) throws -> ProcessScorer {
    try Data(model.utf8).write(to: folder.appending(path: "plain.py"))
    let command = [
      "env", "PYTHONPATH=\(folder.path)", "python3", Programs.reference, "plain:\(function)",
      "--input", "dict",
    ]
    return try ProcessScorer(
      command: command + arguments, features: features, options: options, registry: ChildRegistry())
  }

  /// Rows whose values are exact in float32.
  static func columns(_ count: Int, texts: [String?] = ["x", nil, "y,\"z", "", "other"]) -> [Column] {
    [
      Programs.numbers("a", (0..<count).map { $0 % 7 == 3 ? .nan : Double($0) / 4 }),
      Programs.category("c", (0..<count).map { texts[$0 % texts.count] }),
    ]
  }

  static func expected(_ count: Int, texts: [String?] = ["x", nil, "y,\"z", "", "other"], empty: Double = 30)
    -> [Double]
  {
    (0..<count).map { row in
      let number = row % 7 == 3 ? 0.5 : Double(row) / 4
      return switch texts[row % texts.count] {
      case "x": number + 10
      case "y,\"z": number + 20
      case "": number + empty
      case nil: number + 99
      default: number - 1
      }
    }
  }

  @Test(arguments: FrameFormat.allCases) func scoresAreThePrograms(_ format: FrameFormat) throws {
    try Programs.inFolder { folder in
      var options = ProcessScorer.Options()
      (options.formats, options.batchRows) = ([format], 100)
      let scorer = try Self.scorer("score", folder, options)
      #expect(scorer.outputs == ["score"] && scorer.format == format && scorer.model == "plain:score")
      // Python's csv module cannot tell an empty text from a missing one.
      let empty: Double = format == .csv ? 99 : 30
      #expect(try scorer.score(Self.columns(1234)) == [Self.expected(1234, empty: empty)])
      #expect(try scorer.score(Self.columns(1)) == [Self.expected(1)])
      #expect(try scorer.score(Self.columns(0)) == [[]])
      // Categories that come later, and fewer of them.
      let later: [String?] = ["new", "x", nil]
      #expect(try scorer.score(Self.columns(333, texts: later)) == [Self.expected(333, texts: later)])
      #expect(try scorer.score(Self.columns(50)) == [Self.expected(50, empty: empty)])
    }
  }

  @Test func theNumberOfProcessesChangesNothing() throws {
    try Programs.inFolder { folder in
      var options = ProcessScorer.Options()
      options.batchRows = 64
      let alone = try Self.scorer("score", folder, options)
      options.processes = 4
      let many = try Self.scorer("score", folder, options)
      for count in [1, 63, 64, 65, 1000] {
        #expect(try alone.score(Self.columns(count)) == many.score(Self.columns(count)))
      }
    }
  }

  @Test func severalOutputsAndPairs() throws {
    try Programs.inFolder { folder in
      var options = ProcessScorer.Options()
      let columns = [Programs.numbers("a", [1, 2]), Programs.category("c", ["x", "x"])]
      let classes = try Self.scorer("classes", folder, options, ["--outputs", "no,maybe,yes"])
      #expect(classes.outputs == ["no", "maybe", "yes"])
      #expect(try classes.score(columns) == [[1, 2], [2, 4], [3, 6]])
      #expect(try Self.scorer("pair", folder, options).score(columns) == [[1, 2]])
      options.outputs = ["income"]
      #expect(try Self.scorer("pair", folder, options).outputs == ["income"])
      options.outputs = ["one", "two"]
      let failure = Programs.failure { _ = try Self.scorer("pair", folder, options) }
      #expect(failure?.message.contains("its outputs are score; asked for were one, two") == true)
    }
  }

  @Test func anExceptionIsTold() throws {
    try Programs.inFolder { folder in
      let scorer = try Self.scorer("fails", folder, ProcessScorer.Options())
      let failure = Programs.failure { _ = try scorer.score(Self.columns(5)) }
      #expect(failure?.kind == .unavailable)
      #expect(failure?.message.contains("rows 1 to 5: reports: KeyError: 'no such column'") == true)
      let missing = Programs.failure { _ = try Self.scorer("absent", folder, ProcessScorer.Options()) }
      #expect(missing?.message.contains("it says: AttributeError") == true)
    }
  }

  /// Frames far larger than a pipe, in both directions, with one batch ahead.
  @Test func largeFramesDoNotBlock() throws {
    try Programs.inFolder { folder in
      var options = ProcessScorer.Options()
      options.batchRows = 50_000
      let scorer = try Self.scorer("score", folder, options)
      #expect(try scorer.score(Self.columns(220_000)) == [Self.expected(220_000)])
    }
  }

  /// An encoding makes the numbers that the program sees.
  @Test func encodedInputsAreSent() throws {
    let encoding = try Encoding.read(
      bytes: Array(
        #"{"features": [{"column": "a", "impute": 0.5, "mean": 1}, {"column": "c", "one_hot": ["x", "y"]}]}"#
          .utf8),
      name: "encoding")
    let scorer = try ProcessScorer(
      command: Programs.faulty("none"), encoding: encoding, options: FaultyProgramTests.options(),
      registry: ChildRegistry())
    #expect(scorer.features == Self.features)
    let columns = [Programs.numbers("a", [3, .nan, 2]), Programs.category("c", ["x", nil, "y"])]
    #expect(try scorer.score(columns) == [[3, -0.5, 2]])
  }

  @Test func rescoringIsScoringAPermutedTable() throws {
    try Programs.inFolder { folder in
      let scorer = try Self.scorer("score", folder, ProcessScorer.Options())
      let columns = Self.columns(40)
      let donors = (0..<40).map { Int32(39 - $0) }
      let moved = [columns[0], columns[1].gathering(donors)]
      let rescored = try ColumnRescorer(scorer, columns).scores(moving: [1], donors: [donors])
      #expect(try rescored == [scorer.score(moved)])
    }
  }
}
