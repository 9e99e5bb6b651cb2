import Results
import Tables

/// The columns by which rows are near each other, as numbers.
///
/// A number is standardised (less its mean, over its standard deviation); a category has an axis for each of its
/// values, at a distance of 1 from each other. A missing number stands at the mean; a missing category is a value of
/// its own. AIF360 takes numbers as they are and 1 for a category's value.
struct FeatureSpace: Sendable {
  /// The coordinates of each row.
  let rows: [[Double]]

  /// Categories of more values than this are refused.
  static let mostValues = 200

  /// - Parameter isScaled: whether columns are brought to one scale
  /// - Throws: `data` where a column is not there, or has too many values to be a category
  init(_ names: [String], _ table: Table, isScaled: Bool) throws(Failure) {
    var axes: [[Double]] = []
    for name in names {
      switch table.column(named: name) {
      case .numbers(let column)?: axes.append(Self.numbers(column.values, isScaled: isScaled))
      case .category(let column)?:
        guard column.categories.count <= Self.mostValues else {
          throw Failure(
            .data, "“\(name)” has \(column.categories.count) values, too many to tell rows near by",
            advice: "Name columns of numbers, or of categories with \(Self.mostValues) values or fewer.")
        }
        axes += Self.categories(column, isScaled: isScaled)
      case nil: throw Failure(.defect, "column “\(name)” was not read")
      }
    }
    rows = (0..<table.rowCount).map { row in axes.map { $0[row] } }
  }

  private static func numbers(_ values: [Double], isScaled: Bool) -> [Double] {
    let known = values.filter { !$0.isNaN }
    let mean = known.reduce(0, +) / Double(max(1, known.count))
    guard isScaled else { return values.map { $0.isNaN ? mean : $0 } }
    let squares = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(max(1, known.count))).squareRoot()
    return values.map { $0.isNaN || deviation == 0 ? 0 : ($0 - mean) / deviation }
  }

  private static func categories(_ column: CategoryColumn, isScaled: Bool) -> [[Double]] {
    let mark = isScaled ? 0.5.squareRoot() : 1
    let codes =
      Array(0..<Int32(column.categories.count)) + (column.missingCount > 0 ? [CategoryColumn.missing] : [])
    return codes.map { code in column.codes.map { $0 == code ? mark : 0 } }
  }
}
