import Gate
import Metrics
import Results
import Statistics

/// Draws evaluations and judges them.
struct Simulation {
  let runs: Int

  struct Outcome {
    var cell: Cell
    var runs: Int
    var valueFails = 0
    var fails = 0
    var passes = 0

    private func share(_ count: Int) -> Double { Double(count) / Double(runs) }

    /// Share of runs in which the interval gate says the opposite of the truth.
    var wrong: Double { share(cell.isWithin ? fails : passes) }
    var valueWrong: Double { share(cell.isWithin ? valueFails : runs - valueFails) }

    var line: String {
      func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
      }
      func number(_ x: Double) -> String { padded("\((x * 10_000).rounded() / 10_000)", 7) }
      return padded(cell.text, 39) + padded(cell.isWithin ? "holds" : "broken", 8)
        + padded(number(valueWrong), 18)
        + padded(number(wrong), 20) + number(share(fails)) + number(share(passes))
        + number(share(runs - fails - passes))
    }
  }

  func run(_ cell: Cell) -> Outcome {
    var outcome = Outcome(cell: cell, runs: runs)
    let interval = Self.gate("interval")
    let point = Self.gate("point")
    for run in 0..<runs {
      var random = KeyedRandom(seed: UInt64(run), key: cell.text)
      let selected = cell.rates.map {
        BinomialSampler(trials: cell.size, probability: $0).draw(using: &random)
      }
      let evaluation = Self.evaluation(selected, cell.size)
      switch try? interval?.judge(evaluation).verdict {
      case .fail: outcome.fails += 1
      case .pass: outcome.passes += 1
      default: break
      }
      if case .fail = try? point?.judge(evaluation).verdict { outcome.valueFails += 1 }
    }
    return outcome
  }

  private static func gate(_ evidence: String) -> Judge? {
    let text =
      "{ checks: [{ id: 'four-fifths', preset: 'four_fifths', slices: 'g', evidence: '\(evidence)' }] }"
    let source = Judgement.Source(name: "simulation", sha256: "")
    return (try? Policy(text: Array(text.utf8), name: "simulation", source: source)).map { Judge(policy: $0) }
  }

  private static func evaluation(_ selected: [Int], _ size: Int) -> Evaluation {
    let estimator = SliceEstimator(
      level: 0.95, bootstrap: CellBootstrap(replicates: 1, seed: 0, isWeighted: false))
    let counts = [selected.reduce(0, +)] + selected
    let sizes = [size * selected.count] + selected.map { _ in size }
    let tallies = zip(counts, sizes).map {
      OutcomeCounts(truePositives: 0, falsePositives: $0, falseNegatives: 0, trueNegatives: $1 - $0)
    }
    let rate = BinaryMetric.selectionRate
    let estimates = tallies.flatMap { tally in rate.rate.map { estimator.rate($0, tally) }.map { [$0] } ?? []
    }
    let zeros = counts.map { _ in 0 }
    return Evaluation(
      producer: Producer(name: "fairslice", version: ""), title: "", task: .binary, level: 0.95, seed: 0,
      bootstrapReplicates: 1,
      roles: Roles(
        label: "", positive: "", score: nil, scoreIsProbability: false, decision: "", threshold: nil,
        thresholdIsStrict: false, weight: nil, unit: nil, baseline: nil), inputs: [],
      rejections: Rejections(count: 0, listed: []), configuration: "{}", notes: [], metrics: [rate.entry],
      families: [
        SliceFamily(features: [], name: "", first: 0, count: 1, reference: nil),
        SliceFamily(features: ["g"], name: "g", first: 1, count: selected.count, reference: nil),
      ],
      slices: SliceColumns(
        predicate: ["overall"] + selected.indices.map { "g=\($0)" },
        label: ["overall"] + selected.indices.map { "\($0)" }, family: [0] + selected.map { _ in 1 },
        rows: sizes,
        weight: sizes.map(Double.init), truePositives: zeros, falsePositives: counts, falseNegatives: zeros,
        trueNegatives: zip(sizes, counts).map(-), baselineCells: [], cellWeights: [], cellSquaredWeights: [],
        covarianceWithOverall: [:]),
      estimates: [EstimateColumns(estimates)], gaps: [], curves: nil, calibration: nil)
  }
}
