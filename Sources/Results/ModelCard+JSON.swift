extension ModelCard {
  /// The same as a value, for the configuration in force and for the stored form: every member a list of texts.
  package var value: JSONValue {
    func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }
    var members = Part.allCases.compactMap { part in
      parts[part].map { JSONValue.Member(part.rawValue, texts($0)) }
    }
    let details = Detail.allCases.compactMap { detail in
      self.details[detail].map { JSONValue.Member(detail.rawValue, texts($0)) }
    }
    if !details.isEmpty { members.append(.init(ModelCard.detailsKey, .object(details))) }
    return .object(members)
  }

  func write(to writer: inout JSONWriter) { value.write(to: &writer) }
}

extension ModelCard: Decodable {
  /// Members that this version does not know are passed over.
  package init(from decoder: any Decoder) throws {
    var members = try decoder.singleValueContainer().decode([String: CardMember].self)
    let details = members.removeValue(forKey: ModelCard.detailsKey)
    self.init(
      details: try ModelCard.known(details?.members ?? [:], decoder),
      parts: try ModelCard.known(members, decoder))
  }

  private static func known<Key: RawRepresentable<String>>(
    _ members: [String: CardMember], _ decoder: any Decoder
  ) throws -> [Key: [String]] {
    var known: [Key: [String]] = [:]
    for (name, member) in members {
      guard let key = Key(rawValue: name) else { continue }
      guard let texts = member.texts else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "\(name) is no list of texts"))
      }
      known[key] = texts
    }
    return known
  }
}

/// A list of texts, or an object of them.
private enum CardMember: Decodable {
  case list([String])
  case object([String: CardMember])
  /// Of another kind, which a member that is not known may be.
  case other

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let texts = try? container.decode([String].self) {
      self = .list(texts)
    } else if let members = try? container.decode([String: CardMember].self) {
      self = .object(members)
    } else {
      self = .other
    }
  }

  var texts: [String]? {
    if case .list(let texts) = self { return texts }
    return nil
  }

  var members: [String: CardMember]? {
    if case .object(let members) = self { return members }
    return nil
  }
}
