import Foundation
import TestSupport

/// A page of the documentation.
struct MarkdownPage {
  let path: String
  let lines: [Substring]

  init(path: String) throws {
    let url = SharedData.root.appending(path: path)
    self.init(path: path, text: try String(contentsOf: url, encoding: .utf8))
  }

  init(path: String, text: String) {
    self.path = path
    // Fenced blocks are examples.
    var fenced = false
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      let isFence = line.drop { $0 == " " }.starts(with: "```")
      if isFence { fenced.toggle() }
      return !fenced && !isFence
    }
  }

  /// Rooms in the order of the table that starts with `| target |`.
  var rooms: [String] {
    lines.drop { !$0.hasPrefix("| target |") }.dropFirst(2).prefix { $0.hasPrefix("|") }
      .compactMap { $0.firstMatch(of: /^\| `(\w+)`/).map { String($0.1) } }
  }

  /// Targets of links that are neither addresses nor places on the same page.
  var relativeLinks: [String] {
    lines.flatMap { line in
      line.replacing(/`[^`]*`/, with: "").matches(of: /\]\(([^)\s#]+)[^)]*\)/).map { String($0.1) }
    }.filter { !$0.contains("://") && !$0.hasPrefix("mailto:") }
  }

  /// Links that lead nowhere, or out of the repository.
  func brokenLinks() -> [String] {
    let root = SharedData.root.standardizedFileURL.path
    let base = SharedData.root.appending(path: path).deletingLastPathComponent()
    return relativeLinks.filter { link in
      let target = base.appending(path: link.removingPercentEncoding ?? link).standardizedFileURL.path
      return !target.hasPrefix(root) || !FileManager.default.fileExists(atPath: target)
    }.map { "\(path) links to \($0)" }
  }
}
