/// Cairo numbers the surfaces of a process, not of a file: `surface7` in one rendering is `surface12` in the next.
enum SurfaceNames {
  /// The document with its surfaces numbered in order of appearance.
  static func renumbered(_ document: [UInt8]) -> [UInt8] {
    let word = Array("surface".utf8)
    var result: [UInt8] = []
    result.reserveCapacity(document.count)
    var names: [ArraySlice<UInt8>: Int] = [:]
    var index = 0
    while index < document.count {
      guard document[index] == word[0], document[index...].starts(with: word), let before = result.last,
        before == UInt8(ascii: "\"") || before == UInt8(ascii: "#")
      else {
        result.append(document[index])
        index += 1
        continue
      }
      let digits = document[(index + word.count)...].prefix { (0x30...0x39).contains($0) }
      let number = names[digits] ?? names.count
      names[digits] = number
      result += word + Array(String(number).utf8)
      index += word.count + digits.count
    }
    return result
  }
}
