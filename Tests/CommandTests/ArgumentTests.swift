import Testing

@testable import FairSliceCommand

@Suite struct ArgumentTests {
  private let flags = [
    Flag("label", "COLUMN", ""), Flag("slice", "F", repeatable: true, ""), Flag("no-report", ""),
    Flag("help", ""),
  ]

  private func parse(_ line: String) throws(UsageError) -> ParsedArguments {
    try ParsedArguments(line.split(separator: " ").map(String.init), flags: flags, command: "evaluate")
  }

  private func refusal(_ line: String) -> UsageError? {
    do throws(UsageError) {
      _ = try parse(line)
      return nil
    } catch { return error }
  }

  @Test func flagsAndArgumentsAreToldApart() throws {
    let parsed = try parse(
      "a.csv --label y --slice=sex*race --no-report --slice age:edges=25,45 -- --label -")
    #expect(parsed.text("label") == "y")
    #expect(parsed.list("slice") == ["sex*race", "age:edges=25,45"])
    #expect(parsed.has("no-report") && !parsed.has("help"))
    #expect(parsed.positional == ["a.csv", "--label", "-"])
  }

  @Test func oddValuesAreTakenAsTheyAre() throws {
    #expect(try parse("--label=--x").text("label") == "--x")
    #expect(try parse("--label=").text("label")?.isEmpty == true)
    #expect(try parse("--label -5").text("label") == "-5")
    #expect(try parse("--label=a=b").text("label") == "a=b")
    #expect(try parse("-").positional == ["-"])
    #expect(try parse("-h").has("help"))
  }

  @Test(arguments: [
    ("--lable y", "unknown flag “--lable”", "Did you mean --label?"),
    ("--slcie=x", "unknown flag “--slcie”", "Did you mean --slice?"),
    ("--zzzzzz", "unknown flag “--zzzzzz”", "fairslice help evaluate"),
    ("-label y", "unknown flag “-label”", "Did you mean --label?"),
    ("-x", "unknown flag “-x”", "fairslice help evaluate"),
    ("--label", "--label needs a value: COLUMN", "help evaluate"),
    ("--label --no-report", "--label needs a value", "help evaluate"),
    ("--no-report=1", "--no-report takes no value", "help evaluate"),
    ("--label a --label b", "--label is given twice", "Keep one"),
  ])
  func mistakesAreNamed(line: String, message: String, advice: String) throws {
    let error = try #require(refusal(line))
    #expect(error.message.contains(message), "\(error.message)")
    #expect(error.advice.contains(advice), "\(error.advice)")
  }

  @Test func everyFlagIsNamedOnceInACommandAndExplained() {
    for command in Command.allCases {
      let names = command.flags.map(\.name)
      #expect(Set(names).count == names.count)
      #expect(names.contains("help"))
      for flag in command.flags { #expect(Help.text(for: command).contains("--\(flag.name)")) }
    }
  }
}
