/// The stored form of an explanation as it is decoded, before its parts are checked against each other.
struct ExplanationDocument: Decodable {
  private let body: Explanation

  init(from decoder: any Decoder) throws {
    let fields = try StoredFields(decoder)
    body = Explanation(
      model: try fields.value("model"), sampling: try fields.value("sampling"),
      features: try fields.value("features", [Part<ExplainedFeature>].self).map(\.value),
      importances: try fields.value("importances", [Part<ImportanceColumns>].self).map(\.value),
      effects: try fields.value("effects", [Part<FeatureEffect>].self).map(\.value),
      attributions: try fields.optional("attributions", Part<Attributions>.self)?.value,
      decompositions: try fields.value("decompositions", [Part<GapDecomposition>].self).map(\.value),
      interactions: try fields.value("interactions", [Part<FeatureInteraction>].self).map(\.value),
      flips: try fields.value("flips", [Part<FlipCounts>].self).map(\.value),
      warnings: try fields.value("warnings"), notes: try fields.value("notes"))
  }

  func explanation(_ check: DocumentCheck) throws(Failure) -> Explanation {
    let count = body.features.count
    for columns in body.importances { try columns.check(check, features: count) }
    for effect in body.effects { try effect.check(check, features: count) }
    for group in body.attributions?.groups ?? [] {
      try check.range([group.slice], 0..<check.sliceCount, "explanations.attributions")
      try group.checkColumns(count, "explanations.attributions")
    }
    for row in body.attributions?.rows ?? [] {
      try row.checkColumns(count, "explanations.attributions.rows")
      try check.length(row.texts.count, count, "explanations.attributions.rows.texts")
    }
    for parts in body.decompositions {
      try check.range([parts.slice, parts.reference], 0..<check.sliceCount, "explanations.decompositions")
      try parts.checkColumns(count, "explanations.decompositions")
    }
    let named =
      body.interactions.flatMap { [$0.first, $0.second] } + body.flips.map(\.feature)
      + body.warnings.compactMap(\.feature) + body.features.compactMap(\.associatedWith)
    try check.range(named, 0..<count, "explanations")
    return body
  }
}

extension ImportanceColumns {
  fileprivate func check(_ check: DocumentCheck, features: Int) throws(Failure) {
    let place = "explanations.importances of \(metric)"
    try check.range([slice] + (reference.map { [$0] } ?? []), 0..<check.sliceCount, place)
    try check.range([comparisons], 1..<Int.max, "\(place).comparisons")
    try checkColumns(features, optional: ["permuted_size"], place)
    try check.length(repeats.count, features, "\(place).repeats")
    try check.length(reasons.count, features, "\(place).reasons")
    if !raw.isEmpty { try check.length(raw.count, features, "\(place).raw") }
  }
}

extension FeatureEffect {
  fileprivate func check(_ check: DocumentCheck, features: Int) throws(Failure) {
    let place = "explanations.effects"
    try check.range([feature], 0..<features, place)
    guard grid.isEmpty || labels.isEmpty else {
      throw DocumentCheck.contradiction("“\(place)” has a grid of numbers and of categories")
    }
    try check.range(curves.map(\.slice), 0..<check.sliceCount, place)
    for curve in curves {
      try curve.checkColumns(
        pointCount, optional: ["accumulated_effect", "accumulated_effect_error"], place)
      try check.length(curve.support.count, pointCount, "\(place).support")
    }
    for line in individual { try check.length(line.count, pointCount, "\(place).individual") }
  }
}

/// What can be read from a stored object.
private protocol StoredPart {
  init(_ fields: StoredFields) throws
}

private struct Part<Value: StoredPart>: Decodable {
  let value: Value

  init(from decoder: any Decoder) throws { value = try Value(StoredFields(decoder)) }
}

