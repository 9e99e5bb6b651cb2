/// A reader of CSV with nothing clever in it: one character after the other.
struct NaiveCSV {
  private(set) var records: [[String]] = []
  /// The line that each record begins on.
  private(set) var lines: [Int] = []

  init(_ text: String, delimiter: Character = ",") {
    var record: [String] = []
    var field = ""
    var (isQuoted, wasQuoted) = (false, false)
    var (line, start) = (1, 1)
    var rest = Array(text.unicodeScalars)[...]
    func isBlank() -> Bool { record.isEmpty && field.isEmpty && !wasQuoted }
    while let scalar = rest.popFirst() {
      let isReturn = scalar == "\r"
      let isEnd = scalar == "\n" || isReturn
      let isPair = isReturn && rest.first == "\n"
      if isQuoted {
        if scalar == "\"" {
          if rest.first == "\"" {
            rest.removeFirst()
            field.unicodeScalars.append("\"")
          } else {
            isQuoted = false
          }
        } else {
          field.unicodeScalars.append(scalar)
          if isEnd, !isPair { line += 1 }
        }
      } else if scalar == "\"", field.isEmpty, !wasQuoted {
        (isQuoted, wasQuoted) = (true, true)
      } else if Character(scalar) == delimiter {
        record.append(field)
        (field, wasQuoted) = ("", false)
      } else if isEnd {
        if isPair { rest.removeFirst() }
        line += 1
        if !isBlank() {
          records.append(record + [field])
          lines.append(start)
        }
        (record, field, wasQuoted, start) = ([], "", false, line)
      } else {
        field.unicodeScalars.append(scalar)
      }
    }
    if !isBlank() {
      records.append(record + [field])
      lines.append(start)
    }
  }
}
