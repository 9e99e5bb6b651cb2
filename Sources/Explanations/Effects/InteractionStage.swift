import Models
import Results

/// The rows that interactions are computed on, each of them a background and a point.
struct InteractionStage: Sendable {
  let rescorer: any Rescoring
  private let output: Int
  private let sample: EffectSample
  /// A joint effect no larger is the rounding error of scores.
  private let leastSize: Double

  init(_ input: ExplanationInput, _ rows: [Int32]) throws(Failure) {
    rescorer = rows.count < input.rowCount ? try input.rescorer.selecting(rows) : input.rescorer
    output = input.output
    sample = EffectSample(rows, of: input, at: Array(0..<Int32(rows.count)))
    leastSize = try 1e-12 * rescorer.scores()[output].reduce(0) { max($0, abs($1)) }
  }

  var rowCount: Int { rescorer.rowCount }

  /// Partial dependence on each set of columns at every row's own values, less its mean. Nothing is asked twice.
  func centredEffects(
    _ sets: [Set<Int>], threads: Int, _ progress: @Sendable (_ done: Int, _ count: Int) -> Void
  ) throws(Failure) -> [Set<Int>: [Double]] {
    var distinct: [Set<Int>] = []
    for set in sets where !distinct.contains(set) { distinct.append(set) }
    let tasks = distinct
    let effects = try Concurrent.map(tasks.count, threads: threads, progress: progress) {
      place throws(Failure) in centred(try dependence(on: tasks[place]))
    }
    return Dictionary(uniqueKeysWithValues: zip(tasks, effects))
  }

  private func dependence(on moved: Set<Int>) throws(Failure) -> [Double] {
    var means: [Double] = []
    let step = max(1, EffectsEngine.batchScores / max(1, rowCount))
    for start in stride(from: 0, to: rowCount, by: step) {
      let donors = (start..<min(start + step, rowCount)).map { Array(repeating: Int32($0), count: rowCount) }
      for scores in try rescorer.scores(moving: moved, donors: donors) { means.append(mean(scores[output])) }
    }
    return means
  }

  func centred(_ values: [Double]) -> [Double] {
    let mean = mean(values)
    return values.map { $0 - mean }
  }

  private func mean(_ values: [Double]) -> Double {
    values.indices.reduce(0) { $0 + sample.weight($1) * values[$1] } / sample.total
  }

  /// The share that `rest` has in the sum of squares of `whole`, and √ of its mean square.
  func share(of rest: [Double], in whole: [Double]) -> (hSquared: Double, strength: Double) {
    let (part, all) = (mean(rest.map { $0 * $0 }), mean(whole.map { $0 * $0 }))
    return (all.squareRoot() > leastSize ? part / all : .nan, part.squareRoot())
  }
}
