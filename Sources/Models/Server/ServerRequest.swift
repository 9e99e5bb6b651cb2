import Results
import Tables

/// The form of a request's body.
struct ServerRequest: Sendable {
  let kind: ServerScorer.Kind
  let layout: ServerScorer.Layout
  private let options: ServerScorer.Options
  private let missing: ServerScorer.MissingNumber

  init(
    _ kind: ServerScorer.Kind, _ columns: [ScorerFeature], _ options: ServerScorer.Options
  ) throws(Failure) {
    self.kind = kind
    self.options = options
    layout = options.layout ?? (kind == .kserve ? .columns : .rows)
    missing = options.missingNumber ?? (kind == .kserve ? .null : .nan)
    if layout == .matrix, Set(columns.map(\.kind)).count > 1 {
      throw Failure(
        .data, "a matrix cannot hold numbers and categories",
        advice: "Send columns, or give an encoding file that makes numbers of the categories.")
    }
    let names = columns.map(\.name)
    for name in options.numberTypes.keys.sorted() where !names.contains(name) {
      throw Failure(
        .data, "there is no column “\(name)” to have a type",
        advice: Suggestion.phrase(for: name, among: names))
    }
  }

  /// Columns whose texts are written once for all batches.
  func prepared(_ columns: [WireColumn]) -> Prepared {
    let texts = columns.map { column -> [[UInt8]] in
      guard case .category(_, let texts) = column.content else { return [] }
      return (texts + [options.missingText]).map(Self.quoted)
    }
    return Prepared(request: self, columns: columns, texts: texts)
  }

  private static func quoted(_ text: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.string(text)
    return writer.bytes
  }

  struct Prepared: Sendable {
    fileprivate let request: ServerRequest
    fileprivate let columns: [WireColumn]
    /// Categories of each column, in quotes; the last stands for a missing one.
    fileprivate let texts: [[[UInt8]]]
  }

  fileprivate func type(of column: WireColumn) -> String {
    if case .category = column.content { return "BYTES" }
    return (options.numberTypes[column.name] ?? options.numberType).rawValue
  }
}

