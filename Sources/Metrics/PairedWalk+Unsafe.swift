/// The kernels that compare two scores of the same rows. Pointers stay inside this file.
enum PairedWalk {
  /// What a row contributes under one score, within its group.
  struct Term {
    /// Twice the weight of the other class below the row's score plus that at it: DeLong's component
    /// before division (for a negative row, of 1 − V₀₁).
    var rank: Double
    /// Influence on average precision before its own value is taken off and the share of positives
    /// divided out: y·(r + A) − B in the terms of `AveragePrecisionSums`.
    var precision: Double
  }

  /// Running sums of one group. Without weights they are whole numbers, and so exact.
  struct State {
    let all: Double
    let allPositives: Double
    private var positives = 0.0
    private var negatives = 0.0
    private var tiedPositives = 0.0
    private var tiedNegatives = 0.0
    private var a = 0.0
    private var b = 0.0
    private var ratio = 0.0
    private var positivesBelow = 0.0
    private var negativesBelow = 0.0

    init(_ counts: OutcomeCounts) {
      all = counts.weight
      allPositives = counts[.truePositive] + counts[.falseNegative]
    }

    @inline(__always)
    mutating func enter(label: UInt8, weight: Double) {
      if label == 1 { tiedPositives += weight } else { tiedNegatives += weight }
    }

    /// Settles the group's share of the run, once, and gives a row's term.
    @inline(__always)
    mutating func term(label: UInt8) -> Term {
      if tiedPositives + tiedNegatives > 0 {
        let remaining = all - positives - negatives
        if remaining > 0 {
          ratio = (allPositives - positives) / remaining
          a += tiedPositives / remaining
          b += tiedPositives * ratio / remaining
        }
        positivesBelow = 2 * positives + tiedPositives
        negativesBelow = 2 * negatives + tiedNegatives
        positives += tiedPositives
        negatives += tiedNegatives
        (tiedPositives, tiedNegatives) = (0, 0)
      }
      return label == 1
        ? Term(rank: negativesBelow, precision: ratio + a - b) : Term(rank: positivesBelow, precision: -b)
    }
  }

  /// The terms of every row, each at `places` of its position.
  static func terms(
    _ ranked: RankedRows, _ codes: [UInt32], _ counts: [OutcomeCounts], places: [UInt32]
  ) -> [Term] {
    [Term](unsafeUninitializedCapacity: codes.count) { terms, initialized in
      initialized = codes.count
      places.withUnsafeBufferPointer { places in
        walk(ranked, codes, counts) { position, _, _, _, term in
          terms.initializeElement(at: Int(places[position]), to: term)
        }
      }
    }
  }

  /// Sums over the rows of each group of what a row's terms differ by, every row counting 1.
  /// - Parameter candidate: the candidate's terms in the order of `ranked`, the baseline's.
  static func sums(
    _ ranked: RankedRows, _ codes: [UInt32], _ counts: [OutcomeCounts], candidate: [Term],
    changes: ScoreChanges
  ) -> [PairedSums] {
    var sums = [PairedSums](repeating: PairedSums(), count: counts.count)
    let hasLosses = !changes.logLoss.isEmpty
    sums.withUnsafeMutableBufferPointer { sums in
      candidate.withUnsafeBufferPointer { candidate in
        walk(ranked, codes, counts) { position, group, label, _, term in
          sums[group].enter(label: label, candidate[position], minus: term)
          sums[group].score.enter(changes.fixedScore[position])
          guard hasLosses else { return }
          sums[group].logLoss.enter(changes.fixedLogLoss[position])
          sums[group].brier.enter(changes.fixedBrier[position])
        }
      }
    }
    return sums
  }

  /// The same with weights.
  static func weightedSums(
    _ ranked: RankedRows, _ codes: [UInt32], _ counts: [OutcomeCounts], candidate: [Term],
    changes: ScoreChanges
  ) -> [WeightedPairedSums] {
    var sums = [WeightedPairedSums](repeating: WeightedPairedSums(), count: counts.count)
    let hasLosses = !changes.logLoss.isEmpty
    sums.withUnsafeMutableBufferPointer { sums in
      candidate.withUnsafeBufferPointer { candidate in
        walk(ranked, codes, counts) { position, group, label, weight, term in
          sums[group].enter(label: label, weight: weight, candidate[position], minus: term)
          sums[group].score.enter(changes.score[position], weight: weight)
          guard hasLosses else { return }
          sums[group].logLoss.enter(changes.logLoss[position], weight: weight)
          sums[group].brier.enter(changes.brier[position], weight: weight)
        }
      }
    }
    return sums
  }

  /// Walks up the scores run by run: all rows of a run enter, then each has its term.
  @inline(__always)
  private static func walk(
    _ ranked: RankedRows, _ codes: [UInt32], _ counts: [OutcomeCounts],
    emit: (_ position: Int, _ group: Int, _ label: UInt8, _ weight: Double, _ term: Term) -> Void
  ) {
    var states = counts.map(State.init)
    let count = codes.count
    let isWeighted = ranked.weights != nil
    states.withUnsafeMutableBufferPointer { states in
      codes.withUnsafeBufferPointer { codes in
        ranked.labels.withUnsafeBufferPointer { labels in
          ranked.order.runStart.withUnsafeBufferPointer { runs in
            (ranked.weights ?? []).withUnsafeBufferPointer { weights in
              var start = 0
              while start < count {
                let run = runs[start]
                var end = start
                while end < count, runs[end] == run {
                  states[Int(codes[end])].enter(label: labels[end], weight: isWeighted ? weights[end] : 1)
                  end += 1
                }
                for position in start..<end {
                  let group = Int(codes[position])
                  let label = labels[position]
                  emit(
                    position, group, label, isWeighted ? weights[position] : 1,
                    states[group].term(label: label))
                }
                start = end
              }
            }
          }
        }
      }
    }
  }
}
