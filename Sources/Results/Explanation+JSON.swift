extension Explanation {
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("model") { model.write(to: &$0) }
      object.member("sampling") { sampling.write(to: &$0) }
      object.list("features", features) { $1.write(to: &$0) }
      object.list("importances", importances) { $1.write(to: &$0) }
      object.list("effects", effects) { $1.write(to: &$0) }
      object.member("attributions") { if let attributions { attributions.write(to: &$0) } else { $0.null() } }
      object.list("decompositions", decompositions) { $1.write(to: &$0) }
      object.list("interactions", interactions) { $1.write(to: &$0) }
      object.list("flips", flips) { $1.write(to: &$0) }
      object.list("warnings", warnings) { $1.write(to: &$0) }
      object.list("notes", notes) { $0.string($1) }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func list<Element>(
    _ name: String, _ elements: [Element], _ write: (inout JSONWriter, Element) -> Void
  ) {
    member(name) { list in
      list.array { array in for element in elements { array.element { write(&$0, element) } } }
    }
  }

  fileprivate mutating func text(_ name: String, _ value: String) { member(name) { $0.string(value) } }
  fileprivate mutating func count(_ name: String, _ value: Int) { member(name) { $0.integer(value) } }
  fileprivate mutating func number(_ name: String, _ value: Double?) {
    member(name) { $0.number(value ?? .nan) }
  }
}

extension ExplainedModel {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.text("name", name)
      object.text("kind", kind)
      object.optional("sha256", sha256)
      object.optional("encoding", encoding)
      object.text("output", output)
      object.optional("compared_with", comparedWith)
      object.count("compared_rows", comparedRows)
      object.number("largest_difference", largestDifference)
      object.count("differing_rows", differingRows)
    }
  }
}

extension ExplanationSampling {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.count("rows", rows)
      object.count("row_count", rowCount)
      object.text("repeats", repeats.rawValue)
      object.count("repeat_limit", repeatLimit)
      object.text("conditioning", conditioning.rawValue)
      object.member("strata") { $0.strings(strata) }
      object.optional("unit", unit)
      object.member("is_weighted") { $0.bool(isWeighted) }
      object.number("level", level)
      object.member("seed") { $0.unsigned(seed) }
    }
  }
}

extension ExplainedFeature {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.text("name", name)
      object.member("columns") { $0.strings(columns) }
      object.member("is_used") { if let isUsed { $0.bool(isUsed) } else { $0.null() } }
      object.number("association", association)
      object.optional("associated_with", associatedWith)
      object.optional("association_measure", associationMeasure)
      object.number("extrapolation_share", extrapolationShare)
      object.number("lone_auc", loneAUC)
    }
  }
}

extension ImportanceColumns: StoredColumns {
  static var numberColumns: [(name: String, path: WritableKeyPath<Self, [Double]>)] {
    [
      ("permuted", \.permuted), ("importance", \.importance), ("ratio", \.ratio),
      ("permuted_size", \.permutedSize), ("standard_error", \.standardError),
      ("shuffle_error", \.shuffleError), ("lower", \.lower), ("upper", \.upper), ("p_value", \.pValue),
      ("holm", \.holm), ("benjamini_hochberg", \.benjaminiHochberg),
    ]
  }

  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.text("metric", metric)
      object.count("slice", slice)
      object.optional("reference", reference)
      object.count("comparisons", comparisons)
      object.text("meaning", meaning.rawValue)
      object.text("donors", donors.rawValue)
      object.count("rows", rows)
      object.number("base", base)
      writeColumns(to: &object)
      object.member("repeats") { $0.integers(repeats) }
      object.list("reasons", reasons) { if let reason = $1 { $0.string(reason) } else { $0.null() } }
      object.list("raw", raw) { $0.numbers($1) }
    }
  }
}

extension FeatureEffect {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.count("feature", feature)
      object.member("grid") { $0.numbers(grid) }
      object.member("labels") { $0.strings(labels) }
      object.list("curves", curves) { $1.write(to: &$0) }
      object.list("individual", individual) { $0.numbers($1) }
    }
  }
}

extension FeatureEffect.Curve: StoredColumns {
  static var numberColumns: [(name: String, path: WritableKeyPath<Self, [Double]>)] {
    [
      ("partial_dependence", \.partialDependence), ("partial_dependence_error", \.partialDependenceError),
      ("accumulated_effect", \.accumulatedEffect), ("accumulated_effect_error", \.accumulatedEffectError),
    ]
  }

  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.count("slice", slice)
      object.count("rows", rows)
      writeColumns(to: &object)
      object.member("support") { $0.integers(support) }
    }
  }
}

extension Attributions {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.text("method", method)
      object.text("scale", scale.rawValue)
      object.count("background_rows", backgroundRows)
      object.number("base_value", baseValue)
      object.list("groups", groups) { $1.write(to: &$0) }
      object.list("rows", rows) { $1.write(to: &$0) }
    }
  }
}

extension Attributions.Group: StoredColumns {
  static var numberColumns: [(name: String, path: WritableKeyPath<Self, [Double]>)] {
    [("mean", \.mean), ("standard_error", \.standardError), ("mean_absolute", \.meanAbsolute)]
  }

  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.count("slice", slice)
      object.count("rows", rows)
      writeColumns(to: &object)
    }
  }
}

extension Attributions.Row: StoredColumns {
  static var numberColumns: [(name: String, path: WritableKeyPath<Self, [Double]>)] {
    [("values", \.values), ("errors", \.errors)]
  }

  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.count("row", row)
      object.number("prediction", prediction)
      writeColumns(to: &object)
      object.member("texts") { $0.strings(texts) }
    }
  }
}

extension GapDecomposition: StoredColumns {
  static var numberColumns: [(name: String, path: WritableKeyPath<Self, [Double]>)] {
    [("parts", \.parts), ("standard_error", \.standardError), ("lower", \.lower), ("upper", \.upper)]
  }

  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.count("slice", slice)
      object.count("reference", reference)
      object.text("scale", scale.rawValue)
      object.number("difference", difference)
      writeColumns(to: &object)
    }
  }
}

extension FeatureInteraction {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.count("first", first)
      object.count("second", second)
      object.number("h_squared", hSquared)
      object.number("strength", strength)
      object.count("rows", rows)
    }
  }
}

extension FlipCounts {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.count("feature", feature)
      object.text("from", from)
      object.text("to", to)
      object.count("rows", rows)
      object.count("to_positive", toPositive)
      object.count("to_negative", toNegative)
      object.number("share", share)
      object.number("lower", lower)
      object.number("upper", upper)
      object.number("mean_change", meanChange)
    }
  }
}

extension ExplanationWarning {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.text("kind", kind.rawValue)
      object.text("message", message)
      object.optional("feature", feature)
    }
  }
}
