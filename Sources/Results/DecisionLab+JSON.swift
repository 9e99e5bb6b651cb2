extension DecisionLab {
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.optional("operating", operating)
      object.member("warnings") { $0.strings(warnings.map(\.rawValue)) }
      object.member("trades") { list in
        list.broken(levels: 4) { list in
          list.array { array in for trade in trades { array.element { trade.write(to: &$0) } } }
        }
      }
      object.member("omitted") { list in
        list.array { array in
          for one in omitted {
            array.element {
              $0.object {
                $0.member("family") { $0.integer(one.family) }
                $0.member("reason") { $0.string(one.reason) }
              }
            }
          }
        }
      }
    }
  }
}

extension DecisionLab.Trade {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("family") { $0.integer(family) }
      object.member("gap") { $0.string(gap) }
      object.member("slices") { $0.integers(slices) }
      object.member("excluded") { list in
        list.array { array in
          for one in excluded {
            array.element {
              $0.object {
                $0.member("group") { $0.string(one.group) }
                $0.member("reason") { $0.string(one.reason) }
              }
            }
          }
        }
      }
      object.member("series") { list in
        list.array { array in for one in series { array.element { one.write(to: &$0) } } }
      }
    }
  }
}

extension DecisionLab.Series: StoredColumns {
  static var numberColumns: [(name: String, path: WritableKeyPath<Self, [Double]>)] {
    [
      ("value", \.value), ("lower", \.lower), ("upper", \.upper), ("gap", \.gap), ("gap_lower", \.gapLower),
      ("gap_upper", \.gapUpper),
    ]
  }

  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("kind") { $0.string(kind.rawValue) }
      object.member("quality") { $0.string(quality) }
      object.member("is_exact") { $0.bool(isExact) }
      object.member("thresholds") { $0.integers(thresholds) }
      writeColumns(to: &object)
    }
  }
}

/// The lab as it is decoded.
struct DecisionLabDocument: Decodable {
  private struct Trade: Decodable {
    var family: Int
    var gap: String
    var slices: [Int]
    var excluded: [Gap.Exclusion]
    var series: [Series]
  }

  private struct Series: Decodable {
    var series: DecisionLab.Series

    init(from decoder: any Decoder) throws {
      let fields = try StoredFields(decoder)
      series = DecisionLab.Series(
        kind: try fields.value("kind"), quality: try fields.value("quality"),
        isExact: try fields.value("is_exact"))
      series.thresholds = try fields.value("thresholds")
      try series.readColumns(fields)
    }
  }

  private var operating: Int?
  private var warnings: [DecisionLab.Warning]
  private var trades: [Trade]
  private var omitted: [DecisionLab.Omission]

  /// - Parameter thresholds: how many are stored
  func lab(_ check: DocumentCheck, thresholds: Int) throws(Failure) -> DecisionLab {
    let lab = DecisionLab(
      operating: operating, warnings: warnings,
      trades: trades.map {
        DecisionLab.Trade(
          family: $0.family, gap: $0.gap, slices: $0.slices, excluded: $0.excluded,
          series: $0.series.map(\.series))
      }, omitted: omitted)
    let families = 0..<check.familyCount
    try check.range(lab.trades.map(\.family) + lab.omitted.map(\.family), families, "lab.family")
    try check.range(operating.map { [$0] } ?? [], 0..<thresholds, "lab.operating")
    for trade in lab.trades {
      try check.range(trade.slices, 0..<check.sliceCount, "lab.trades.slices")
      for series in trade.series {
        let width =
          switch series.kind {
          case .current, .baseline: 0
          case .single: 1
          case .byGroup: trade.slices.count
          }
        try series.checkColumns(series.count, "lab.trades.series")
        try check.length(series.thresholds.count, width * series.count, "lab.trades.series.thresholds")
        try check.range(series.thresholds, 0..<thresholds, "lab.trades.series.thresholds")
      }
    }
    return lab
  }
}
