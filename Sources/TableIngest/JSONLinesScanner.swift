/// Cuts a chunk of JSON Lines into rows: one flat object a line, of which only the wanted keys are kept.
struct JSONLinesScanner: RecordSource {
  private(set) var batch: RecordBatch
  let isIrregular = false
  private(set) var lineCount = 0
  /// Which keys occurred.
  private(set) var seen: [Bool]
  private let view: ByteView
  private let origin: Int
  private let end: Int
  private var at: Int
  private let keys: [ByteStorage]
  private let decoder = FieldDecoder(isJSON: true)
  /// The key met at each place of the row before, and its index: rows mostly repeat their order.
  private var habit: [(key: Range<Int>, index: Int)] = []
  /// The row under way, by key; nil where it has not occurred.
  private var fields: [JSONObjectScanner.Member?]

  private static let rowsPerBatch = 512

  init(_ view: ByteView, _ range: Range<Int>, keys: [String]) {
    self.view = view
    origin = range.lowerBound
    end = range.upperBound
    at = range.lowerBound
    self.keys = keys.map { ByteStorage(copying: Array($0.utf8)) }
    seen = Array(repeating: false, count: keys.count)
    fields = Array(repeating: nil, count: keys.count)
    batch = RecordBatch(stride: 2 * keys.count)
  }

  mutating func next() -> Bool {
    batch.marks.removeAll(keepingCapacity: true)
    batch.lines.removeAll(keepingCapacity: true)
    batch.faults.removeAll(keepingCapacity: true)
    guard at < end else { return false }
    while at < end, batch.rowCount + batch.faults.count < Self.rowsPerBatch {
      let stop = view.firstIndex(of: ASCII.lineFeed, in: at..<end) ?? end
      take(at..<stop)
      lineCount += 1
      at = stop + 1
    }
    return true
  }

  private mutating func take(_ line: Range<Int>) {
    if line.allSatisfy({ view[$0] <= ASCII.space && view[$0] != ASCII.nul }) { return }
    for index in fields.indices { fields[index] = nil }
    if let fault = walk(line) {
      batch.faults.append(fault)
      return
    }
    batch.lines.append(Int32(truncatingIfNeeded: lineCount))
    for field in fields {
      let value = field.map { $0.kind == .null ? $0.value.lowerBound..<$0.value.lowerBound : $0.value }
      let range = value ?? line.lowerBound..<line.lowerBound
      batch.marks.append(Int32(truncatingIfNeeded: range.lowerBound - 1 - origin))
      batch.marks.append(Int32(truncatingIfNeeded: range.upperBound - origin))
    }
  }

  private mutating func walk(_ line: Range<Int>) -> RowFault? {
    func fault(_ problem: RowProblem, _ column: Int, _ range: Range<Int>) -> RowFault {
      RowFault(
        line: Int32(truncatingIfNeeded: lineCount), column: Int32(column), problem: problem,
        start: range.lowerBound, end: range.upperBound)
    }
    if let nul = view.firstIndex(of: ASCII.nul, in: line) { return fault(.nul, -1, nul..<nul) }
    guard var object = JSONObjectScanner(view, line) else { return fault(.notObject, -1, line) }
    var place = 0
    while true {
      switch object.next() {
      case .malformed: return fault(.notObject, -1, line)
      case .end: return nil
      case .member(let member):
        let index = index(of: member.key, at: place)
        place += 1
        guard index >= 0 else { continue }
        seen[index] = true
        if member.kind == .nested { return fault(.nested, index, member.value) }
        if fields[index] != nil { return fault(.repeatedKey, index, member.value) }
        fields[index] = member
      }
    }
  }

  /// The wanted key's index, −1 if it is none.
  private mutating func index(of key: Range<Int>, at place: Int) -> Int {
    if place < habit.count {
      let usual = habit[place]
      if usual.key.count == key.count, view.matches(key, view, at: usual.key.lowerBound) {
        return usual.index
      }
    }
    let index = lookUp(key)
    if place < habit.count {
      habit[place] = (key, index)
    } else if place == habit.count {
      habit.append((key, index))
    }
    return index
  }

  private func lookUp(_ key: Range<Int>) -> Int {
    guard let name = decoder.decode(view, key.lowerBound - 1, key.upperBound + 1) else { return -1 }
    let range = name.start..<name.end
    let found = keys.firstIndex { $0.count == range.count && name.view.matches(range, $0.view, at: 0) }
    return found ?? -1
  }

  /// The keys of the first lines, in the order in which they turn up.
  static func keys(_ view: ByteView, _ range: Range<Int>, lines: Int) -> [String] {
    let decoder = FieldDecoder(isJSON: true)
    var names: [String] = []
    var known: Set<String> = []
    var at = range.lowerBound
    var left = lines
    while at < range.upperBound, left > 0 {
      let stop = view.firstIndex(of: ASCII.lineFeed, in: at..<range.upperBound) ?? range.upperBound
      var object = JSONObjectScanner(view, at..<stop)
      while case .member(let member)? = object?.next() {
        guard let key = decoder.decode(view, member.key.lowerBound - 1, member.key.upperBound + 1) else {
          continue
        }
        if known.insert(key.text).inserted { names.append(key.text) }
      }
      left -= 1
      at = stop + 1
    }
    return names
  }
}
