import Charts
import Results
import Templating

extension IndexPage {
  func model() -> TemplateValue {
    let comparison = latestPair.map { RunComparison(runs[$0.0], runs[$0.1]) }
    let titles = subjects.count == 1 ? VisibleText.of(subjects[0].title) : ""
    return [
      "documentTitle": .text(documentTitle), "headline": .text(headline),
      "title": .optional(titles.isEmpty ? nil : titles),
      "hasRuns": .bool(!runs.isEmpty), "remarks": .list(remarks.map { .text($0) }),
      "subjects": .list(subjects.indices.map(subject)),
      "trends": .list(subjects.indices.map(trends)),
      "manySubjects": .bool(subjects.count > 1),
      "rows": .list(runs.suffix(Self.served).reversed().map(row)),
      "total": .text(Wording.count(runs.count)), "served": .text(Wording.count(min(runs.count, Self.served))),
      "isCut": .bool(runs.count > Self.served),
      "lines": .text(Wording.plural(log.entries.count, "run", "runs")),
      "comparison": comparison?.model() ?? .null,
      "json": .markup(IndexData(self).json),
      "producer": .text(
        runs.last.map { "\($0.record.producer.name) \($0.record.producer.version)" } ?? "fairslice"),
    ]
  }

  private var headline: String {
    guard let newest = runs.last else { return "No runs yet" }
    let verdict = RunWords.verdict(newest.record)
    return newest.record.verdict == nil
      ? "Newest run \(RunWords.name(newest)): \(RunWords.counts(newest.record))"
      : "\(verdict.word) — \(RunWords.counts(newest.record))"
  }

  private var documentTitle: String {
    guard let newest = runs.last else { return "No runs yet — runs" }
    return
      "\(headline) — \(Wording.plural(runs.count, "run", "runs")) of \(VisibleText.of(newest.record.title))"
  }

  /// The state of a title: its newest run.
  private func subject(_ index: Int) -> TemplateValue {
    let subject = subjects[index]
    guard let last = subject.runs.last else { return .null }
    let run = runs[last]
    let verdict = RunWords.verdict(run.record)
    return [
      "title": .text(VisibleText.of(subject.title)), "href": .text("#" + anchor(index)),
      "run": .text(RunWords.name(run)), "report": .optional(run.report),
      "sign": .text(verdict.sign), "word": .text(verdict.word), "class": .text(verdict.class),
      "counts": .text(RunWords.counts(run.record)),
      "runs": .text(Wording.plural(subject.runs.count, "run", "runs")),
      "date": .optional(run.record.origin.date.map { VisibleText.of($0) }),
    ]
  }

  /// A row of the list; `IndexData` says the same to the script.
  private func row(_ run: Run) -> TemplateValue {
    let record = run.record
    let verdict = RunWords.verdict(record)
    let counts = Self.counts(record)
    func count(_ place: Int) -> TemplateValue { counts.map { .integer($0[place]) } ?? .null }
    let worst = Self.worst(record)
    return [
      "id": .text("run-\(run.number)"), "number": .integer(run.number), "name": .text(RunWords.name(run)),
      "count": run.count > 1 ? .integer(run.count) : .null,
      "title": subjects.count > 1 ? .text(VisibleText.of(record.title)) : .null,
      "date": .optional(record.origin.date.map { VisibleText.of($0) }), "report": .optional(run.report),
      "folder": .text(VisibleText.of(record.origin.folder)), "kind": .text(record.origin.kind.rawValue),
      "sign": .text(verdict.sign), "word": .text(verdict.word), "class": .text(verdict.class),
      "failed": count(0), "inconclusive": count(1), "waived": count(2), "warnings": count(3),
      "worst": .optional(worst.map { RunWords.text($0.reading) }),
      "worstName": .optional(worst.map(Self.gapTitle)),
      "rows": .text(Wording.count(record.rows)),
      "data": .text(RunWords.dataHash(record)), "model": .text(RunWords.hash(record.model?.sha256)),
      "policy": .text(RunWords.hash(record.policy?.sha256)),
      "newData": .bool(run.changes.contains(.data)), "newModel": .bool(run.changes.contains(.model)),
      "newPolicy": .bool(run.changes.contains(.policy)),
    ]
  }

  /// Checks that failed, are inconclusive, are waived, and those that only warn, as a verdict's own words count them.
  static func counts(_ record: RunRecord) -> [Int]? {
    guard record.verdict != nil else { return nil }
    func count(_ verdict: Verdict) -> Int {
      record.checks.count { $0.severity == .error && $0.verdict == verdict }
    }
    return [
      count(.fail), count(.inconclusive), record.checks.count { $0.verdict == .waived },
      record.checks.count { $0.severity == .warning && ($0.verdict == .fail || $0.verdict == .inconclusive) },
    ]
  }

  /// `Equal opportunity by race`.
  static func gapTitle(_ gap: RunRecord.Gap) -> String {
    "\(VisibleText.of(gap.name)) by \(VisibleText.of(gap.slices))"
  }

  /// The gap that is surest to be there: the one whose nearer limit lies farthest from 0; where none is sure, the
  /// largest. Gaps that restate another one are left out.
  static func worst(_ record: RunRecord, in slices: String? = nil) -> RunRecord.Gap? {
    let gaps = record.gaps.filter { gap in
      guard gap.reading.value != nil, slices == nil || gap.slices == slices else { return false }
      guard let other = GapNames.restated[gap.gap] else { return true }
      return !record.gaps.contains { $0.slices == gap.slices && $0.gap == other && $0.reading.value != nil }
    }
    func rank(_ gap: RunRecord.Gap) -> (Double, Double) {
      (max(0, gap.reading.lower ?? 0), gap.reading.value ?? 0)
    }
    return gaps.enumerated().max {
      let (a, b) = (rank($0.element), rank($1.element))
      return a == b ? $0.offset > $1.offset : a < b
    }?.element
  }

  /// The newest run and the one of its title and kind before it, by place.
  var latestPair: (Int, Int)? {
    guard let newest = runs.indices.last else { return nil }
    let record = runs[newest].record
    let before = runs.indices.dropLast().last {
      runs[$0].record.title == record.title && runs[$0].record.origin.kind == record.origin.kind
    }
    return before.map { ($0, newest) }
  }
}
