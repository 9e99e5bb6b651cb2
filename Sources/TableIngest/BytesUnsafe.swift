import CCrypto
import CZlib
import Glibc

/// The bytes of an input, lent by a `ByteStorage` that must outlive every use. Sendable, for they are only read.
///
/// Reads are unchecked in release builds: an offset must lie in `0..<count + ByteView.padding`. The padding
/// lets a parser load whole words and vectors at any offset of the content; its bytes are zero.
struct ByteView: @unchecked Sendable {
  static let padding = 64

  private let base: UnsafePointer<UInt8>
  let count: Int

  fileprivate init(base: UnsafePointer<UInt8>, count: Int) {
    self.base = base
    self.count = count
  }

  @inline(__always) subscript(offset: Int) -> UInt8 {
    assert(offset >= 0 && offset < count + Self.padding)
    return base[offset]
  }

  /// Eight bytes, the first in the lowest place.
  @inline(__always) func word(at offset: Int) -> UInt64 {
    assert(offset >= 0 && offset + 8 <= count + Self.padding)
    return UInt64(littleEndian: UnsafeRawPointer(base + offset).loadUnaligned(as: UInt64.self))
  }

  @inline(__always) func vector(at offset: Int) -> SIMD16<UInt8> {
    assert(offset >= 0 && offset + 16 <= count + Self.padding)
    return UnsafeRawPointer(base + offset).loadUnaligned(as: SIMD16<UInt8>.self)
  }

  /// The text of a range, with whatever is not UTF-8 replaced.
  func text(_ range: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(start: base + range.lowerBound, count: range.count), as: UTF8.self)
  }

  /// The text of a range, or nil where it is not UTF-8.
  func validText(_ range: Range<Int>) -> String? {
    String(
      validating: UnsafeBufferPointer(start: base + range.lowerBound, count: range.count), as: UTF8.self)
  }

  func matches(_ range: Range<Int>, _ other: ByteView, at offset: Int) -> Bool {
    memcmp(base + range.lowerBound, other.base + offset, range.count) == 0
  }

  func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    guard let hit = memchr(base + range.lowerBound, Int32(byte), range.count) else { return nil }
    return UnsafeRawPointer(hit) - UnsafeRawPointer(base)
  }

  func count(of byte: UInt8, in range: Range<Int>) -> Int {
    let wanted = SIMD16<UInt8>(repeating: byte)
    var total: UInt64 = 0
    var at = range.lowerBound
    while at + 16 <= range.upperBound {
      // A lane holds at most 255 hits.
      let stop = min(at + 16 * 255, range.upperBound) - 15
      var lanes = SIMD16<UInt8>(repeating: 0)
      while at < stop {
        let hits: SIMDMask<SIMD16<Int8>> = vector(at: at) .== wanted
        lanes = lanes &- unsafeBitCast(hits, to: SIMD16<UInt8>.self)
        at += 16
      }
      let halves = unsafeBitCast(lanes, to: SIMD2<UInt64>.self)
      total += Self.sumOfBytes(halves[0]) + Self.sumOfBytes(halves[1])
    }
    while at < range.upperBound {
      if self[at] == byte { total += 1 }
      at += 1
    }
    return Int(total)
  }

  @inline(__always) private static func sumOfBytes(_ word: UInt64) -> UInt64 {
    let even: UInt64 = 0x00FF_00FF_00FF_00FF
    let pairs = (word & even) &+ ((word >> 8) & even)
    return (pairs &* 0x0001_0001_0001_0001) >> 48
  }

  /// SHA-256 in lower-case hexadecimal; nil if the library refuses.
  func sha256() -> String? {
    var digest = [UInt8](repeating: 0, count: 32)
    var length: UInt32 = 0
    guard EVP_Digest(base, count, &digest, &length, EVP_sha256(), nil) == 1, length == 32 else { return nil }
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

/// Owns the bytes of an input: a mapped file or a buffer that grows, always with zeroed padding behind.
/// Unchecked Sendable: it is filled by one thread before any other sees it, and never written after.
final class ByteStorage: @unchecked Sendable {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count: Int
  private let mappedLength: Int

  var view: ByteView { ByteView(base: UnsafePointer(base), count: count) }

  init() {
    capacity = 4096
    count = 0
    mappedLength = 0
    base = .allocate(capacity: capacity + ByteView.padding)
    base.initialize(repeating: 0, count: ByteView.padding)
  }

  private init(mapped: UnsafeMutableRawPointer, length: Int, count: Int) {
    base = mapped.assumingMemoryBound(to: UInt8.self)
    capacity = 0
    self.count = count
    mappedLength = length
  }

  deinit {
    if mappedLength > 0 { munmap(base, mappedLength) } else { base.deallocate() }
  }

  convenience init(copying bytes: some Collection<UInt8>) {
    self.init()
    append(bytes)
  }

  /// Maps a regular file; nil where the system cannot. A page of zeros is reserved behind the file, so that
  /// loads across its end are safe.
  convenience init?(mapping descriptor: Int32, count: Int) {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let length = (count + page - 1) / page * page + page
    guard let start = mmap(nil, length, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), start != MAP_FAILED
    else { return nil }
    guard mmap(start, count, PROT_READ, MAP_PRIVATE | MAP_FIXED, descriptor, 0) != MAP_FAILED else {
      munmap(start, length)
      return nil
    }
    madvise(start, count, MADV_SEQUENTIAL)
    self.init(mapped: start, length: length, count: count)
  }

  private func reserve(_ extra: Int) {
    guard count + extra > capacity else { return }
    let wanted = max(capacity * 2, count + extra)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted + ByteView.padding)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
    capacity = wanted
    seal()
  }

  private func seal() { (base + count).initialize(repeating: 0, count: ByteView.padding) }

  /// Only a buffer grows; a mapped file never does.
  func append(_ bytes: some Collection<UInt8>) {
    reserve(bytes.count)
    var next = base + count
    for byte in bytes {
      next.pointee = byte
      next += 1
    }
    count += bytes.count
    seal()
  }

  func append(_ range: Range<Int>, of view: ByteView) {
    reserve(range.count)
    (base + count).update(from: view.start(at: range.lowerBound), count: range.count)
    count += range.count
    seal()
  }

  func append(_ byte: UInt8) {
    reserve(1)
    base[count] = byte
    count += 1
    seal()
  }

  func removeAll() {
    count = 0
    seal()
  }

  /// Reads a descriptor to its end. Returns the system's error number, 0 if there is none.
  func readAll(_ descriptor: Int32) -> Int32 {
    while true {
      reserve(1 << 18)
      let got = read(descriptor, base + count, capacity - count)
      if got == 0 {
        seal()
        return 0
      }
      if got > 0 { count += got } else if errno != EINTR { return errno }
    }
  }

  enum InflateFailure: Error { case truncated, corrupt(at: Int), trailingBytes(at: Int) }

  /// Appends what the gzip members of `source` hold, one after the other. Zeros after the last member are
  /// padding (RFC 1952 leaves it open; gzip(1) ignores them).
  func inflate(_ source: ByteView) throws(InflateFailure) {
    var stream = z_stream()
    guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw .corrupt(at: 0)
    }
    defer { inflateEnd(&stream) }
    var used = 0
    while true {
      used = try inflateMember(&stream, source, from: used)
      guard used < source.count else { break }
      if source[used] == 0 {
        guard (used..<source.count).allSatisfy({ source[$0] == 0 }) else { throw .trailingBytes(at: used) }
        break
      }
      guard source[used] == 0x1f, source[used + 1] == 0x8b else { throw .trailingBytes(at: used) }
      guard inflateReset(&stream) == Z_OK else { throw .corrupt(at: used) }
    }
    seal()
  }

  /// Returns the offset after the member.
  private func inflateMember(
    _ stream: inout z_stream, _ source: ByteView, from start: Int
  ) throws(InflateFailure) -> Int {
    var used = start
    while true {
      reserve(max(1 << 18, source.count))
      let given = min(source.count - used, 1 << 30)
      let room = min(capacity - count, 1 << 30)
      stream.next_in = source.mutableStart(at: used)
      stream.avail_in = UInt32(given)
      stream.next_out = base + count
      stream.avail_out = UInt32(room)
      let status = CZlib.inflate(&stream, Z_NO_FLUSH)
      used += given - Int(stream.avail_in)
      count += room - Int(stream.avail_out)
      switch status {
      case Z_STREAM_END: return used
      case Z_OK where stream.avail_out == 0 || used < source.count: continue
      case Z_OK, Z_BUF_ERROR: throw .truncated
      default: throw .corrupt(at: used)
      }
    }
  }
}

