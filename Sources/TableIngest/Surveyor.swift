import Glibc
import Results

extension TableReader {
  /// Looks at the first `sampleRows` rows of a file, or of standard input for `-`. Rows of a wrong shape are
  /// passed over.
  package static func survey(
    path: String, format: ReadRequest.Format = .automatic, delimiter: UInt8? = nil,
    missing: [String] = ["", "NA", "NaN", "null"], sampleRows: Int = 10_000
  ) throws(Failure) -> Survey {
    try survey(
      Input.open(path: path), format: format, delimiter: delimiter, missing: missing, sampleRows: sampleRows)
  }

  static func survey(
    _ input: Input, format: ReadRequest.Format, delimiter: UInt8?, missing: [String], sampleRows: Int
  ) throws(Failure) -> Survey {
    let layout = try Layout(input, format: format, delimiter: delimiter)
    let view = input.content.view
    var names = layout.names
    let rows: Int
    var columns: [ColumnSurveyor]
    switch layout.syntax {
    case .jsonLines:
      names = JSONLinesScanner.keys(view, layout.body, lines: sampleRows)
      columns = names.map { ColumnSurveyor($0, missing: MissingTexts(missing), isJSON: true) }
      var scanner = JSONLinesScanner(view, layout.body, keys: names)
      rows = sample(&scanner, view, layout.body.lowerBound, &columns, step: 2, limit: sampleRows)
    case .csv(let delimiter), .serialCSV(let delimiter):
      columns = names.map { ColumnSurveyor($0, missing: MissingTexts(missing), isJSON: false) }
      var scanner = SerialCSVScanner(view, layout.body, delimiter: delimiter, columnCount: names.count)
      rows = sample(&scanner, view, layout.body.lowerBound, &columns, step: 1, limit: sampleRows)
    }
    guard rows > 0 else {
      throw Failure(.data, "\(input.title) has no rows", advice: "Give a file with at least one row.")
    }
    return Survey(columns: columns.map { $0.result() }, sampledRows: rows, format: layout.formatName)
  }

  /// Shows rows to the columns and returns how many there were.
  private static func sample(
    _ source: inout some RecordSource, _ view: ByteView, _ origin: Int, _ columns: inout [ColumnSurveyor],
    step: Int, limit: Int
  ) -> Int {
    var rows = 0
    while rows < limit, source.next() {
      let batch = source.batch
      let taken = min(batch.rowCount, limit - rows)
      for row in 0..<taken {
        for index in columns.indices {
          let mark = row * batch.stride + step * index
          columns[index].take(view, origin + Int(batch.marks[mark]) + 1, origin + Int(batch.marks[mark + 1]))
        }
      }
      rows += taken
    }
    return rows
  }
}

/// Gathers what a survey says of one column.
struct ColumnSurveyor {
  private let name: String
  private let missing: MissingTexts
  private let decoder: FieldDecoder
  private let parser = NumberParser()
  private var places: [String: Int] = [:]
  private var values: [(text: String, count: Int)] = []
  private var missingCount = 0
  private var hasTexts = false
  private var isInteger = true
  private var minimum = Double.infinity
  private var maximum = -Double.infinity

  init(_ name: String, missing: MissingTexts, isJSON: Bool) {
    self.name = name
    self.missing = missing
    decoder = FieldDecoder(isJSON: isJSON)
  }

  mutating func take(_ view: ByteView, _ start: Int, _ end: Int) {
    guard let field = decoder.decode(view, start, end) else {
      hasTexts = true
      return
    }
    guard !missing.contains(field.view, field.start, field.end) else {
      missingCount += 1
      return
    }
    count(field.text)
    let isText = decoder.isJSON && !field.isLiteral
    let number = isText ? .nan : parser.parseLong(field.view, field.start, field.end)
    guard number.isFinite else {
      hasTexts = true
      return
    }
    minimum = min(minimum, number)
    maximum = max(maximum, number)
    if number != number.rounded(.towardZero) { isInteger = false }
  }

  private mutating func count(_ text: String) {
    if let place = places[text] {
      values[place].count += 1
    } else if values.count < Survey.distinctLimit {
      places[text] = values.count
      values.append((text, 1))
    }
  }

  func result() -> Survey.ColumnSurvey {
    let isNumber = !hasTexts && minimum <= maximum
    let shown = values.prefix(Survey.shownValues).map { Survey.Value(text: $0.text, count: $0.count) }
    return Survey.ColumnSurvey(
      name: name, isNumber: isNumber, isInteger: isNumber && isInteger, distinctCount: values.count,
      values: shown, missingCount: missingCount, minimum: isNumber ? minimum : nil,
      maximum: isNumber ? maximum : nil)
  }
}
