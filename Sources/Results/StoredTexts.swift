/// A column of texts that repeat: distinct texts, and each entry's text as an index into them.
struct StoredTexts: Decodable {
  var texts: [String]
  var index: [Int?]

  /// Each entry's text; nil where it has none.
  ///
  /// - Throws: where the column has another length, or names a text that does not exist.
  func values(_ check: DocumentCheck, count: Int, _ place: String) throws(Failure) -> [String?] {
    try check.length(index.count, count, place)
    try check.range(index.compactMap { $0 }, texts.indices, place)
    return index.map { $0.map { texts[$0] } }
  }
}

extension JSONWriter {
  /// Distinct texts in the order of their first use, and each entry's text as an index into them.
  mutating func distinctTexts(_ texts: [String?]) {
    var places: [String: Int] = [:]
    var distinct: [String] = []
    let index = texts.map { text -> Double in
      guard let text else { return .nan }
      if let place = places[text] { return Double(place) }
      places[text] = distinct.count
      distinct.append(text)
      return Double(distinct.count - 1)
    }
    object {
      $0.member("texts") { $0.strings(distinct) }
      $0.member("index") { $0.numbers(index) }
    }
  }
}
