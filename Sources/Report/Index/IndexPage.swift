import Charts
import Results
import Templating

/// Makes the page over all runs: picks and orders what their records say, and lays out the trends. Nothing is computed
/// but which of two stored numbers is the larger.
package struct IndexPage {
  /// A run, with what a reader of the list must know besides.
  struct Run {
    var number: Int
    var record: RunRecord
    /// How many runs in a row came to exactly this; the newest of them stands for all.
    var count = 1
    /// What differs from the run of this title before it.
    var changes: [TrendPlot.Change] = []
    /// Where its report is, relative to the page; nil where there is none, or a later run wrote over it.
    var report: String?
  }

  let log: RunLog
  /// Oldest first.
  let runs: [Run]
  /// Titles, the one with the newest run first, and the places of their runs.
  let subjects: [(title: String, runs: [Int])]

  /// Rows of the list that are there without scripts, and runs that a trend shows at most.
  static let served = 50
  static let trendLength = 40

  /// - Parameter hasReport: whether a folder beside the page holds a report
  package init(_ log: RunLog, hasReport: (String) -> Bool) {
    self.log = log
    var runs: [Run] = []
    var latest: [String: Int] = [:]
    for entry in log.entries {
      var run = Run(number: entry.number, record: entry.record)
      if let place = latest[entry.record.title] {
        if runs[place].record.isRepeat(of: entry.record) {
          run.count = runs[place].count + 1
          run.changes = runs[place].changes
          runs[place].count = 0
        } else {
          run.changes = Self.changes(run, since: runs[place])
        }
      }
      latest[entry.record.title] = runs.count
      runs.append(run)
    }
    runs.removeAll { $0.count == 0 }
    var known: [String: Bool] = [:]
    var written: Set<String> = []
    for index in runs.indices.reversed() {
      let folder = runs[index].record.origin.folder
      let isNewest = written.insert("\(runs[index].record.origin.kind.rawValue) \(folder)").inserted
      guard isNewest, let href = Self.href(folder) else { continue }
      let exists = known[folder] ?? hasReport(folder)
      known[folder] = exists
      if exists { runs[index].report = href }
    }
    self.runs = runs
    subjects = Self.subjects(runs)
  }

  private static func subjects(_ runs: [Run]) -> [(title: String, runs: [Int])] {
    var places: [String: [Int]] = [:]
    for (index, run) in runs.enumerated() { places[run.record.title, default: []].append(index) }
    return places.map { (title: $0.key, runs: $0.value) }
      .sorted { ($0.runs.last ?? 0) > ($1.runs.last ?? 0) }
  }

  /// A folder's report as a link. A record that somebody else wrote leads nowhere but below the page.
  static func href(_ folder: String) -> String? {
    let steps = folder.split(separator: "/", omittingEmptySubsequences: false)
    guard !folder.hasPrefix("/"), !steps.contains(".."), !folder.utf8.contains(0) else { return nil }
    var text = "./"
    for byte in folder.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        text += "%" + (hex.count == 1 ? "0" : "") + hex
      }
    }
    return text + "/report.html"
  }

  /// What was made, for a terminal.
  package var summary: String {
    guard let newest = runs.last else { return "No runs yet." }
    let all = Wording.plural(log.entries.count, "run", "runs")
    let titles = subjects.count == 1 ? "" : " of \(Wording.count(subjects.count)) titles"
    let verdict = RunWords.verdict(newest.record)
    var text =
      "\(all)\(titles), the newest \(RunWords.name(newest)): \(verdict.sign) \(verdict.word), "
      + RunWords.counts(newest.record)
    for remark in remarks { text += "\n" + remark }
    return TerminalText.inert(text)
  }

  /// What could not be shown.
  var remarks: [String] {
    var remarks: [String] = []
    if let torn = log.tornLine {
      remarks.append("Line \(torn) of runs.jsonl was cut short, as by a crash, and is left out.")
    }
    for line in log.unreadable.prefix(8) {
      remarks.append(
        "Line \(line.number) of runs.jsonl was written by a newer fairslice (version \(line.version) of the "
          + "stored form) and is not shown.")
    }
    if log.unreadable.count > 8 {
      remarks.append("And \(Wording.count(log.unreadable.count - 8)) more lines of a newer fairslice.")
    }
    return remarks
  }

  /// The name of a title's part of the page.
  func anchor(_ subject: Int) -> String { "subject-\(subject + 1)" }
}
