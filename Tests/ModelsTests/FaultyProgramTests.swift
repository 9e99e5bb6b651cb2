import Foundation
import Glibc
import Results
import TestSupport
import Testing

@testable import Models

/// Whatever a scoring program does wrong: an error that tells it, no crash, no hang, and no program left behind.
@Suite(.enabled(if: Programs.isPythonPresent, Programs.absence)) struct FaultyProgramTests {
  static func options(start: Double = 30, batch: Double = 30) -> ProcessScorer.Options {
    var options = ProcessScorer.Options()
    options.formats = [.f64]
    (options.batchRows, options.startSeconds, options.batchSeconds) = (10, start, batch)
    return options
  }

  static func failure(_ fault: String, start: Double = 30, batch: Double = 30) -> Failure? {
    Programs.failure {
      let scorer = try ProcessScorer(
        command: Programs.faulty(fault), features: Programs.features(["a", "b"]),
        options: options(start: start, batch: batch), registry: ChildRegistry())
      let values = (0..<95).map(Double.init)
      let scores = try scorer.score([Programs.numbers("a", values), Programs.numbers("b", values)])
      #expect(scores == [values.map { 2 * $0 }])
      // Of what came too late for the first rows the next tell.
      _ = try scorer.score([Programs.numbers("a", values), Programs.numbers("b", values)])
    }
  }

  @Test func withoutAFaultAllIsWell() { #expect(Self.failure("none") == nil) }

  @Test func muchOnStandardErrorDoesNoHarm() { #expect(Self.failure("chatty") == nil) }

  @Test(arguments: [
    (
      "no-start",
      "ended before it answered the first line (exit status 3); its standard error ends: cannot find my model"
    ),
    ("garbage-at-start", "no value, in “Loading the model ...”"),
    ("endless-first-line", "its first line does not end: “xxxx"),
    ("refuse", "it says: the model needs the column “age”"),
    ("version", "it speaks version 2 of the protocol, this program 1"),
    ("format", "it chose the format “arrow”, which was not offered"),
    ("no-outputs", "outputs should be different names, one at least"),
    ("nested-greeting", "nested too deeply"),
    (
      "die",
      "rows 11 to 20: ended before it answered (exit status 7); its standard error ends: first words | Traceback: out of memory"
    ),
    ("crash", "rows 11 to 20: ended before it answered (killed by signal 11)"),
    ("half", "rows 11 to 20: ended in the middle of an answer (exit status 0)"),
    ("few", "rows 11 to 20: answers 9 rows where 10 were asked for"),
    ("many", "rows 11 to 20: answers 11 rows where 10 were asked for"),
    ("few-bytes", "rows 11 to 20: answers 72 bytes for 10 rows of 1 scores, which take 80"),
    ("huge", "answers 4611686018427387904 bytes for 10 rows"),
    ("garbage", "answers what is no frame: “epoch 1: loss 0.3”"),
    ("nan", "row 15: its score is nan"),
    ("infinite", "row 20: its score is -inf"),
    ("error", "reports: unknown category “x”"),
    ("other-kind", "answers a frame of kind 9"),
    ("other-batch", "answers batch 3 where batch 2 should come"),
    ("extra", "answers batch 2 where batch 3 should come"),
    ("close-output", "ended before it answered (it closed its standard output and went on)"),
  ]) func aFaultIsTold(_ fault: String, _ words: String) throws {
    let failure = try #require(Self.failure(fault))
    #expect(failure.kind == .unavailable)
    #expect(failure.message.contains("faulty_child.py \(fault)"))
    #expect(failure.message.contains(words), "\(failure.message)")
  }

  @Test(arguments: ["hang", "chatty-hang", "unread", "close-input", "ignore-term"]) func hangsEnd(
    _ fault: String
  ) throws {
    let failure = try #require(Self.failure(fault, batch: 0.5))
    #expect(failure.kind == .unavailable)
    #expect(failure.message.contains("does not answer within 0.5 s"), "\(failure.message)")
  }

  @Test func aHangAtTheStartEnds() throws {
    let failure = try #require(Self.failure("hang-at-start", start: 0.5))
    #expect(failure.message.contains("does not answer within 0.5 s after its start"))
  }

  @Test func anAnswerBeforeTheQuestionIsRefused() throws {
    let failure = Programs.failure {
      let scorer = try ProcessScorer(
        command: Programs.faulty("early"), features: Programs.features(["a"]),
        options: Self.options(), registry: ChildRegistry())
      var large = Self.options()
      large.batchRows = 1_000_000
      let other = try ProcessScorer(
        command: Programs.faulty("early"), features: Programs.features(["a"]), options: large,
        registry: ChildRegistry())
      scorer.close()
      _ = try other.score([Programs.numbers("a", Array(repeating: 1, count: 1_000_000))])
    }
    #expect(
      failure?.message.contains("answers before it has read the rows") == true,
      "\(String(describing: failure))")
  }

  @Test func whatIsNotThereCannotBeStarted() {
    for command in [["/nowhere/scorer"], ["no-such-program-of-ours"], [LibraryFiles.path("rows.csv")]] {
      let failure = Programs.failure {
        _ = try ProcessScorer(command: command, features: Programs.features(["a"]))
      }
      #expect(failure?.kind == .unavailable)
      #expect(failure?.message.hasPrefix("\(command[0]): cannot be started: ") == true)
    }
    #expect(Programs.failure { _ = try ProcessScorer(command: [], features: []) }?.kind == .data)
  }

  /// The programs of this group still run, by the ids that `ps` would show.
  static func isRunning(_ id: pid_t) -> Bool {
    let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)
    return status.map { !$0.contains(") Z ") } ?? false
  }

  @Test func grandchildrenEndToo() throws {
    let failure = try #require(Self.failure("grandchild", batch: 0.5))
    let word = try #require(failure.message.split(separator: " ").last)
    let id = try #require(pid_t(word))
    for _ in 0..<200 where Self.isRunning(id) { usleep(10_000) }
    #expect(!Self.isRunning(id))
  }

  @Test func anInterruptionEndsAll() throws {
    let registry = ChildRegistry()
    let scorer = try ProcessScorer(
      command: Programs.faulty("ignore-term"), features: Programs.features(["a"]), options: Self.options(),
      registry: registry)
    let values = (0..<20).map(Double.init)
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.3) { registry.killAll() }
    let failure = Programs.failure { _ = try scorer.score([Programs.numbers("a", values)]) }
    #expect(
      failure?.message.contains("ended before it answered (killed by signal 9)") == true,
      "\(String(describing: failure))")
    let again = Programs.failure { _ = try scorer.score([Programs.numbers("a", values)]) }
    #expect(again?.message.contains("cannot be started: the run was interrupted") == true)
  }

  /// Of several copies that fail, the first rows' failure is told.
  @Test func theFirstRowsFailureIsTold() throws {
    var options = Self.options()
    options.processes = 4
    let scorer = try ProcessScorer(
      command: Programs.faulty("nan-first"), features: Programs.features(["a"]), options: options,
      registry: ChildRegistry())
    let values = (0..<60).map(Double.init)
    let failure = Programs.failure { _ = try scorer.score([Programs.numbers("a", values)]) }
    #expect(
      failure?.message.contains("rows 1 to 10: row 5: its score is nan") == true,
      "\(String(describing: failure))")
  }

  @Test func closingEndsAProgramThatWillNot() throws {
    let scorer = try ProcessScorer(
      command: Programs.faulty("slow-end"), features: Programs.features(["a"]), options: Self.options(),
      registry: ChildRegistry())
    #expect(try scorer.score([Programs.numbers("a", [1, 2])]) == [[1, 2]])
    scorer.close()
    #expect(try scorer.score([Programs.numbers("a", [3])]) == [[3]])
  }
}
