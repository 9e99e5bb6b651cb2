import Results
import Statistics
import Tables

/// A feature as the trees of subgroups see it: a few codes, ordered or not.
struct TreeFeature: Sendable {
  /// Cut points of a number, and categories that are told apart, at most.
  static let mostCuts = 64

  enum Kind: Sendable {
    /// Code 0 is missing; code k holds (cuts[k − 2], cuts[k − 1]], the outer ones open.
    case ordered(cuts: [Double])
    /// What each code stands for. The rarest share the last one where there are too many.
    case nominal([String])
  }

  let name: String
  let kind: Kind
  /// Of every row.
  let codes: [Int32]
  /// Number of codes.
  let count: Int

  /// - Parameter rows: the rows that cuts and frequent categories are taken from; nil for all
  init(_ column: Column, isCategory: Bool, rows: [Int32]?) {
    switch column {
    case .numbers(let numbers) where !isCategory:
      self.init(numbers, cuts: Self.cuts(rows.map { $0.map { numbers.values[Int($0)] } } ?? numbers.values))
    case .numbers(let numbers):
      let distinct = Set(numbers.values.lazy.filter { !$0.isNaN }.map { $0 + 0 }).sorted()
      let places = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, Int32($0)) })
      self.init(
        name: numbers.name, labels: distinct.map { NumberText.text($0) },
        raw: numbers.values.map { places[$0 + 0] ?? CategoryColumn.missing }, rows: rows)
    case .category(let category):
      self.init(name: category.name, labels: category.categories, raw: category.codes, rows: rows)
    }
  }

  /// Values at equal steps of the empirical distribution, without the greatest: beyond it there is nothing.
  private static func cuts(_ values: [Double]) -> [Double] {
    let sorted = values.filter { !$0.isNaN }.sorted()
    var cuts: [Double] = []
    for step in 1...(mostCuts + 1) where !sorted.isEmpty {
      let value = sorted[min(sorted.count - 1, sorted.count * step / (mostCuts + 1))]
      if value < sorted[sorted.count - 1], value > cuts.last ?? -.infinity { cuts.append(value) }
    }
    if cuts.isEmpty, let first = sorted.first, let last = sorted.last, first < last { cuts = [first] }
    return cuts
  }

  private init(_ column: NumberColumn, cuts: [Double]) {
    name = column.name
    kind = .ordered(cuts: cuts)
    count = cuts.count + 2
    codes = column.values.map { value in
      guard !value.isNaN else { return 0 }
      var (low, high) = (0, cuts.count)
      while low < high {
        let middle = (low + high) / 2
        if cuts[middle] < value { low = middle + 1 } else { high = middle }
      }
      return Int32(low + 1)
    }
  }

  private init(name: String, labels: [String], raw: [Int32], rows: [Int32]?) {
    let all = labels.map { "“\($0)”" } + ["(missing)"]
    let missing = Int32(labels.count)
    let whole = raw.map { $0 == CategoryColumn.missing ? missing : $0 }
    var counts = [Int](repeating: 0, count: all.count)
    if let rows {
      for row in rows { counts[Int(whole[Int(row)])] += 1 }
    } else {
      for code in whole { counts[Int(code)] += 1 }
    }
    self.name = name
    guard all.count > Self.mostCuts + 1 else {
      (kind, codes, count) = (.nominal(all), whole, all.count)
      return
    }
    let frequent = all.indices.sorted { (-counts[$0], $0) < (-counts[$1], $1) }.prefix(Self.mostCuts).sorted()
    var places = [Int32](repeating: Int32(frequent.count), count: all.count)
    for (place, code) in frequent.enumerated() { places[code] = Int32(place) }
    kind = .nominal(frequent.map { all[$0] } + ["others"])
    codes = whole.map { places[Int($0)] }
    count = frequent.count + 1
  }

  /// The values that some codes stand for, as a condition; nil where all codes are meant.
  ///
  /// - Parameter occurring: codes that some row has; others are not mentioned
  func condition(_ allowed: [Bool], occurring: [Bool]) -> String? {
    guard occurring.indices.contains(where: { occurring[$0] && !allowed[$0] }) else { return nil }
    let codes = allowed.indices.filter { allowed[$0] && occurring[$0] }
    switch kind {
    case .nominal(let labels):
      let others = allowed.indices.filter { !allowed[$0] && occurring[$0] }
      return others.count < codes.count
        ? "\(name) not in \(list(others, labels))" : "\(name) in \(list(codes, labels))"
    case .ordered(let cuts):
      return range(codes, cuts, mentionsMissing: occurring[0])
    }
  }

  private func list(_ codes: [Int], _ labels: [String]) -> String {
    let shown = codes.prefix(6).map { labels[$0] }.joined(separator: ", ")
    return "{\(shown)\(codes.count > 6 ? ", … (\(codes.count) in all)" : "")}"
  }

  private func range(_ codes: [Int], _ cuts: [Double], mentionsMissing: Bool) -> String {
    let present = codes.filter { $0 > 0 }
    guard let first = present.first, let last = present.last else { return "\(name) missing" }
    let lower = first > 1 ? NumberText.text(cuts[first - 2]) : nil
    let upper = last <= cuts.count ? NumberText.text(cuts[last - 1]) : nil
    let text =
      switch (lower, upper) {
      case (let lower?, let upper?): "\(lower) < \(name) ≤ \(upper)"
      case (let lower?, nil): "\(name) > \(lower)"
      case (nil, let upper?): "\(name) ≤ \(upper)"
      case (nil, nil): "\(name) present"
      }
    return mentionsMissing && codes.first == 0 ? text + " or missing" : text
  }
}
