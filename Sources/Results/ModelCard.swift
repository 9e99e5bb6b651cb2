/// What only people know of a model, from the configuration's `card`: what it is for, and what it must not be used for.
package struct ModelCard: Sendable, Equatable, Codable {
  package init() {}

  func write(to writer: inout JSONWriter) { writer.object { _ in } }
}
