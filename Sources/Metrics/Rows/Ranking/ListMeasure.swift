import Glibc

/// What is computed of one ranked list; ties count as the mean over their orders.
enum ListMeasure: Sendable, Equatable {
  enum Gain: Sendable {
    /// 2^relevance − 1 (Burges et al. 2005).
    case exponential
    /// The relevance itself (Järvelin & Kekäläinen 2002).
    case linear
  }

  case ndcg(k: Int, Gain)
  case dcg(k: Int, Gain)
  case averagePrecision(k: Int)
  case reciprocalRank
  case firstRelevantRank
  case precision(k: Int)
  case recall(k: Int)
  case hit(k: Int)

  /// nil where the list has no value. Complexity: O(m), with a sort for NDCG.
  func value(_ list: RankedList, relevantAt: Double, discounts: [Double]) -> Double? {
    switch self {
    case .ndcg(let k, let gain):
      let ideal = Self.ideal(list, k, gain, discounts)
      return ideal > 0 ? Self.dcg(list, k, gain, discounts) / ideal : nil
    case .dcg(let k, let gain): return Self.dcg(list, k, gain, discounts)
    default: break
    }
    let relevant = RelevantRuns(list, relevantAt: relevantAt)
    if case .precision(let k) = self {
      return relevant.expected(top: k) / Double(min(k, list.relevance.count))
    }
    guard relevant.total > 0 else { return nil }
    switch self {
    case .averagePrecision(let k): return relevant.averagePrecision(top: k)
    case .reciprocalRank: return relevant.reciprocalRank()
    case .firstRelevantRank: return relevant.firstRank()
    case .recall(let k): return relevant.expected(top: k) / Double(relevant.total)
    case .hit(let k): return relevant.chanceOfHit(top: k)
    default: return nil
    }
  }

  private static func gain(_ relevance: Double, _ gain: Gain) -> Double {
    gain == .linear ? relevance : exp2(relevance) - 1
  }

  private static func dcg(_ list: RankedList, _ k: Int, _ gain: Gain, _ discounts: [Double]) -> Double {
    var sum = 0.0
    var start = 0
    for end in list.runEnds where start < k {
      var gains = 0.0
      for place in start..<end { gains += Self.gain(list.relevance[place], gain) }
      var discount = 0.0
      for place in start..<min(end, k) { discount += discounts[place] }
      sum += gains / Double(end - start) * discount
      start = end
    }
    return sum
  }

  private static func ideal(
    _ list: RankedList, _ k: Int, _ gain: Gain, _ discounts: [Double]
  ) -> Double {
    var sum = 0.0
    for (place, relevance) in list.relevance.sorted(by: >).prefix(k).enumerated() {
      sum += Self.gain(relevance, gain) * discounts[place]
    }
    return sum
  }
}
