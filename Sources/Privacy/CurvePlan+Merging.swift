import Results

extension CurvePlan {
  /// Places of the thresholds at which a family's curves stay exact, ascending.
  func thresholds(_ family: Int) -> [Int] {
    kept[family].compactMap { if case .threshold(let place) = cuts.boundaries[$0] { place } else { nil } }
      .sorted()
  }

  /// The lowest bins of merged ones, ascending; the first is 0.
  private func binStarts(_ family: Int) -> [Int] {
    let edges = kept[family].compactMap { place -> Int? in
      if case .edge(let bin) = cuts.boundaries[place] { bin } else { nil }
    }
    return [0] + edges.sorted()
  }

  /// Calibration bins that hold nothing because they were merged into the one below.
  func mergedBins(_ family: Int, _ calibration: CalibrationColumns) -> [Int] {
    let starts = Set(binStarts(family))
    return (0..<calibration.binCount).filter { !starts.contains($0) }
  }

  /// Rows between two remaining thresholds are in the bin of the lower one; hidden slices have none.
  func merged(_ curves: ThresholdCurves, _ families: [Int]) -> ThresholdCurves {
    var result = ThresholdCurves(
      thresholds: curves.thresholds, offsets: [0], bin: [], positives: [], negatives: [])
    let starts = kept.indices.map(thresholds)
    for slice in 0..<max(0, curves.offsets.count - 1) {
      if !hidden[slice] { append(curves, slice, starts[families[slice]], to: &result) }
      result.offsets.append(result.bin.count)
    }
    return result
  }

  private func append(
    _ curves: ThresholdCurves, _ slice: Int, _ starts: [Int], to result: inout ThresholdCurves
  ) {
    let first = result.bin.count
    for entry in curves.offsets[slice]..<curves.offsets[slice + 1] {
      let bin = starts.last { $0 <= curves.bin[entry] } ?? -1
      if result.bin.count > first, result.bin.last == bin {
        result.positives[result.positives.count - 1] += curves.positives[entry]
        result.negatives[result.negatives.count - 1] += curves.negatives[entry]
      } else {
        result.bin.append(bin)
        result.positives.append(curves.positives[entry])
        result.negatives.append(curves.negatives[entry])
      }
    }
  }

  /// Bins between two remaining edges are in the lowest of them; hidden slices have none.
  func merged(_ calibration: CalibrationColumns, _ families: [Int]) -> CalibrationColumns {
    var result = calibration
    let cells = calibration.rows.count
    result.rows = [Int](repeating: 0, count: cells)
    let none = [Double](repeating: 0, count: cells)
    (result.weight, result.scoreSum, result.positiveSum) = (none, none, none)
    let starts = kept.indices.map(binStarts)
    for slice in families.indices where !hidden[slice] {
      for bin in 0..<calibration.binCount {
        let from = slice * calibration.binCount + bin
        let to = slice * calibration.binCount + (starts[families[slice]].last { $0 <= bin } ?? 0)
        result.rows[to] += calibration.rows[from]
        result.weight[to] += calibration.weight[from]
        result.scoreSum[to] += calibration.scoreSum[from]
        result.positiveSum[to] += calibration.positiveSum[from]
      }
    }
    return result
  }
}
