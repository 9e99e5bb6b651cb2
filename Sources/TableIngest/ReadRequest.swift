/// What to read from an input and how.
package struct ReadRequest: Sendable {
  package enum Kind: Sendable {
    /// Numbers if every value of the whole column that is not missing parses as one, else category.
    /// A column without any value is a category.
    case automatic
    case number
    case category
  }

  package struct ColumnRequest: Sendable {
    package var name: String
    package var kind: Kind
    /// A missing value makes the row bad.
    package var isRequired: Bool
    /// A smaller number makes the row bad. An automatic column with a minimum is read as numbers.
    package var minimum: Double?
    /// Whether the table does without the column where the input has none of that name.
    package var mayBeAbsent: Bool

    package init(
      name: String, kind: Kind = .automatic, isRequired: Bool = false, minimum: Double? = nil,
      mayBeAbsent: Bool = false
    ) {
      self.name = name
      self.kind = kind
      self.isRequired = isRequired
      self.minimum = minimum
      self.mayBeAbsent = mayBeAbsent
    }
  }

  package enum Format: Sendable {
    /// By the file's extension, else by its first character (`{` is JSON Lines, anything else CSV).
    case automatic
    case csv
    case tsv
    case jsonLines
  }

  package enum BadRows: Sendable, Equatable {
    /// The first bad row of the file is a failure.
    case stop
    /// Bad rows are left out and counted; the first `listing` of them are listed.
    case skip(listing: Int)
  }

  /// All columns whose names begin with a prefix.
  package struct PrefixRequest: Sendable {
    package var prefix: String
    package var kind: Kind

    package init(_ prefix: String, kind: Kind) { (self.prefix, self.kind) = (prefix, kind) }
  }

  /// Each name once.
  package var columns: [ColumnRequest]
  /// Columns that are known by the beginning of their names; no value of theirs may be missing. What `columns`
  /// asks for by its name is not among them.
  package var prefixes: [PrefixRequest] = []
  package var format: Format
  /// Nil: comma (for CSV also found in the header line), tab for TSV.
  package var delimiter: UInt8?
  /// Texts that stand for a missing value, compared exactly, quoted or not. The empty text always does.
  package var missing: [String]
  package var badRows: BadRows
  package var threads: Int

  package init(
    columns: [ColumnRequest], format: Format = .automatic, delimiter: UInt8? = nil,
    missing: [String] = ["", "NA", "NaN", "null"], badRows: BadRows = .stop, threads: Int = 1
  ) {
    self.columns = columns
    self.format = format
    self.delimiter = delimiter
    self.missing = missing
    self.badRows = badRows
    self.threads = threads
  }
}
