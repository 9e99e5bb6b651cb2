/// What to slice by, as the user asked for it.
package struct SliceSpec: Sendable, Equatable {
  /// How one feature is turned into groups.
  package enum Binning: Sendable, Equatable {
    /// Categories as they are; numbers by their distinct values when there are few, else by quartiles.
    case automatic
    /// [e₀, e₁), [e₁, e₂), … with open ends below and above where rows lie there.
    case edges([Double])
    /// So many bins of about equal size, cut at quantiles.
    case quantiles(Int)
    /// One group for each distinct value, however many.
    case values
  }

  /// One group of a feature.
  package enum Choice: Sendable, Equatable {
    case value(String)
    case missing
  }

  package struct Feature: Sendable, Equatable {
    package var name: String
    package var binning: Binning
    /// Only this group is reported; nil for all.
    package var only: Choice?

    package init(name: String, binning: Binning = .automatic, only: Choice? = nil) {
      self.name = name
      self.binning = binning
      self.only = only
    }
  }

  package var features: [Feature]

  package init(features: [Feature]) { self.features = features }
}
