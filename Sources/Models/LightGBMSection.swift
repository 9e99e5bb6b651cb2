import Results

/// A run of `key=value` lines of a LightGBM model: its head, or one tree.
struct LightGBMSection {
  /// For messages: `lgbm.txt:12: Tree=3`.
  let place: String
  private(set) var values: [String: Substring] = [:]
  /// Words that stand alone on their line.
  private(set) var words: Set<String> = []

  init(place: String) { self.place = place }

  mutating func add(_ line: Substring) throws(Failure) {
    guard let sign = line.firstIndex(of: "=") else {
      words.insert(String(line))
      return
    }
    let key = String(line[..<sign])
    guard values.updateValue(line[line.index(after: sign)...], forKey: key) == nil else {
      throw failure("“\(key.prefix(40))” is given twice")
    }
  }

  func failure(_ message: String, advice: String? = nil) -> Failure {
    Failure(.data, "\(place): \(message)", advice: advice)
  }

  func text(_ key: String) throws(Failure) -> Substring {
    guard let text = values[key] else { throw failure("“\(key)” is missing; the file may be cut short") }
    return text
  }

  func integer(_ key: String, _ range: ClosedRange<Int>) throws(Failure) -> Int {
    let text = try text(key)
    guard let number = Int(text), range.contains(number) else {
      throw failure(
        "\(key): expected a whole number from \(range.lowerBound) to \(range.upperBound), found “\(text.prefix(40))”"
      )
    }
    return number
  }

  func integers(_ key: String, _ range: ClosedRange<Int>, count: Int) throws(Failure) -> [Int] {
    var numbers: [Int] = []
    for word in try self.words(key, count: count) {
      guard let number = Int(word), range.contains(number) else {
        throw failure(
          "\(key): expected whole numbers from \(range.lowerBound) to \(range.upperBound), found “\(word.prefix(40))”"
        )
      }
      numbers.append(number)
    }
    return numbers
  }

  func numbers(_ key: String, count: Int) throws(Failure) -> [Double] {
    var numbers: [Double] = []
    for word in try self.words(key, count: count) {
      guard let number = Double(word) else {
        throw failure("\(key): expected numbers, found “\(word.prefix(40))”")
      }
      numbers.append(number)
    }
    return numbers
  }

  private func words(_ key: String, count: Int) throws(Failure) -> [Substring] {
    let words = try text(key).split(separator: " ")
    guard words.count == count else {
      throw failure("\(key): expected \(count) numbers, found \(words.count)")
    }
    return words
  }
}
