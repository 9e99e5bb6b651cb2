/// The rows among which a feature's values are moved: a row's donors are the rows of its own pool.
///
/// A slice's own importance takes donors from the same pool and the same slice.
package struct DonorPools: Sendable, Equatable {
  /// For each feature group, the pool of every row, any numbers from 0; nil where all rows are one pool.
  package let byGroup: [[Int32]?]

  package init(byGroup: [[Int32]?]) {
    self.byGroup = byGroup
  }
}
