import Results
import Settings

extension ModelCard {
  /// Reads the `card` of a configuration: texts, or lists of them.
  ///
  /// - Throws: a failure of the setting's kind where a member is not known, with the nearest one, or is no text
  init(_ setting: Setting) throws(Failure) {
    let known = Part.allCases.map(\.rawValue)
    let members = try setting.members(among: [Self.detailsKey] + known, of: ConfigurationKey.card.rawValue)
    var details: [Detail: [String]] = [:]
    if let model = members[Self.detailsKey] {
      let place = "\(ConfigurationKey.card.rawValue).\(Self.detailsKey)"
      let found = try model.members(among: Detail.allCases.map(\.rawValue), of: place)
      for detail in Detail.allCases { details[detail] = try found[detail.rawValue].map(Self.texts) }
    }
    var parts: [Part: [String]] = [:]
    for part in Part.allCases { parts[part] = try members[part.rawValue].map(Self.texts) }
    self.init(details: details, parts: parts)
  }

  private static func texts(_ setting: Setting) throws(Failure) -> [String] {
    if case .string = setting.value { return [try text(setting)] }
    guard case .array = setting.value else {
      throw setting.failure(expected: "text in quotes, or a list of texts")
    }
    var texts: [String] = []
    for element in try setting.list() { texts.append(try text(element)) }
    return texts
  }

  private static func text(_ setting: Setting) throws(Failure) -> String {
    let text = try setting.text()
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw setting.failure(expected: "text that is not blank")
    }
    return text
  }
}
