import Glibc
import Results

/// Makes one draft of many: the worst or the best group.
struct Extreme {
  let scope: CheckResult.Scope

  init(_ scope: CheckResult.Scope) { self.scope = scope }

  static func logarithm(_ value: Double?) -> Double { abs(log(max(value ?? 1, 1e-300))) }

  /// The worst group is beyond where any is, which is asked of all at once (Bonferroni), and within where
  /// all are. For the best group it is the other way round, and groups that cannot be judged do not keep it
  /// from being good enough.
  func reduce(_ result: inout Drafter.Result) {
    let judged = result.drafts.filter { !$0.isBlocked }
    var blocked = result.drafts.filter(\.isBlocked)
    guard var chosen = judged.first else { return }
    let count = Double(judged.count)
    if scope == .worst {
      chosen = judged.reduce(chosen) { Self.badness($1) > Self.badness($0) ? $1 : $0 }
      let hardest = judged.reduce(judged[0]) { ($1.item.pWithin ?? 1) > ($0.item.pWithin ?? 1) ? $1 : $0 }
      chosen.multiplicity *= count
      chosen.hardest = hardest.hardest
      chosen.hardestBounds = hardest.hardestBounds ?? hardest.bounds
      chosen.smallestDenominator = judged.compactMap(\.smallestDenominator).min()
      chosen.item.pBeyond = chosen.item.pBeyond.map { min(1, $0 * count) }
      chosen.item.pWithin = hardest.item.pWithin
    } else {
      chosen = judged.reduce(chosen) { Self.badness($1) < Self.badness($0) ? $1 : $0 }
      let clearest = judged.reduce(judged[0]) { ($1.item.pBeyond ?? 1) > ($0.item.pBeyond ?? 1) ? $1 : $0 }
      chosen.clearest = clearest.clearest
      chosen.multiplicity = clearest.multiplicity
      chosen.item.pBeyond = blocked.isEmpty ? clearest.item.pBeyond : 1
      chosen.item.pWithin = chosen.item.pWithin.map { min(1, $0 * count) }
      result.excluded += blocked.map {
        Gap.Exclusion(group: $0.item.slice, reason: $0.item.reason ?? "cannot be judged")
      }
      blocked = []
    }
    result.drafts = [chosen] + blocked
  }

  /// How bad a group looks: how clearly it is beyond, else how far it is from within.
  private static func badness(_ draft: Draft) -> Double {
    guard !draft.byValue else {
      let value = draft.item.value ?? 0
      let bounds = draft.isSize ? Bounds(maximum: draft.bounds.maximum) : draft.bounds
      return max(
        bounds.minimum.map { $0 - value } ?? -.infinity, bounds.maximum.map { value - $0 } ?? -.infinity)
    }
    return (draft.item.pWithin ?? 1) - (draft.item.pBeyond ?? 1)
  }
}
