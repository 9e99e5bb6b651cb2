import Foundation
import Results
import TestSupport
import Testing

@Suite struct RunLogTests {
  private func read(_ text: String) throws -> RunLog {
    try RunLog(jsonLines: Array(text.utf8), name: "r.jsonl")
  }

  private func refusal(_ text: String) -> Failure? {
    do throws(Failure) {
      _ = try RunLog(jsonLines: Array(text.utf8), name: "r.jsonl")
      return nil
    } catch { return error }
  }

  private func line(_ record: RunRecord) -> String { String(decoding: record.line(), as: UTF8.self) }

  @Test func whatIsWrittenReadsBackTheSame() throws {
    let records = [SampleRun.judged(), SampleRun.plain(), SampleRun.judged(title: NastyNames.all.joined())]
    let log = try read(records.map(line).joined())
    #expect(log.entries.map(\.record) == records)
    #expect(log.entries.map(\.number) == [1, 2, 3])
    #expect(log.unreadable.isEmpty && log.tornLine == nil)
    #expect(log.entries.map { line($0.record) } == records.map(line))
  }

  @Test(arguments: NastyNames.all) func aRunIsOneLine(name: String) throws {
    var record = SampleRun.judged(title: name)
    record.origin.label = name
    record.origin.folder = name
    let bytes = record.line()
    #expect(bytes.last == 10 && bytes.count { $0 == 10 || $0 == 13 } == 1)
    #expect(try RunLog(jsonLines: bytes, name: "r").entries.first?.record == record)
    #expect(try JSONSchema("runs.schema.json").errors(in: bytes).isEmpty)
  }

  @Test func linesFitTheSchema() throws {
    let schema = try JSONSchema("runs.schema.json")
    #expect(try schema.errors(in: SampleRun.judged().line()).isEmpty)
    #expect(try schema.errors(in: SampleRun.plain().line()).isEmpty)
    #expect(try !schema.errors(in: Array(#"{"schema": "fairslice-run", "version": 1}"#.utf8)).isEmpty)
  }

  @Test func emptyLinesAndForeignLineEndsAreNoRuns() throws {
    let log = try read("\n" + line(SampleRun.plain()).dropLast() + " \r\n\n\t\n" + line(SampleRun.judged()))
    #expect(log.entries.map(\.number) == [2, 5])
    #expect(try read("").entries.isEmpty)
  }

  @Test func aLastLineThatWasCutShortIsLeftOut() throws {
    let whole = line(SampleRun.judged())
    for count in [1, 20, whole.count / 2, whole.count - 2] {
      let log = try read(whole + whole.prefix(count))
      #expect(log.entries.count == 1 && log.tornLine == 2, "\(count)")
    }
    // Only its line feed is lost.
    let unended = try read(whole + whole.dropLast())
    #expect(unended.entries.count == 2 && unended.tornLine == nil)
  }

  @Test func aLineOfANewerVersionIsListed() throws {
    let newer = line(SampleRun.plain()).replacing("\"version\": 1,", with: "\"version\": 7, \"more\": [],")
    let log = try read(line(SampleRun.plain()) + newer + line(SampleRun.judged()))
    #expect(log.entries.map(\.number) == [1, 3])
    #expect(log.unreadable.map(\.number) == [2] && log.unreadable.map(\.version) == [7])
  }

  @Test(arguments: [
    ("<<<<<<< HEAD", "is not valid JSON"), ("{}", "is not a run made by fairslice"),
    (#"{"schema": "fairslice-run", "version": 1}"#, "“origin” is missing"), ("[1]", "not a run"),
    (#"{"schema": "fairslice-run", "version": 0}"#, "is not a run"), ("7", "not a run"),
  ])
  func anotherLineIsAnErrorWithItsPlace(bad: String, message: String) throws {
    let failure = try #require(refusal(line(SampleRun.plain()) + bad + "\n" + line(SampleRun.plain())))
    #expect(failure.kind == .data && failure.message.hasPrefix("r.jsonl:2: "), "\(failure.message)")
    #expect(failure.message.contains(message), "\(failure.message)")
    #expect(failure.advice?.contains("Take the line out") == true)
  }

  @Test func onlyTheDayIsNoDifference() {
    var other = SampleRun.judged()
    other.origin.date = "2026-03-01T00:00:00Z"
    #expect(SampleRun.judged().isRepeat(of: other))
    other.origin.label = "b"
    #expect(!SampleRun.judged().isRepeat(of: other))
  }
}