extension ExplainedFeature: StoredPart {
  fileprivate init(_ fields: StoredFields) throws {
    self.init(
      name: try fields.value("name"), columns: try fields.value("columns"),
      isUsed: try fields.optional("is_used"), association: try fields.optional("association"),
      associatedWith: try fields.optional("associated_with"),
      associationMeasure: try fields.optional("association_measure"),
      extrapolationShare: try fields.optional("extrapolation_share"),
      loneAUC: try fields.optional("lone_auc"))
  }
}

extension ImportanceColumns: StoredPart {
  fileprivate init(_ fields: StoredFields) throws {
    self.init(
      metric: try fields.value("metric"), slice: try fields.value("slice"),
      reference: try fields.optional("reference"),
      comparisons: try fields.optional("comparisons") ?? 1, meaning: try fields.value("meaning"),
      donors: try fields.value("donors"), rows: try fields.value("rows"), base: try fields.number("base"),
      permuted: [], importance: [], ratio: [], standardError: [], shuffleError: [], lower: [], upper: [],
      pValue: [], holm: [], benjaminiHochberg: [], repeats: try fields.value("repeats"),
      reasons: try fields.value("reasons"), raw: try fields.value("raw", [Numbers].self).map(\.values))
    try readColumns(fields)
  }
}

extension FeatureEffect: StoredPart {
  fileprivate init(_ fields: StoredFields) throws {
    self.init(
      feature: try fields.value("feature"), grid: try fields.numbers("grid"),
      labels: try fields.value("labels"),
      curves: try fields.value("curves", [Part<Curve>].self).map(\.value),
      individual: try fields.value("individual", [Numbers].self).map(\.values))
  }
}

extension FeatureEffect.Curve: StoredPart {
  fileprivate init(_ fields: StoredFields) throws {
    self.init(
      slice: try fields.value("slice"), rows: try fields.value("rows"), partialDependence: [],
      partialDependenceError: [], support: try fields.value("support"))
    try readColumns(fields)
  }
}

extension Attributions: StoredPart {
  fileprivate init(_ fields: StoredFields) throws {
    self.init(
      method: try fields.value("method"), scale: try fields.value("scale"),
      backgroundRows: try fields.value("background_rows"), baseValue: try fields.number("base_value"),
      groups: try fields.value("groups", [Part<Group>].self).map(\.value),
      rows: try fields.value("rows", [Part<Row>].self).map(\.value))
  }
}

extension Attributions.Group: StoredPart {
  fileprivate init(_ fields: StoredFields) throws {
    self.init(
      slice: try fields.value("slice"), rows: try fields.value("rows"), mean: [], standardError: [],
      meanAbsolute: [])
    try readColumns(fields)
  }
}

extension Attributions.Row: StoredPart {
  fileprivate init(_ fields: StoredFields) throws {
    self.init(
      row: try fields.value("row"), prediction: try fields.number("prediction"), values: [], errors: [],
      texts: try fields.value("texts"))
    try readColumns(fields)
  }
}

extension GapDecomposition: StoredPart {
  fileprivate init(_ fields: StoredFields) throws {
    self.init(
      slice: try fields.value("slice"), reference: try fields.value("reference"),
      scale: try fields.value("scale"), difference: try fields.number("difference"), parts: [],
      standardError: [], lower: [], upper: [])
    try readColumns(fields)
  }
}

extension FeatureInteraction: StoredPart {
  fileprivate init(_ fields: StoredFields) throws {
    self.init(
      first: try fields.value("first"), second: try fields.value("second"),
      hSquared: try fields.number("h_squared"), strength: try fields.number("strength"),
      rows: try fields.value("rows"))
  }
}

extension FlipCounts: StoredPart {
  fileprivate init(_ fields: StoredFields) throws {
    self.init(
      feature: try fields.value("feature"), from: try fields.value("from"), to: try fields.value("to"),
      rows: try fields.value("rows"), toPositive: try fields.value("to_positive"),
      toNegative: try fields.value("to_negative"), share: try fields.number("share"),
      lower: try fields.number("lower"), upper: try fields.number("upper"),
      meanChange: try fields.number("mean_change"))
  }
}