extension ServerRequest.Prepared {
  /// - Throws: `data` where a value cannot be sent
  func body(_ rows: Range<Int>) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    switch (request.kind, request.layout) {
    case (.kserve, _): try appendTensors(rows, to: &bytes)
    case (.tensorflow, .columns): try appendInputs(rows, to: &bytes)
    case (.tensorflow, _): try appendInstances(rows, to: &bytes)
    }
    return bytes
  }

  // MARK: KServe

  private func appendTensors(_ rows: Range<Int>, to bytes: inout [UInt8]) throws(Failure) {
    bytes += "{".utf8
    if let type = request.options.contentType {
      bytes += "\"parameters\":{\"content_type\":".utf8 + ServerRequest.quoted(type) + "},".utf8
    }
    bytes += "\"inputs\":[".utf8
    if request.layout == .matrix {
      appendHead(request.options.matrixName, "[\(rows.count),\(columns.count)]", columns[0], to: &bytes)
      try appendList(rows, to: &bytes) { row, bytes throws(Failure) in
        for index in columns.indices {
          if index > 0 { bytes.append(UInt8(ascii: ",")) }
          try append(row, index, to: &bytes)
        }
      }
      bytes += "}".utf8
    } else {
      for (index, column) in columns.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        let shape = request.options.isFlat ? "[\(rows.count)]" : "[\(rows.count),1]"
        appendHead(column.name, shape, column, to: &bytes)
        try appendList(rows, to: &bytes) { row, bytes throws(Failure) in try append(row, index, to: &bytes) }
        bytes += "}".utf8
      }
    }
    bytes += "]".utf8
    if let output = request.options.output {
      bytes += ",\"outputs\":[{\"name\":".utf8 + ServerRequest.quoted(output) + "}]".utf8
    }
    bytes += "}".utf8
  }

  private func appendHead(_ name: String, _ shape: String, _ column: WireColumn, to bytes: inout [UInt8]) {
    bytes += "{\"name\":".utf8 + ServerRequest.quoted(name)
    bytes += ",\"shape\":\(shape),\"datatype\":\"\(request.type(of: column))\",\"data\":".utf8
  }

  // MARK: TensorFlow Serving

  private func appendSignature(to bytes: inout [UInt8]) {
    bytes += "{".utf8
    guard let signature = request.options.signature else { return }
    bytes += "\"signature_name\":".utf8 + ServerRequest.quoted(signature) + ",".utf8
  }

  private func appendInputs(_ rows: Range<Int>, to bytes: inout [UInt8]) throws(Failure) {
    appendSignature(to: &bytes)
    bytes += "\"inputs\":{".utf8
    for (index, column) in columns.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += ServerRequest.quoted(column.name) + ":".utf8
      try appendList(rows, to: &bytes) { row, bytes throws(Failure) in
        try appendElement(row, index, to: &bytes)
      }
    }
    bytes += "}}".utf8
  }

  private func appendInstances(_ rows: Range<Int>, to bytes: inout [UInt8]) throws(Failure) {
    let isMatrix = request.layout == .matrix
    let names = columns.map { ServerRequest.quoted($0.name) }
    appendSignature(to: &bytes)
    bytes += "\"instances\":".utf8
    try appendList(rows, to: &bytes) { row, bytes throws(Failure) in
      bytes.append(UInt8(ascii: isMatrix ? "[" : "{"))
      for index in columns.indices {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        if isMatrix {
          try append(row, index, to: &bytes)
        } else {
          bytes += names[index] + ":".utf8
          try appendElement(row, index, to: &bytes)
        }
      }
      bytes.append(UInt8(ascii: isMatrix ? "]" : "}"))
    }
    bytes += "}".utf8
  }

  // MARK: values

  private func appendList(
    _ rows: Range<Int>, to bytes: inout [UInt8], _ element: (Int, inout [UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    bytes.append(UInt8(ascii: "["))
    for row in rows {
      if row > rows.lowerBound { bytes.append(UInt8(ascii: ",")) }
      try element(row, &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// A value in the brackets that its tensor's shape asks for.
  private func appendElement(_ row: Int, _ index: Int, to bytes: inout [UInt8]) throws(Failure) {
    if !request.options.isFlat { bytes.append(UInt8(ascii: "[")) }
    try append(row, index, to: &bytes)
    if !request.options.isFlat { bytes.append(UInt8(ascii: "]")) }
  }

  private func append(_ row: Int, _ index: Int, to bytes: inout [UInt8]) throws(Failure) {
    switch columns[index].content {
    case .category(let codes, _):
      let code = codes[row]
      bytes += texts[index][code == CategoryColumn.missing ? texts[index].count - 1 : Int(code)]
    case .numbers(let values): try append(values[row], row, columns[index], to: &bytes)
    }
  }

  private func append(
    _ value: Double, _ row: Int, _ column: WireColumn, to bytes: inout [UInt8]
  ) throws(Failure) {
    let isWhole = request.type(of: column) == ServerScorer.NumberType.int64.rawValue
    if value.isFinite, !isWhole || Int(exactly: value) != nil {
      NumberText.append(value, to: &bytes)
    } else if value.isNaN, !isWhole, request.missing == .null {
      bytes += "null".utf8
    } else if !isWhole, request.missing == .nan {
      bytes += (value.isNaN ? "NaN" : value > 0 ? "Infinity" : "-Infinity").utf8
    } else {
      let what = value.isNaN ? "a missing number" : NumberText.text(value)
      throw Failure(
        .data,
        "column “\(column.name)”, row \(row + 1): \(what) cannot be sent as \(request.type(of: column))",
        advice: "Choose another type, or an encoding file that imputes missing numbers.")
    }
  }
}
