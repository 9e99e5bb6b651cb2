import Results

/// The counts of an evaluation as tables that add up: each family a table over its features and, beside them, over
/// the label, the decision and the baseline's decision.
struct CountTables: Sendable {
  /// Which of label (1), decision (2) and baseline's decision (4) a count distinguishes, as a set of bits. A cell
  /// is the value of these bits: 1 where positive.
  typealias Mask = Int

  struct Family: Sendable {
    /// Identifiers of features, ascending.
    var features: [Int]
    var slices: [Int]
    /// The slice with these values, in the order of `features`.
    var place: [[Int]: Int]
  }

  static let layers: [(layer: Suppression.Layer, mask: Mask)] = [
    (.rows, 0), (.labels, 1), (.decisions, 2), (.outcomes, 3), (.baseline, 5), (.changes, 7),
  ]

  var families: [Family] = []
  /// By slice: its values in the order of its family's features, its family, its rows by all three bits.
  var coordinates: [[Int]] = []
  var family: [Int] = []
  /// By slice, mask and value: 64 a slice.
  private var sums: [Int] = []
  /// By family: those whose features are some of its own, but not all, with their places in it.
  private(set) var margins: [[(family: Int, places: [Int])]] = []
  /// By slice: itself and those of the margins that contain it.
  private(set) var containing: [[Int]] = []
  /// The slice of all rows.
  private(set) var whole: Int?
  /// The masks that have numbers, those with fewer bits first.
  let masks: [Mask]
  /// All bits that are in use.
  let allBits: Mask

  init(_ evaluation: Evaluation) {
    let slices = evaluation.slices
    let hasBaseline = slices.baselineCells.count == 8 * slices.count
    masks = hasBaseline ? [0, 1, 2, 3, 5, 7] : [0, 1, 2, 3]
    allBits = hasBaseline ? 7 : 3
    sums = Self.sums(Self.cells(slices, hasBaseline: hasBaseline))
    family = slices.family
    var names: [String: Int] = [:]
    var values: [String: Int] = [:]
    func identifier(_ text: String, in table: inout [String: Int]) -> Int {
      if let known = table[text] { return known }
      table[text] = table.count
      return table.count - 1
    }
    for stored in evaluation.families {
      let own = stored.features.map { identifier($0, in: &names) }
      let order = own.indices.sorted { own[$0] < own[$1] }
      var family = Family(features: order.map { own[$0] }, slices: Array(stored.slices), place: [:])
      for slice in stored.slices {
        let terms = own.isEmpty ? [] : SliceTerms.split(slices.predicate[slice])
        let coordinate = order.map { place in
          identifier(place < terms.count ? terms[place] : "?\(slice)", in: &values)
        }
        family.place[coordinate] = slice
        coordinates.append(coordinate)
      }
      families.append(family)
    }
    whole = families.first { $0.features.isEmpty }?.slices.first
    margins = families.indices.map(findMargins)
    containing = coordinates.indices.map { slice in
      [slice]
        + margins[family[slice]].compactMap { families[$0.family].place[projection(slice, $0.places)] }
    }
  }

  /// Rows by label, decision and baseline's decision, 8 a slice.
  private static func cells(_ slices: SliceColumns, hasBaseline: Bool) -> [Int] {
    var cells = [Int](repeating: 0, count: 8 * slices.count)
    let outcomes = [3, 2, 1, 0]
    for slice in 0..<slices.count {
      let rows = [
        slices.truePositives[slice], slices.falsePositives[slice], slices.falseNegatives[slice],
        slices.trueNegatives[slice],
      ]
      for (index, bits) in outcomes.enumerated() {
        if hasBaseline {
          cells[8 * slice + bits + 4] = slices.baselineCells[8 * slice + 2 * index]
          cells[8 * slice + bits] = slices.baselineCells[8 * slice + 2 * index + 1]
        } else {
          cells[8 * slice + bits] = rows[index]
        }
      }
    }
    return cells
  }

  var sliceCount: Int { coordinates.count }

  func cell(_ slice: Int, _ bits: Int) -> Int { sums[64 * slice + 56 + bits] }

  func rows(_ slice: Int) -> Int { count(slice, mask: 0, value: 0) }

  /// Rows of the slice whose bits in `mask` are `value`.
  func count(_ slice: Int, mask: Mask, value: Int) -> Int { sums[64 * slice + 8 * mask + value] }

  private static func sums(_ cells: [Int]) -> [Int] {
    var sums = [Int](repeating: 0, count: 8 * cells.count)
    for (place, rows) in cells.enumerated() where rows > 0 {
      for mask in 0..<8 { sums[64 * (place / 8) + 8 * mask + ((place % 8) & mask)] += rows }
    }
    return sums
  }

  /// The values that the bits of a mask can have.
  static func values(of mask: Mask) -> [Int] { allValues[mask] }

  private static let allValues = (0..<8).map { mask in (0..<8).filter { $0 & ~mask == 0 } }

  /// The values of a slice in some features of its family, by their places there.
  func projection(_ slice: Int, _ places: [Int]) -> [Int] { places.map { coordinates[slice][$0] } }

  private func findMargins(_ index: Int) -> [(family: Int, places: [Int])] {
    let own = families[index].features
    return families.indices.compactMap { other in
      let features = families[other].features
      guard features.count < own.count else { return nil }
      let places = features.compactMap { own.firstIndex(of: $0) }
      return places.count == features.count ? (other, places) : nil
    }
  }
}
