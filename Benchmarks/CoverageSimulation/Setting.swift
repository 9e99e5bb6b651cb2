/// The truth from which groups are drawn.
struct Setting {
  /// Where the groups lie between the lowest and the highest value.
  enum Layout: String {
    case equal = "none"
    case even = "0.1, spread evenly"
    case one = "0.1, one group apart"
  }

  var size: Int
  var groups: Int
  var layout: Layout

  /// The groups' values about a middle.
  func values(about middle: Double) -> [Double] {
    (0..<groups).map { group in
      switch layout {
      case .equal: middle
      case .even: middle - 0.05 + 0.1 * Double(group) / Double(groups - 1)
      case .one: group == groups - 1 ? middle + 0.05 : middle - 0.05
      }
    }
  }

  var name: String { "n \(size), \(groups) groups, gap \(layout.rawValue)" }
}
