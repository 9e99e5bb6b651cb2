/// Distinct byte strings and their codes 0, 1, … in the order in which they were first met.
///
/// Open addressing with linear probing. A text of up to 16 bytes is its own key (two words and its
/// length); a longer one is found by hash, last word and length, and compared in full. Copies share their
/// texts: only one of them may go on inserting.
struct TextDictionary: Sendable {
  private struct Slot {
    var low: UInt64 = 0
    var high: UInt64 = 0
    /// −1 marks a free slot.
    var length: Int32 = -1
    var code: Int32 = 0
  }

  private var slots: [Slot]
  private var shift: UInt64
  /// All texts, one after the other.
  private let arena = ByteStorage()
  /// Where text i ends in the arena.
  private var ends: [Int] = []

  init() {
    slots = Array(repeating: Slot(), count: 64)
    shift = 64 - 6
  }

  var count: Int { ends.count }

  /// Where the texts lie; valid until the next insertion.
  var view: ByteView { arena.view }

  func range(of code: Int) -> Range<Int> { (code == 0 ? 0 : ends[code - 1])..<ends[code] }

  @inline(__always) private static func hash(_ low: UInt64, _ high: UInt64, _ length: Int) -> UInt64 {
    let mixed = (low &* 0x9E37_79B9_7F4A_7C15) ^ (high &* 0xC2B2_AE3D_27D4_EB4F) ^ UInt64(length)
    return (mixed ^ (mixed >> 32)) &* 0xD6E8_FEB8_6659_FD93
  }

  /// The code of a text; negative if it is new, and then `insert` adds it.
  @inline(__always) func code(of view: ByteView, _ start: Int, _ length: Int) -> Int32 {
    guard length <= 16 else { return codeOfLong(view, start, length) }
    let (low, high) = Self.shortKey(view, start, length)
    let mask = slots.count - 1
    var at = Int(truncatingIfNeeded: Self.hash(low, high, length) >> shift)
    while true {
      let slot = slots[at]
      if slot.low == low, slot.high == high, slot.length == Int32(truncatingIfNeeded: length) {
        return slot.code
      }
      if slot.length < 0 { return -1 }
      at = (at + 1) & mask
    }
  }

  @inline(__always) private static func shortKey(
    _ view: ByteView, _ start: Int, _ length: Int
  ) -> (low: UInt64, high: UInt64) {
    let first = view.word(at: start)
    guard length > 8 else {
      return (length == 0 ? 0 : first & (.max >> UInt64(64 - 8 * length)), 0)
    }
    return (first, view.word(at: start + 8) & (.max >> UInt64(128 - 8 * length)))
  }

  private static func longKey(_ view: ByteView, _ start: Int, _ length: Int) -> (low: UInt64, high: UInt64) {
    var hash: UInt64 = 0
    var offset = 0
    while offset + 8 < length {
      hash = (hash ^ view.word(at: start + offset)) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
      offset += 8
    }
    return (hash, view.word(at: start + length - 8))
  }

  private func codeOfLong(_ view: ByteView, _ start: Int, _ length: Int) -> Int32 {
    let (low, high) = Self.longKey(view, start, length)
    let mask = slots.count - 1
    var at = Int(truncatingIfNeeded: Self.hash(low, high, length) >> shift)
    while true {
      let slot = slots[at]
      if slot.length < 0 { return -1 }
      if slot.low == low, slot.high == high, Int(slot.length) == length,
        view.matches(start..<start + length, arena.view, at: range(of: Int(slot.code)).lowerBound)
      {
        return slot.code
      }
      at = (at + 1) & mask
    }
  }

  /// Adds a text that is not there yet and returns its code.
  mutating func insert(_ view: ByteView, _ start: Int, _ length: Int) -> Int32 {
    if count * 2 >= slots.count { grow() }
    let key = length <= 16 ? Self.shortKey(view, start, length) : Self.longKey(view, start, length)
    let code = Int32(count)
    place(Slot(low: key.low, high: key.high, length: Int32(length), code: code))
    arena.append(start..<start + length, of: view)
    ends.append(arena.count)
    return code
  }

  private mutating func place(_ slot: Slot) {
    var at = Int(truncatingIfNeeded: Self.hash(slot.low, slot.high, Int(slot.length)) >> shift)
    while slots[at].length >= 0 { at = (at + 1) & (slots.count - 1) }
    slots[at] = slot
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: old.count * 2)
    shift -= 1
    for slot in old where slot.length >= 0 { place(slot) }
  }
}
