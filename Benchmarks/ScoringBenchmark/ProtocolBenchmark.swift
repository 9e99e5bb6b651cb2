import Models
import Results
import Tables

/// Ten columns of numbers to a program and a score back, in each format; wall time, for two processes work.
struct ProtocolBenchmark {
  let command: [String]
  let rows: Int

  func run() throws(Failure) {
    let columns = (0..<10).map { column -> Column in
      let values = (0..<rows).map { Double(($0 * 7919 + column * 104_729) % 1_000_003) / 1009 }
      return .numbers(NumberColumn(name: "c\(column)", values: values, missingCount: 0))
    }
    for format in FrameFormat.allCases {
      var options = ProcessScorer.Options()
      options.formats = [format]
      let scorer = try ProcessScorer(
        command: command, features: columns.map { .init(name: $0.name, kind: .number) }, options: options)
      // The first batch pays for what the program loads late.
      _ = try scorer.score(columns)
      var best = Double.infinity
      for _ in 0..<3 {
        let start = ContinuousClock.now
        _ = try scorer.score(columns)
        best = min(best, start.duration(to: .now) / .seconds(1))
      }
      scorer.close()
      print("\(format.rawValue): \(best) s, \(Int(Double(rows) / best)) rows/s")
    }
  }
}
