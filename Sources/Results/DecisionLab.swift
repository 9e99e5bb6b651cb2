/// What other thresholds would do: for the decision lab of the report. Made by the engine from the stored curves.
package struct DecisionLab: Sendable, Equatable, Codable {
  package init() {}

  func write(to writer: inout JSONWriter) { writer.object { _ in } }
}
