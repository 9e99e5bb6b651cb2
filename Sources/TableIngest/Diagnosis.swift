import Results

/// Words for what is wrong with a row.
struct Diagnosis {
  let plan: ReadPlan
  let title: String

  /// A text as it is quoted in a message: control characters escaped, at most 60 characters.
  static func shown(_ text: String) -> String {
    var result = ""
    var length = 0
    for scalar in text.unicodeScalars {
      if length == 60 { return result + "…" }
      length += 1
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        let isControl = scalar.value < 0x20 || (0x7f..<0xa0).contains(scalar.value)
        if isControl {
          result += "\\u{" + String(scalar.value, radix: 16) + "}"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }

  func row(_ fault: RowFault, line: Int) -> RejectedRow {
    let column = fault.column < 0 ? "" : plan.columns[Int(fault.column)].name
    return RejectedRow(line: line, column: column, text: text(fault), reason: reason(fault))
  }

  private func text(_ fault: RowFault) -> String {
    guard fault.end > fault.start else { return "" }
    let decoder = FieldDecoder(isJSON: plan.syntax.isJSON)
    if fault.column >= 0, let field = decoder.decode(plan.view, fault.start, fault.end) {
      return Self.shown(field.excerpt)
    }
    return Self.shown(plan.view.text(fault.start..<min(fault.end, fault.start + 256)))
  }

  private func reason(_ fault: RowFault) -> String {
    switch fault.problem {
    case .fieldCount(let count):
      "\(count) field\(count == 1 ? "" : "s") where the header has \(plan.fieldCount)"
    case .nul: "the row holds a NUL byte"
    case .notNumber: "is not a number"
    case .infinite: "is not a finite number"
    case .belowMinimum: "is less than \(minimum(fault))"
    case .missing: "is missing, and the column is required"
    case .notUTF8: "is not UTF-8 text"
    case .textAfterQuote: "goes on after its closing quote"
    case .notObject: "is not a flat JSON object on one line"
    case .nested: "is an object or a list, not a plain value"
    case .repeatedKey: "is a second value of the same key in one object"
    case .badString: "holds an escape that JSON does not have"
    }
  }

  private func minimum(_ fault: RowFault) -> String {
    let minimum = plan.columns[Int(fault.column)].minimum
    return Int(exactly: minimum).map(String.init) ?? minimum.description
  }

  func failure(_ fault: RowFault, line: Int) -> Failure {
    let row = row(fault, line: line)
    var message = "\(title):\(line): "
    if fault.column >= 0 { message += "column “\(row.column)”: " }
    if fault.problem == .missing, row.text.isEmpty {
      message += "the value " + row.reason
    } else if fault.column >= 0 || fault.problem == .notObject {
      message += "“\(row.text)” \(row.reason)"
    } else {
      message += row.reason
    }
    return Failure(.data, message, advice: advice(fault, row))
  }

  private func advice(_ fault: RowFault, _ row: RejectedRow) -> String {
    let skip = "leave bad rows out (--bad-rows skip)"
    switch fault.problem {
    case .notNumber:
      return "Read the column as categories, list “\(row.text)” among the missing values, or \(skip)."
    case .infinite: return "List “\(row.text)” among the missing values, or \(skip)."
    case .fieldCount: return "Quote fields that hold the delimiter or a line end, or \(skip)."
    case .notUTF8: return "Save the file as UTF-8, or \(skip)."
    case .textAfterQuote: return "Double the quotes inside a quoted field, or \(skip)."
    default: return "Correct the row, or \(skip)."
    }
  }
}
