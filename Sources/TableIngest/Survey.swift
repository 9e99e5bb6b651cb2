/// What the first rows of an input look like, for somebody who has to write a configuration.
package struct Survey: Sendable {
  package struct Value: Sendable, Equatable {
    package let text: String
    package let count: Int

    package init(text: String, count: Int) {
      self.text = text
      self.count = count
    }
  }

  package struct ColumnSurvey: Sendable {
    package let name: String
    /// Whether every value of the sample that is not missing is a number, and there is one.
    package let isNumber: Bool
    /// Whether these numbers are all whole.
    package let isInteger: Bool
    /// Different values of the sample, counted up to `distinctLimit`.
    package let distinctCount: Int
    /// The first few different values, in the order of the file, with their counts in the sample.
    package let values: [Value]
    package let missingCount: Int
    /// Smallest and largest number, where every value is one.
    package let minimum: Double?
    package let maximum: Double?

    package init(
      name: String, isNumber: Bool, isInteger: Bool, distinctCount: Int, values: [Value],
      missingCount: Int, minimum: Double?, maximum: Double?
    ) {
      self.name = name
      self.isNumber = isNumber
      self.isInteger = isInteger
      self.distinctCount = distinctCount
      self.values = values
      self.missingCount = missingCount
      self.minimum = minimum
      self.maximum = maximum
    }
  }

  /// Where counting different values stops.
  package static let distinctLimit = 1000
  /// How many values are shown.
  package static let shownValues = 12

  /// In the order of the file.
  package let columns: [ColumnSurvey]
  package let sampledRows: Int
  /// `CSV`, `TSV` or `JSON Lines`, with `, gzip` where compressed.
  package let format: String

  package init(columns: [ColumnSurvey], sampledRows: Int, format: String) {
    self.columns = columns
    self.sampledRows = sampledRows
    self.format = format
  }
}
