import Results

extension Encoding {
  /// - Throws: `missingInput` where the file cannot be read, `data` where it is wrong, with the place.
  package static func read(path: String) throws(Failure) -> Encoding {
    try read(bytes: ModelReader.bytes(path), name: path)
  }

  /// Reads an encoding file (Documentation/Models.md).
  /// - Parameter name: what to call the file in messages
  package static func read(bytes: [UInt8], name: String) throws(Failure) -> Encoding {
    var reader = JSONDocumentReader(bytes, name: name)
    let document = DocumentPart(try reader.document(), name: name)
    try document.allows(only: ["version", "features", "categorical", "classes", "float32", "note"])
    if let version = try document.optional("version"), try version.integer(0...Int(Int32.max)) != 1 {
      throw version.failure("only version 1 is known")
    }
    let lists = try document.optional("categorical")
    var encoding = Encoding(features: [])
    encoding.classes = try document.optional("classes")?.texts() ?? []
    encoding.roundsToSingle = try document.optional("float32")?.bool() ?? false
    var columns: Set<String> = []
    for part in try document.member("features").list() {
      var feature = try FeatureEncoding(part, codes: lists)
      feature.inputs = encoding.inputCount..<encoding.inputCount + feature.inputs.count
      guard columns.insert(feature.column).inserted else {
        throw part.failure("the column “\(feature.column)” is given twice")
      }
      encoding.features.append(feature)
    }
    for name in try lists?.object().keys.sorted() ?? [] where !columns.contains(name) {
      throw document.failure("categorical: there is no feature “\(name)”")
    }
    return encoding
  }
}

extension FeatureEncoding {
  /// A feature as the file gives it, its inputs counted from 0.
  /// - Parameter codes: lists of categories by column, for features that are a bare name
  fileprivate init(_ part: DocumentPart, codes: DocumentPart?) throws(Failure) {
    if case .text(let column) = part.value {
      self.init(column: column, rule: .number(.init()), inputs: 0..<1)
      if let list = try codes?.optional(column) { rule = .codes(try Self.categories(list, part: nil)) }
      return
    }
    let column = try part.member("column").text()
    if let list = try part.optional("codes") {
      try part.allows(only: ["column", "codes", "missing", "unknown"])
      self.init(column: column, rule: .codes(try Self.categories(list, part: part)), inputs: 0..<1)
    } else if let list = try part.optional("one_hot") {
      try part.allows(only: ["column", "one_hot", "missing", "unknown"])
      let categories = try Self.categories(list, part: part)
      for stand in [categories.missing, categories.unknown] {
        if case .code = stand { throw part.failure("a number cannot stand for a category among indicators") }
      }
      self.init(column: column, rule: .indicators(categories), inputs: 0..<categories.values.count)
    } else {
      try part.allows(only: ["column", "impute", "transform", "mean", "scale", "codes", "one_hot"])
      self.init(column: column, rule: .number(try Self.scaling(part)), inputs: 0..<1)
    }
  }

  private static func scaling(_ part: DocumentPart) throws(Failure) -> Scaling {
    let scaling = Scaling(
      impute: try part.optional("impute")?.number(), transform: try transform(part),
      mean: try part.optional("mean")?.number() ?? 0,
      scale: try part.optional("scale")?.number() ?? 1)
    guard scaling.scale != 0, [scaling.scale, scaling.mean, scaling.impute ?? 0].allSatisfy(\.isFinite) else {
      throw part.failure("impute, mean and scale should be finite, and scale not 0")
    }
    return scaling
  }

  private static func transform(_ part: DocumentPart) throws(Failure) -> Transform {
    guard let member = try part.optional("transform") else { return .none }
    guard let transform = Transform(rawValue: try member.text()) else {
      throw member.failure("should be “log1p” or “none”")
    }
    return transform
  }

  private static func categories(_ list: DocumentPart, part: DocumentPart?) throws(Failure) -> Categories {
    var values: [String] = []
    for element in try list.list() {
      switch element.value {
      case .number(let number): values.append(NumberText.text(number))
      case .bool(let flag): values.append(flag ? "true" : "false")
      default: values.append(try element.text())
      }
    }
    guard !values.isEmpty, Set(values).count == values.count else {
      throw list.failure("the list of categories is empty or names one twice")
    }
    return Categories(
      values: values, missing: try stand(part?.optional("missing"), values),
      unknown: try stand(part?.optional("unknown"), values))
  }

  private static func stand(_ part: DocumentPart?, _ values: [String]) throws(Failure) -> Stand {
    guard let part else { return .none }
    if case .number(let code) = part.value { return .code(code) }
    let text = try part.text()
    guard let place = values.firstIndex(of: text) else {
      throw part.failure(
        "“\(text)” is not among the categories", advice: Suggestion.phrase(for: text, among: values))
    }
    return .category(place)
  }
}
