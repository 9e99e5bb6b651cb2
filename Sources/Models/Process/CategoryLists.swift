import Results
import Tables

/// The lists of categories that codes in frames refer to. They only grow, so that a code keeps its meaning.
struct CategoryLists: Sendable {
  /// 0 while there are none.
  private(set) var version = 0
  private var names: [String] = []
  private var lists: [[String]] = []
  private var places: [[String: Int32]] = []

  /// The columns with codes of these lists, which take up categories that they do not know.
  /// Complexity: O(rows) for a column whose categories are not the first of its list.
  mutating func adopt(_ columns: [WireColumn]) -> [WireColumn] {
    var place = -1
    return columns.map { column in
      guard case .category(let codes, let texts) = column.content else { return column }
      place += 1
      if place == names.count {
        names.append(column.name)
        lists.append([])
        places.append([:])
      }
      let map = texts.map { code(of: $0, in: place) }
      if map.elementsEqual(0..<Int32(map.count)) { return column }
      return WireColumn(
        name: column.name,
        content: .category(
          codes: codes.map { $0 == CategoryColumn.missing ? $0 : map[Int($0)] }, texts: lists[place]))
    }
  }

  private mutating func code(of text: String, in place: Int) -> Int32 {
    if let code = places[place][text] { return code }
    let code = Int32(lists[place].count)
    lists[place].append(text)
    places[place][text] = code
    version += 1
    return code
  }

  /// The frame that tells them.
  var frame: [UInt8] {
    var writer = JSONWriter(brokenDepth: -1)
    writer.object { object in
      for (name, list) in zip(names, lists) { object.member(name) { $0.strings(list) } }
    }
    return BatchEncoder.frame(.categories, writer.bytes)
  }
}
