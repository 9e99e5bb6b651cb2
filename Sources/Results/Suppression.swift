/// Small cells were withheld from every output, after the verdict was made.
package struct Suppression: Sendable, Equatable, Codable {
  /// The smallest number of rows that is shown.
  package var below: Int

  package init(below: Int) { self.below = below }

  func write(to writer: inout JSONWriter) {
    writer.object { $0.member("below") { $0.integer(below) } }
  }
}
