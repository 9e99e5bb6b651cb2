/// Marks that look alike and can be written together.
struct MarkBatch {
  var look: String
  var marks: [Mark]
  fileprivate var boxes: [Box]
  fileprivate var hull: Box

  /// Brings marks of one look together, as far as nothing that lies between them in paint order touches them: the
  /// picture stays the same. Groups without a clip are unfolded where `unfolds` says so.
  ///
  /// - Complexity: O(marks²) at worst; marks of one look seldom lie far apart.
  static func batches(_ marks: [Mark], unfolds: Bool, look: (Mark) -> String) -> [MarkBatch] {
    var batches: [MarkBatch] = []
    for mark in unfolds ? marks.flatMap(unfolded) : marks {
      let look = look(mark)
      let box = (mark.bounds ?? Box(x: 0, y: 0, width: 0, height: 0)).grown(by: 0.5)
      var place: Int?
      for index in batches.indices.reversed() where !look.isEmpty {
        if batches[index].look == look { place = index }
        if place != nil || batches[index].touches(box) { break }
      }
      if let place {
        batches[place].marks.append(mark)
        batches[place].boxes.append(box)
        batches[place].hull = batches[place].hull.union(box)
      } else {
        batches.append(MarkBatch(look: look, marks: [mark], boxes: [box], hull: box))
      }
    }
    return batches
  }

  private static func unfolded(_ mark: Mark) -> [Mark] {
    if case .group(let group) = mark.shape, group.clip == nil { return group.marks.flatMap(unfolded) }
    return [mark]
  }

  private func touches(_ box: Box) -> Bool {
    hull.overlaps(box) && boxes.contains { $0.overlaps(box) }
  }

  /// Whether no two marks cover the same place: only then may see-through ones become one.
  private var isApart: Bool {
    boxes.indices.allSatisfy { index in
      let inner = boxes[index].grown(by: -0.6)
      return !boxes[..<index].contains { $0.grown(by: -0.6).overlaps(inner) }
    }
  }

  /// What can be one path without looking different: lines of one stroke, and opaque shapes that all turn the same
  /// way round, so that where they overlap nothing cancels out. What has a tooltip stands by itself.
  enum Kind: Hashable {
    case lines, rects, symbols(Mark.Symbol)
    /// Filled circles of one radius, which are the round ends of lines without length.
    case discs(Double)

    init?(_ mark: Mark, isApart: Bool) {
      guard mark.title == nil || mark.title?.isEmpty == true, mark.fillOpacity >= 1 || isApart else {
        return nil
      }
      switch mark.shape {
      case .polyline, .polylines: if mark.fill == nil { self = .lines } else { return nil }
      case .rect(_, let corner): if corner == 0, mark.stroke == nil { self = .rects } else { return nil }
      case .symbol(.circle, _, let radius):
        if mark.stroke == nil { self = .discs(radius) } else { return nil }
      case .symbol(let symbol, _, _): self = .symbols(symbol)
      default: return nil
      }
    }
  }

  /// Marks that become one element each, in paint order of the first of each.
  var elements: [[Mark]] {
    var result: [[Mark]] = []
    var places: [Kind: Int] = [:]
    let isApart = self.isApart
    for mark in marks {
      if let kind = Kind(mark, isApart: isApart) {
        if let place = places[kind] {
          result[place].append(mark)
          continue
        }
        places[kind] = result.count
      }
      result.append([mark])
    }
    return result
  }
}
