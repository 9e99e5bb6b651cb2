/// Rows as one small number for each raw feature: the bin that its value is in.
///
/// Values of a bin go the same way at every node of the ensemble, so that a tree needs no more of a row than its bins.
struct BinnedRows: Sendable {
  let rowCount: Int
  /// The bin of feature f in row r is `codes[f · rowCount + r]`.
  let codes: [Int32]
  let features: [Bins]
  /// The feature that owns each input, and which of its inputs it is.
  let owners: [(feature: Int, offset: Int)]

  /// The bins of a feature: for each, inputs that stand for all values in it, `width` of them.
  struct Bins: Sendable {
    var representatives: [Double]
    var width: Int

    var count: Int { representatives.count / width }
  }

  /// Complexity: O(rows · features · log cuts).
  init(_ features: [EncodedFeature], ensemble: TreeEnsemble) {
    rowCount = features.first?.rowCount ?? 0
    let cuts = ensemble.cuts
    var codes: [Int32] = []
    codes.reserveCapacity(rowCount * features.count)
    var owners: [(feature: Int, offset: Int)] = []
    var bins: [Bins] = []
    for (index, feature) in features.enumerated() {
      switch feature {
      case .values(let values):
        let cuts = cuts[owners.count]
        codes.append(contentsOf: values.map { Self.bin($0, cuts) })
        bins.append(Bins(representatives: cuts + [.infinity, .nan], width: 1))
        owners.append((index, 0))
      case .coded(let own, let table, let width):
        codes.append(contentsOf: own)
        bins.append(Bins(representatives: table, width: width))
        for offset in 0..<width { owners.append((index, offset)) }
      }
    }
    (self.codes, self.features, self.owners) = (codes, bins, owners)
  }

  /// The number of cuts below `x`; one more than all of them for NaN.
  private static func bin(_ x: Double, _ cuts: [Double]) -> Int32 {
    if x.isNaN { return Int32(cuts.count + 1) }
    guard !cuts.isEmpty else { return 0 }
    // Halving with a sum in place of a branch, which could not be foreseen.
    var low = 0
    var count = cuts.count
    while count > 1 {
      let half = count / 2
      low += cuts[low + half - 1] < x ? half : 0
      count -= half
    }
    return Int32(low + (cuts[low] < x ? 1 : 0))
  }
}

extension TreeEnsemble {
  /// For each input, the values c such that the values in an interval (c₁, c₂] between neighbours go the same way
  /// everywhere, ascending. Complexity: O(nodes · log nodes).
  fileprivate var cuts: [[Double]] {
    var cuts = [[Double]](repeating: [], count: inputNames.count)
    for node in nodes { cuts[node.split.input].append(contentsOf: node.split.cuts) }
    return cuts.map { list in
      var distinct: [Double] = []
      for cut in list.sorted() where cut != distinct.last { distinct.append(cut) }
      return distinct
    }
  }
}