extension ByteView {
  fileprivate func start(at offset: Int) -> UnsafePointer<UInt8> { base + offset }

  /// zlib's interface wants a mutable pointer, though it never writes there.
  fileprivate func mutableStart(at offset: Int) -> UnsafeMutablePointer<UInt8> {
    UnsafeMutablePointer(mutating: base + offset)
  }
}

/// 64 bytes of input, to be compared at once; bit i of a mask stands for byte i.
///
/// SIMD masks are turned into bits by a bit cast and two multiplications: Swift's own `replacing(with:where:)`
/// is not specialised and some 80 times slower.
struct Block64 {
  private let a: SIMD16<UInt8>
  private let b: SIMD16<UInt8>
  private let c: SIMD16<UInt8>
  private let d: SIMD16<UInt8>

  @inline(__always) init(_ view: ByteView, at offset: Int) {
    a = view.vector(at: offset)
    b = view.vector(at: offset + 16)
    c = view.vector(at: offset + 32)
    d = view.vector(at: offset + 48)
  }

  @inline(__always) func equal(to byte: UInt8) -> UInt64 {
    let wanted = SIMD16<UInt8>(repeating: byte)
    return Self.bits(a .== wanted, b .== wanted, c .== wanted, d .== wanted)
  }

  @inline(__always) func atMost(_ byte: UInt8) -> UInt64 {
    let limit = SIMD16<UInt8>(repeating: byte)
    return Self.bits(a .<= limit, b .<= limit, c .<= limit, d .<= limit)
  }

  private typealias Mask = SIMDMask<SIMD16<Int8>>

  @inline(__always) private static func bits(_ a: Mask, _ b: Mask, _ c: Mask, _ d: Mask) -> UInt64 {
    bits(a) | bits(b) << 16 | bits(c) << 32 | bits(d) << 48
  }

  @inline(__always) private static func bits(_ mask: Mask) -> UInt64 {
    let weights = SIMD16<UInt8>(1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128)
    let kept = unsafeBitCast(mask, to: SIMD16<UInt8>.self) & weights
    let halves = unsafeBitCast(kept, to: SIMD2<UInt64>.self)
    let ones: UInt64 = 0x0101_0101_0101_0101
    return ((halves[0] &* ones) >> 56) | (((halves[1] &* ones) >> 56) << 8)
  }
}

extension UInt64 {
  /// Bit i is the parity of bits 0…i.
  @inline(__always) var prefixParity: UInt64 {
    var x = self
    x ^= x << 1
    x ^= x << 2
    x ^= x << 4
    x ^= x << 8
    x ^= x << 16
    x ^= x << 32
    return x
  }
}
