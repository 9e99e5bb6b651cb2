/// What to slice by, as the user asked for it.
package struct SliceSpec: Sendable, Equatable {
  /// How one feature is turned into groups.
  package enum Binning: Sendable, Equatable {
    /// Categories as they are; a numeric column by its distinct values when it has few, else by
    /// quartiles.
    case automatic
    /// [e₀, e₁), [e₁, e₂), … with open ends below and above.
    case edges([Double])
    /// So many bins of about equal size, cut at quantiles.
    case quantiles(Int)
    /// One group for each distinct value, however many.
    case values
  }

  package struct Feature: Sendable, Equatable {
    package var name: String
    package var binning: Binning
    /// Only this group is reported; nil for all.
    package var only: String?

    package init(name: String, binning: Binning = .automatic, only: String? = nil) {
      self.name = name
      self.binning = binning
      self.only = only
    }
  }

  package var features: [Feature]

  package init(features: [Feature]) { self.features = features }
}
