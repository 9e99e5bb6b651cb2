import Tables

/// Puts the chunks' shares of a column together.
enum Assembly {
  /// What an automatic column turns out to be; nil where it has to be read again as `again`.
  enum Verdict: Equatable {
    case number
    case category
    case readAgain(ReadRequest.Kind)
  }

  static func verdict(_ parts: [ColumnPart], isRequired: Bool) -> Verdict {
    var traits = ColumnTraits()
    for part in parts { traits.formUnion(part.traits) }
    if traits.hasTexts || !traits.hasNumbers {
      let isCoded = parts.allSatisfy { if case .codes = $0 { true } else { false } }
      return isCoded ? .category : .readAgain(.category)
    }
    // Infinite and, in a required column, padded missing values make rows bad only once these are numbers.
    let makesBadRows = traits.hasInfinite || (isRequired && traits.hasPaddedMissing)
    return makesBadRows ? .readAgain(.number) : .number
  }

  static func numbers(_ name: String, _ parts: [ColumnPart], rowCount: Int) -> Column {
    var values: [Double] = []
    values.reserveCapacity(rowCount)
    var missingCount = 0
    for part in parts {
      switch part {
      case .values(let some, _):
        for value in some where value.isNaN { missingCount += 1 }
        values.append(contentsOf: some)
      case .codes(let codes, _, let entries, _):
        let numbers = entries.map { $0.kind == .number ? $0.number : .nan }
        for code in codes {
          let value = numbers[Int(code)]
          if value.isNaN { missingCount += 1 }
          values.append(value)
        }
      }
    }
    return .numbers(NumberColumn(name: name, values: values, missingCount: missingCount))
  }

  static func category(_ name: String, _ parts: [ColumnPart], rowCount: Int) -> Column {
    var union = TextDictionary()
    var maps: [[Int32]] = []
    for part in parts {
      guard case .codes(_, let dictionary, let entries, let used) = part else { continue }
      maps.append(
        entries.indices.map { code in
          guard used[code], entries[code].kind != .missing else { return CategoryColumn.missing }
          let range = dictionary.range(of: code)
          let known = union.code(of: dictionary.view, range.lowerBound, range.count)
          return known >= 0 ? known : union.insert(dictionary.view, range.lowerBound, range.count)
        })
    }
    let (categories, ranks) = ranked(union)
    var codes: [Int32] = []
    codes.reserveCapacity(rowCount)
    var missingCount = 0
    for (part, map) in zip(parts, maps) {
      guard case .codes(let some, _, _, _) = part else { continue }
      let final = map.map { $0 < 0 ? CategoryColumn.missing : ranks[Int($0)] }
      for code in some {
        let rank = final[Int(code)]
        if rank < 0 { missingCount += 1 }
        codes.append(rank)
      }
    }
    return .category(
      CategoryColumn(name: name, codes: codes, categories: categories, missingCount: missingCount))
  }

  /// Texts sorted by their bytes, and the place of each code among them. Texts that Unicode holds to be the same
  /// (`é` composed or not) share the place of the first: two groups that look alike would be no two groups.
  private static func ranked(_ dictionary: TextDictionary) -> (categories: [String], ranks: [Int32]) {
    let view = dictionary.view
    let texts = (0..<dictionary.count).map { code in
      let range = dictionary.range(of: code)
      return (key: sortKey(view, range), text: view.text(range), code: code)
    }
    let sorted = texts.sorted { a, b in
      a.key != b.key ? a.key < b.key : a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
    }
    var categories: [String] = []
    var ranks = [Int32](repeating: 0, count: texts.count)
    var accented: [String: Int32] = [:]
    for entry in sorted {
      let isPlain = entry.text.utf8.allSatisfy { $0 < 0x80 }
      if !isPlain, let rank = accented[entry.text] {
        ranks[entry.code] = rank
        continue
      }
      let rank = Int32(categories.count)
      if !isPlain { accented[entry.text] = rank }
      ranks[entry.code] = rank
      categories.append(entry.text)
    }
    return (categories, ranks)
  }

  /// The first eight bytes, as a number that sorts as they do.
  private static func sortKey(_ view: ByteView, _ range: Range<Int>) -> UInt64 {
    let word = view.word(at: range.lowerBound).byteSwapped
    if range.count >= 8 { return word }
    return range.isEmpty ? 0 : word & ~(UInt64.max >> UInt64(8 * range.count))
  }
}
