/// The Swift file that holds the templates.
package enum SourceFile {
  /// - Parameters:
  ///   - type: the enumeration that gets a static `sources`.
  ///   - sources: the templates' texts by name.
  package static func text(extending type: String, with sources: [String: String]) -> String {
    let entries = sources.sorted { $0.key < $1.key }.map { name, text in
      "\(RawLiteral.literal(for: name)):\n\(RawLiteral.literal(for: text)),\n"
    }
    return """
      // Generated from /Templates: change it there.

      extension \(type) {
        /// The texts of /Templates by name.
        package static let sources: [String: String] = [
      \(entries.isEmpty ? "    :\n" : entries.joined())  ]
      }

      """
  }
}
