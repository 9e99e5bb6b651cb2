extension UnitCorrelations {
  func write(to writer: inout JSONWriter) {
    writer.array { array in
      for matrix in matrices {
        array.element {
          $0.object {
            $0.member("family") { $0.integer(matrix.family) }
            $0.member("metric") { $0.string(matrix.metric) }
            $0.member("values") { $0.numbers(matrix.values) }
          }
        }
      }
    }
  }
}

/// The stored form of `UnitCorrelations` as it is decoded.
struct UnitCorrelationsDocument: Decodable {
  private struct Matrix: Decodable {
    var family: Int
    var metric: String
    var values: Numbers
  }

  private let matrices: [Matrix]

  init(from decoder: any Decoder) throws { matrices = try [Matrix](from: decoder) }

  func correlations(_ check: DocumentCheck, _ families: [SliceFamily]) throws(Failure) -> UnitCorrelations {
    for matrix in matrices {
      try check.range([matrix.family], 0..<check.familyCount, "unit_correlations.family")
      let values = matrix.values.values
      guard values.isEmpty || values.count == UnitCorrelations.pairs(of: families[matrix.family].count),
        values.allSatisfy({ abs($0) <= 1 })
      else {
        throw DocumentCheck.contradiction(
          "“unit_correlations” of \(matrix.metric) are not one from -1 to 1 for each pair of groups")
      }
    }
    return UnitCorrelations(
      matrices.map { .init(family: $0.family, metric: $0.metric, values: $0.values.values) }
    ) { families[$0].slices }
  }
}
