/// Gaps as they are decoded: columns, with repeated texts and lists named by their place.
struct GapsDocument: Decodable {
  struct Exclusions: Decodable {
    var lists: [[Gap.Exclusion]]
    var index: [Int?]
  }

  var count: Int
  var family: [Int]
  var metric: StoredTexts
  var component: StoredTexts
  var kind: StoredTexts
  var comparison: StoredTexts
  var group: [Int?]
  var reference: [Int?]
  var pValue: Numbers
  var test: StoredTexts
  var interval: StoredTexts
  var excluded: Exclusions
  private var estimates: EstimateColumnsDocument

  private enum Key: String, CodingKey {
    case count, family, metric, component, kind, comparison, group, reference, pValue, test, interval
    case excluded
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    count = try container.decode(Int.self, forKey: .count)
    family = try container.decode([Int].self, forKey: .family)
    metric = try container.decode(StoredTexts.self, forKey: .metric)
    component = try container.decode(StoredTexts.self, forKey: .component)
    kind = try container.decode(StoredTexts.self, forKey: .kind)
    comparison = try container.decode(StoredTexts.self, forKey: .comparison)
    group = try container.decode([Int?].self, forKey: .group)
    reference = try container.decode([Int?].self, forKey: .reference)
    pValue = try container.decode(Numbers.self, forKey: .pValue)
    test = try container.decode(StoredTexts.self, forKey: .test)
    interval = try container.decode(StoredTexts.self, forKey: .interval)
    excluded = try container.decode(Exclusions.self, forKey: .excluded)
    estimates = try EstimateColumnsDocument(from: decoder)
  }

  func gaps(_ check: DocumentCheck) throws(Failure) -> [Gap] {
    try checkColumns(check)
    let columns = try estimates.columns(count: count, place: "gaps")
    let kinds = try values(of: kind, "kind", Gap.Kind.init(rawValue:))
    let comparisons = try values(of: comparison, "comparison", Gap.Comparison.init(rawValue:))
    let metrics = try values(of: metric, "metric") { $0 }
    let components = try values(of: component, "component") { $0 }
    return (0..<count).map { gap in
      Gap(
        family: family[gap], metric: metrics[gap], component: components[gap], kind: kinds[gap],
        comparison: comparisons[gap], group: group[gap], reference: reference[gap],
        estimate: columns[gap], pValue: pValue.values[gap].isNaN ? nil : pValue.values[gap],
        test: test.index[gap].map { test.texts[$0] },
        interval: interval.index[gap].map { interval.texts[$0] },
        excluded: excluded.index[gap].map { excluded.lists[$0] } ?? [])
    }
  }

  private func checkColumns(_ check: DocumentCheck) throws(Failure) {
    for (name, length) in [
      ("family", family.count), ("metric", metric.index.count), ("component", component.index.count),
      ("kind", kind.index.count), ("comparison", comparison.index.count), ("group", group.count),
      ("reference", reference.count), ("p_value", pValue.values.count), ("test", test.index.count),
      ("interval", interval.index.count), ("excluded", excluded.index.count),
    ] {
      try check.length(length, count, "gaps.\(name)")
    }
    try check.range(family, 0..<check.familyCount, "gaps.family")
    for (name, indices) in [("group", group), ("reference", reference)] {
      try check.range(indices.compactMap { $0 }, 0..<check.sliceCount, "gaps.\(name)")
    }
    for (name, texts) in [("test", test), ("interval", interval)] {
      try check.range(texts.index.compactMap { $0 }, texts.texts.indices, "gaps.\(name)")
    }
    try check.range(excluded.index.compactMap { $0 }, excluded.lists.indices, "gaps.excluded")
  }

  /// Each gap's value of a column that has no gaps of its own.
  private func values<Value>(
    of column: StoredTexts, _ name: String, _ make: (String) -> Value?
  ) throws(Failure) -> [Value] {
    var known: [Value] = []
    for text in column.texts {
      guard let value = make(text) else {
        throw DocumentCheck.contradiction("“\(text)” is no \(name) of a gap")
      }
      known.append(value)
    }
    var values: [Value] = []
    values.reserveCapacity(column.index.count)
    for index in column.index {
      guard let index, known.indices.contains(index) else {
        throw DocumentCheck.contradiction("“gaps.\(name)” names a text that does not exist")
      }
      values.append(known[index])
    }
    return values
  }
}
