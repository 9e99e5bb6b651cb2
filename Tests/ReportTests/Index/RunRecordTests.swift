import Foundation
import Report
import Results
import TestSupport
import Testing

@Suite struct RunRecordTests {
  private let origin = RunRecord.Origin(kind: .evaluate, folder: "demo", label: "a1")

  @Test func aRecordSaysWhatTheEvaluationSays() throws {
    let evaluation = PageTests.judged
    let judgement = try #require(evaluation.judgement)
    let record = RunRecord(evaluation, judgement, origin: origin)
    #expect(record.rows == evaluation.slices.rows[0] && record.slices == evaluation.slices.count)
    #expect(record.inputs.map(\.sha256) == evaluation.inputs.map(\.sha256))
    #expect(record.verdict == judgement.verdict && record.exitCode == judgement.exitCode)
    #expect(record.policy?.sha256 == judgement.policy.sha256)
    let digest = SHA256Oracle.digest(Array(evaluation.configuration.utf8)).map {
      String($0 >> 4, radix: 16) + String($0 & 15, radix: 16)
    }.joined()
    #expect(record.configuration == digest)
    #expect(record.checks.map(\.id) == judgement.checks.map(\.id))
    for (check, own) in zip(judgement.checks, record.checks) {
      #expect(own.verdict == check.verdict && own.countsAs == check.countsAs)
      #expect(own.slice == check.worst?.slice && own.reading.value == check.worst?.value)
      #expect(own.reading.lower == check.worst?.lower && own.maximum == check.maximum)
      #expect(own.groups == check.items.count && own.failed == check.items.count { $0.verdict == .fail })
    }
    for metric in record.overall {
      let estimate = evaluation.estimate(metric.metric, slice: 0)
      #expect(metric.reading == .init(estimate?.value, estimate?.lower, estimate?.upper))
    }
    #expect(!record.overall.isEmpty)
  }

  @Test func gapsAreTheStoredOnesByFamily() throws {
    let record = RunRecord(PageTests.adult, nil, origin: origin)
    #expect(record.verdict == nil && record.checks.isEmpty && record.policy == nil)
    #expect(!record.gaps.isEmpty && record.familiesLeftOut == 0)
    for gap in record.gaps {
      let stored = PageTests.adult.gaps.first {
        $0.comparison == .betweenGroups && $0.kind == .difference && $0.metric == gap.gap
          && PageTests.adult.families[$0.family].name == gap.slices
      }
      #expect(stored?.estimate.value == gap.reading.value && stored?.estimate.lower == gap.reading.lower)
    }
    #expect(Set(record.gaps.map { "\($0.slices)|\($0.gap)" }).count == record.gaps.count)
  }

  @Test func itReadsBackAndFitsTheSchema() throws {
    let schema = try JSONSchema("runs.schema.json")
    for evaluation in [PageTests.adult, PageTests.judged, PageTests.crowded, NastyNameTests.evaluation()] {
      let record = RunRecord(evaluation, evaluation.judgement, origin: origin)
      let line = record.line()
      #expect(try RunLog(jsonLines: line, name: "r").entries.map(\.record) == [record])
      #expect(try schema.errors(in: line).isEmpty)
      #expect(record.line() == RunRecord(evaluation, evaluation.judgement, origin: origin).line())
    }
  }

  @Test func aLineStaysShortHoweverManyFamiliesThereAre() {
    var fixture = EvaluationFixture()
    fixture.families = (0..<100).map {
      EvaluationFixture.simple("f\($0)", [("a", 90, 0.3, 0.5), ("b", 80, 0.4, 0.6)], reference: nil)
    }
    let record = RunRecord(fixture.make(), nil, origin: origin)
    #expect(record.familiesLeftOut == 60)
    #expect(Set(record.gaps.map(\.slices)).count <= 40)
    #expect(record.line().count < 150_000)
  }

  /// What an evaluation withholds is in no record.
  @Test func whatIsWithheldStaysWithheld() {
    var evaluation = PageTests.adult
    evaluation.suppression = Suppression(below: 10)
    for index in evaluation.gaps.indices {
      evaluation.gaps[index].estimate = Estimate(
        value: nil, denominator: 0, weight: 0, effectiveCount: 0, status: .suppressed)
    }
    let record = RunRecord(evaluation, nil, origin: origin)
    #expect(record.suppressedBelow == 10)
    #expect(record.gaps.allSatisfy { $0.reading == .init() && $0.reason?.contains("withheld") == true })
  }
}
