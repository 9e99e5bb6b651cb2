/// A named column of a table.
package enum Column: Sendable {
  case numbers(NumberColumn)
  case category(CategoryColumn)

  package var name: String {
    switch self {
    case .numbers(let column): column.name
    case .category(let column): column.name
    }
  }

  package var rowCount: Int {
    switch self {
    case .numbers(let column): column.values.count
    case .category(let column): column.codes.count
    }
  }

  package var missingCount: Int {
    switch self {
    case .numbers(let column): column.missingCount
    case .category(let column): column.missingCount
    }
  }
}

/// Numbers, one a row. A missing value is NaN, and NaN means nothing else: a reader that meets an
/// unparsable number rejects the row.
package struct NumberColumn: Sendable {
  package let name: String
  package let values: [Double]
  package let missingCount: Int

  package init(name: String, values: [Double], missingCount: Int) {
    self.name = name
    self.values = values
    self.missingCount = missingCount
  }
}

/// A dictionary-coded category, one code a row.
///
/// `categories` holds each distinct text that occurs, sorted by its UTF-8 bytes, so that codes do not
/// depend on the order of rows or on how a file was cut into chunks.
package struct CategoryColumn: Sendable {
  /// The code of a missing value.
  package static let missing: Int32 = -1

  package let name: String
  /// Index into `categories`, or `CategoryColumn.missing`.
  package let codes: [Int32]
  package let categories: [String]
  package let missingCount: Int

  package init(name: String, codes: [Int32], categories: [String], missingCount: Int) {
    self.name = name
    self.codes = codes
    self.categories = categories
    self.missingCount = missingCount
  }
}
