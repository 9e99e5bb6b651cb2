/// What a preset (the four-fifths rule, a city's bias audit, a tool) stands for in an evaluation: its sources, what it
/// asked for, what it left out, and its indicators. Never a legal finding.
package struct PresetRecord: Sendable, Equatable {
  /// A text of law, a rule or a paper.
  package struct Citation: Sendable, Equatable, Codable {
    /// `29 CFR 1607.4(D)`
    package var source: String
    /// What is taken from it.
    package var about: String

    package init(_ source: String, _ about: String) {
      self.source = source
      self.about = about
    }
  }

  /// What the preset asks of a run, and what was in force, which the user may have said otherwise.
  package struct Request: Sendable, Equatable, Codable {
    /// The key of a configuration.
    package var key: String
    package var wanted: String
    package var used: String

    package init(key: String, wanted: String, used: String) {
      self.key = key
      self.wanted = wanted
      self.used = used
    }
  }

  /// A group that no comparison takes in.
  package struct Exclusion: Sendable, Equatable, Codable {
    package var slice: Int
    package var reason: String

    package init(slice: Int, reason: String) {
      self.slice = slice
      self.reason = reason
    }
  }

  /// `four-fifths`
  package var id: String
  package var title: String
  /// That these are indicators, and of what.
  package var statement: String
  package var citations: [Citation]
  package var requests: [Request]
  package var exclusions: [Exclusion]
  package var notes: [String]
  package var tables: [PresetTable]

  package init(
    id: String, title: String, statement: String, citations: [Citation], requests: [Request],
    exclusions: [Exclusion], notes: [String], tables: [PresetTable]
  ) {
    self.id = id
    self.title = title
    self.statement = statement
    self.citations = citations
    self.requests = requests
    self.exclusions = exclusions
    self.notes = notes
    self.tables = tables
  }
}

/// Indicators of the groups of one slice family, a column each.
package struct PresetTable: Sendable, Equatable {
  package struct Column: Sendable, Equatable {
    package enum Kind: String, Sendable, Codable {
      case count, rate, ratio, number, text
      case pValue = "p_value"
    }

    /// Whose rows a value rests on.
    package enum Basis: String, Sendable, Codable {
      /// The group's own.
      case group
      /// The group's and the reference group's.
      case reference
      /// Those of all groups of the table.
      case table
      /// Those of other slices besides.
      case run
    }

    package var id: String
    package var name: String
    package var kind: Kind
    /// How it is made and read.
    package var meaning: String
    /// What of a group it tells.
    package var tells: Suppression.Layer
    package var basis: Basis
    /// By row; NaN where there is none.
    package var values: [Double]
    /// Limits at the evaluation's level; empty where the column has no intervals.
    package var lower: [Double]
    package var upper: [Double]
    /// The texts of a column of texts; of numbers why there is none, empty where none lacks.
    package var texts: [String]

    package init(
      id: String, name: String, kind: Kind, meaning: String, tells: Suppression.Layer, basis: Basis,
      values: [Double] = [], lower: [Double] = [], upper: [Double] = [], texts: [String] = []
    ) {
      self.id = id
      self.name = name
      self.kind = kind
      self.meaning = meaning
      self.tells = tells
      self.basis = basis
      self.values = values
      self.lower = lower
      self.upper = upper
      self.texts = texts
    }
  }

  package var id: String
  package var title: String
  /// What is compared with what.
  package var about: String
  /// Index of the slice family.
  package var family: Int
  /// Slice index of the group that others are compared with; nil where there is none.
  package var reference: Int?
  /// Whether the reference group is the one with the highest rate, found by looking at all.
  package var isSearched: Bool
  /// What all groups together show; empty where nothing is to be said.
  package var together: String
  /// The slices of the rows.
  package var slices: [Int]
  package var columns: [Column]

  package init(
    id: String, title: String, about: String, family: Int, reference: Int?, isSearched: Bool = false,
    together: String = "", slices: [Int], columns: [Column]
  ) {
    self.id = id
    self.title = title
    self.about = about
    self.family = family
    self.reference = reference
    self.isSearched = isSearched
    self.together = together
    self.slices = slices
    self.columns = columns
  }

  package func column(_ id: String) -> Column? { columns.first { $0.id == id } }
}
