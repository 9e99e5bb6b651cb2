/// A set of equally long, typed columns that were read together.
///
/// A column is either numbers or a dictionary-coded category; rows have no other content. Columns keep
/// the order in which they were asked for. A table is immutable once built.
package struct Table: Sendable {
  package let rowCount: Int
  package let columns: [Column]
  /// Where each row came from, for messages.
  package let origin: RowOrigin

  /// - Precondition: every column has `rowCount` rows and no two columns share a name.
  package init(rowCount: Int, columns: [Column], origin: RowOrigin) {
    precondition(columns.allSatisfy { $0.rowCount == rowCount }, "columns of unequal length")
    precondition(Set(columns.map(\.name)).count == columns.count, "two columns share a name")
    self.rowCount = rowCount
    self.columns = columns
    self.origin = origin
  }

  /// The column of that exact name. Complexity: O(columns).
  package func column(named name: String) -> Column? {
    columns.first { $0.name == name }
  }
}
