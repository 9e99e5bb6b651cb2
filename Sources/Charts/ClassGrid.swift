/// What each class is taken for, group by group: square tables whose rows, the true classes, add up to 100 %.
package struct ClassGrid: Chart, Equatable {
  package struct Group: Equatable, Sendable {
    package var label: String
    /// A line below the label, such as `n 420`.
    package var note: String
    /// Counts, or weights, of rows by true class, then by prediction.
    package var counts: [[Double]]

    package init(_ label: String, note: String = "", counts: [[Double]]) {
      self.label = label
      self.note = note
      self.counts = counts
    }
  }

  package var title: String
  package var summary: String
  package var groups: [Group]
  /// In the order of rows and columns.
  package var classes: [String]

  package init(title: String, summary: String = "", groups: [Group], classes: [String]) {
    self.title = title
    self.summary = summary
    self.groups = groups
    self.classes = classes
  }
}
