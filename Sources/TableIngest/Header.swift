import Results

/// The first record of a CSV input: the names of its columns.
struct Header {
  private(set) var names: [String] = []
  /// The offset after the header.
  private(set) var end: Int
  /// The 1-based line after it.
  private(set) var nextLine = 1

  init(_ input: Input, _ range: Range<Int>, delimiter: UInt8) throws(Failure) {
    let view = input.content.view
    end = range.lowerBound
    while end < range.upperBound, view[end] == ASCII.lineFeed || view[end] == ASCII.carriageReturn {
      if view[end] == ASCII.lineFeed || view[end + 1] != ASCII.lineFeed { nextLine += 1 }
      end += 1
    }
    let line = nextLine
    for field in try scan(view, range, delimiter, input.title) {
      guard let name = FieldDecoder(isJSON: false).decode(view, field.lowerBound, field.upperBound),
        let text = name.validText
      else {
        throw Failure(
          .data, "\(input.title):\(line): the name of column \(names.count + 1) is not UTF-8 or badly quoted",
          advice: "Save the file as UTF-8 and double the quotes inside quoted names.")
      }
      names.append(text)
    }
    try refuseRepeated(input.title, line)
  }

  /// The fields of the record; moves `end` and `nextLine` behind it.
  private mutating func scan(
    _ view: ByteView, _ range: Range<Int>, _ delimiter: UInt8, _ title: String
  ) throws(Failure) -> [Range<Int>] {
    var state = QuoteState(delimiter: delimiter)
    var fields: [Range<Int>] = []
    var start = end
    let opening = nextLine
    while end < range.upperBound {
      let event = state.take(view[end])
      let place = end
      end += 1
      switch event {
      case .text, .opened: break
      case .nul: throw Failure(.data, "\(title):\(nextLine): the header holds a NUL byte")
      case .quotedLineFeed: nextLine += 1
      case .quotedCarriageReturn: if view[end] != ASCII.lineFeed { nextLine += 1 }
      case .field:
        fields.append(start..<place)
        start = end
      case .lineFeed, .carriageReturn:
        if event == .carriageReturn, view[end] == ASCII.lineFeed { end += 1 }
        nextLine += 1
        return fields + [start..<place]
      }
    }
    guard !state.isInside else { throw Failure.unterminatedQuote(title, line: opening) }
    return fields + [start..<end]
  }

  private func refuseRepeated(_ title: String, _ line: Int) throws(Failure) {
    var places: [String: Int] = [:]
    for (index, name) in names.enumerated() where !name.isEmpty {
      if let first = places[name] {
        throw Failure(
          .data,
          "\(title):\(line): columns \(first + 1) and \(index + 1) are both named “\(Diagnosis.shown(name))”",
          advice: "Rename one of them.")
      }
      places[name] = index
    }
  }
}

extension Failure {
  static func unterminatedQuote(_ title: String, line: Int) -> Failure {
    Failure(
      .data, "\(title):\(line): a quote opens on this line and is never closed",
      advice: "Close it, or double it if it belongs to the text.")
  }
}
