extension PairedColumns {
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("name") { $0.string(name) }
      object.member("columns") { list in
        list.array { array in
          for column in columns {
            array.element {
              $0.object {
                $0.member("metric") { $0.string(column.metric) }
                $0.member("baseline") { $0.numbers(column.baseline) }
                $0.member("standard_error") { $0.numbers(column.standardError) }
                if !column.lower.isEmpty { $0.member("lower") { $0.numbers(column.lower) } }
                if !column.upper.isEmpty { $0.member("upper") { $0.numbers(column.upper) } }
              }
            }
          }
        }
      }
    }
  }
}

/// The comparison with a baseline as it is decoded.
struct PairedDocument: Decodable {
  struct Column: Decodable {
    var metric: String
    var baseline: Numbers
    var standardError: Numbers
    var lower: Numbers?
    var upper: Numbers?
  }

  var name: String
  var columns: [Column]

  func columns(_ check: DocumentCheck, metrics: [String]) throws(Failure) -> PairedColumns {
    var result = PairedColumns(name: name, columns: [])
    for column in columns {
      guard metrics.contains(column.metric), result[column.metric] == nil else {
        throw DocumentCheck.contradiction(
          "“paired” compares “\(column.metric)”, which is no metric of it or is there twice")
      }
      for (name, numbers) in [
        ("baseline", column.baseline), ("standard_error", column.standardError), ("lower", column.lower),
        ("upper", column.upper),
      ] {
        guard let numbers else { continue }
        try check.length(numbers.values.count, check.sliceCount, "paired.\(column.metric).\(name)")
      }
      result.columns.append(
        PairedColumns.Column(
          metric: column.metric, baseline: column.baseline.values,
          standardError: column.standardError.values, lower: column.lower?.values ?? [],
          upper: column.upper?.values ?? []))
    }
    return result
  }
}
