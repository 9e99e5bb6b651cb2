/// Whether `|a − b| ≤ tolerance · max(1, |b|)`; equal infinities and two NaNs are close.
public func isClose(_ a: Double, _ b: Double, within tolerance: Double = 1e-12) -> Bool {
  if a.isNaN || b.isNaN { return a.isNaN && b.isNaN }
  if a == b { return true }
  // Nothing else is close to what has no end.
  if a.isInfinite || b.isInfinite { return false }
  return abs(a - b) <= tolerance * max(1, abs(b))
}
