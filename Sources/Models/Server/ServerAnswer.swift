import Results

/// Answers of a prediction server. Its failures hold the words alone, not yet whose they are.
struct ServerAnswer: Sendable {
  let kind: ServerScorer.Kind
  let layout: ServerScorer.Layout
  let options: ServerScorer.Options

  /// The scores of an answer, output by output, in the order of the rows.
  func scores(_ bytes: [UInt8], rows: Range<Int>) throws(Failure) -> [[Double]] {
    var reader = JSONDocumentReader(bytes, name: "its answer")
    let document = DocumentPart(try reader.document(), name: "its answer")
    let (numbers, width) =
      kind == .kserve ? try tensor(document, rows.count) : try predictions(document, rows.count)
    // Of the two classes of a binary model the second is the positive one.
    let first = options.outputs.count == 1 && width == 2 ? 1 : 0
    guard width - first == options.outputs.count else {
      throw document.failure(
        "\(width) numbers a row, where the scores are called \(options.outputs.joined(separator: ", "))",
        advice: "Name every number of a row, in the model's order.")
    }
    var columns: [[Double]] = []
    for output in first..<width {
      let column = (0..<rows.count).map { numbers[$0 * width + output] }
      if let row = column.firstIndex(where: { !$0.isFinite }) {
        throw document.failure(
          "row \(rows.lowerBound + row + 1): the score is \(NumberText.text(column[row]))")
      }
      columns.append(column)
    }
    return columns
  }

  // MARK: KServe

  private func tensor(_ document: DocumentPart, _ rowCount: Int) throws(Failure) -> ([Double], width: Int) {
    var tensors: [(name: String, part: DocumentPart)] = []
    for part in try document.member("outputs").list() {
      tensors.append((try part.member("name").text(), part))
    }
    let part = try chosen(tensors, in: document)
    let type = try part.optional("datatype")?.text() ?? ""
    guard type != "BYTES", type != "BOOL" else {
      throw part.failure("it is of the type \(type), not of numbers", advice: Self.name)
    }
    let shape = try part.member("shape").integers(0...1_000_000_000)
    var numbers: [Double] = []
    try Self.flatten(try part.member("data"), into: &numbers)
    guard shape.first == rowCount, numbers.count.isMultiple(of: rowCount), !numbers.isEmpty,
      shape.dropFirst().reduce(1, { $0.multipliedReportingOverflow(by: $1).partialValue })
        == numbers.count / rowCount
    else {
      throw part.failure(
        "\(numbers.count) numbers of the shape \(shape) for \(rowCount) rows")
    }
    return (numbers, numbers.count / rowCount)
  }

  private static let name = "Name the output tensor that holds the scores."

  private func chosen(
    _ parts: [(name: String, part: DocumentPart)], in document: DocumentPart
  ) throws(Failure) -> DocumentPart {
    if let wanted = options.output {
      guard let found = parts.first(where: { $0.name == wanted }) else {
        throw document.failure(
          "there is no output “\(wanted)”", advice: Suggestion.phrase(for: wanted, among: parts.map(\.name)))
      }
      return found.part
    }
    guard parts.count == 1 else {
      throw document.failure(
        "it has \(parts.count) outputs: \(parts.prefix(12).map(\.name).joined(separator: ", "))",
        advice: Self.name)
    }
    return parts[0].part
  }

  /// Numbers of lists in lists, row by row.
  private static func flatten(_ part: DocumentPart, into numbers: inout [Double]) throws(Failure) {
    switch part.value {
    case .numbers(let values): numbers += values
    case .list:
      for element in try part.list() { try flatten(element, into: &numbers) }
    case .number(let number): numbers.append(number)
    default: throw part.failure("expected a number, found \(part.value.kind)")
    }
  }

  // MARK: TensorFlow Serving

  private func predictions(
    _ document: DocumentPart, _ rowCount: Int
  ) throws(Failure) -> ([Double], width: Int) {
    if let error = try document.optional("error") { throw document.failure("it says: \(try error.text())") }
    var list = try document.member(layout == .columns ? "outputs" : "predictions")
    if case .object = list.value { list = try member(of: list) }
    var numbers: [Double] = []
    if case .numbers(let values) = list.value {
      numbers = values
    } else {
      var width: Int?
      for row in try list.list() {
        let before = numbers.count
        if case .object = row.value {
          try Self.flatten(try member(of: row), into: &numbers)
        } else {
          try Self.flatten(row, into: &numbers)
        }
        guard width ?? (numbers.count - before) == numbers.count - before else {
          throw row.failure("it has \(numbers.count - before) numbers, rows before it \(width ?? 0)")
        }
        width = numbers.count - before
      }
    }
    let found = list.count
    guard found == rowCount, !numbers.isEmpty, numbers.count.isMultiple(of: rowCount) else {
      throw list.failure("\(found) rows where \(rowCount) were asked for")
    }
    return (numbers, numbers.count / rowCount)
  }

  private func member(of part: DocumentPart) throws(Failure) -> DocumentPart {
    var parts: [(name: String, part: DocumentPart)] = []
    for name in try part.object().keys.sorted() {
      if let member = try part.optional(name) { parts.append((name, member)) }
    }
    return try chosen(parts, in: part)
  }
}

extension DocumentPart {
  /// Number of elements of a list.
  fileprivate var count: Int {
    switch value {
    case .numbers(let numbers): numbers.count
    case .list(let values): values.count
    default: 0
    }
  }
}
