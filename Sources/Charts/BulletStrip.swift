/// Bounded numbers against their bounds, one row each: a tick at the bound, the region that passes tinted, the number
/// with its interval, what it is compared with as a hollow diamond, and the verdict in words.
///
/// All bounds stand on one line and whatever violates lies to the right of it: a row whose bound is a minimum runs from
/// high to low and says so. Each row has a scale of its own.
package struct BulletStrip: Chart, Equatable {
  package enum Status: Sendable, CaseIterable {
    case fail, inconclusive, waived, pass

    var ink: Ink {
      switch self {
      case .fail: .bad
      case .inconclusive: .unsure
      case .waived: .mutedText
      case .pass: .good
      }
    }
  }

  package struct Row: Equatable, Sendable {
    /// The check, and the group that it is about.
    package var label: String
    package var detail: String
    package var status: Status
    /// The verdict in a word or two.
    package var statusText: String
    /// Inclusive bounds; a row without any is only written.
    package var minimum: Double?
    package var maximum: Double?
    package var boundText: String
    /// Ratios are drawn on a logarithmic scale.
    package var kind: Scale.Kind
    package var reading: Reading
    package var valueText: String
    /// The value of what the number is compared with: "no gap", "no change" or the baseline's.
    package var reference: Double?
    /// Values that the number can take; the tint ends there.
    package var domain: ClosedRange<Double>

    package init(
      _ label: String, detail: String = "", status: Status, statusText: String, minimum: Double? = nil,
      maximum: Double? = nil, boundText: String, kind: Scale.Kind = .linear, reading: Reading,
      valueText: String, reference: Double? = nil,
      domain: ClosedRange<Double> = -Double.infinity...Double.infinity
    ) {
      self.label = label
      self.detail = detail
      self.status = status
      self.statusText = statusText
      self.minimum = minimum
      self.maximum = maximum
      self.boundText = boundText
      self.kind = kind
      self.reading = reading
      self.valueText = valueText
      self.reference = reference
      self.domain = domain
    }

    /// Whether the row runs from high to low, so that what violates its bound lies at the right.
    package var isReversed: Bool { Track(self)?.isReversed ?? false }
  }

  package var title: String
  package var summary: String
  package var rows: [Row]
  /// What a hollow diamond and a hollow circle mean.
  package var referenceLegend: String
  package var unstableLegend: String

  package init(
    title: String, summary: String = "", rows: [Row],
    referenceLegend: String = "what it is compared with",
    unstableLegend: String = "few observations"
  ) {
    self.title = title
    self.summary = summary
    self.rows = rows
    self.referenceLegend = referenceLegend
    self.unstableLegend = unstableLegend
  }
}
