import Charts
import Results

/// `badge.svg`: the verdict in two words, self-contained, readable by a screen reader.
enum BadgeFile {
  private static let height = 20.0
  private static let size = 11.0
  private static let padding = 6.0

  static func bytes(_ judgement: Judgement) -> [UInt8] {
    let label = "fairness"
    let message = "\(VerdictWording.glyph(judgement.verdict)) \(words(judgement))"
    let left = TextMetrics.width(of: label, size: size).rounded(.up) + 2 * padding
    let right = TextMetrics.width(of: message, size: size).rounded(.up) + 2 * padding
    let (whole, tall) = (text(left + right), text(height))
    let paper = Palette.light[.paper].hex
    let font = "font-family=\"system-ui,sans-serif\" font-size=\"\(text(size))\" text-anchor=\"middle\""
    var svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(whole)\" height=\"\(tall)\""
    svg += " viewBox=\"0 0 \(whole) \(tall)\" role=\"img\" aria-labelledby=\"t d\">"
    svg += "<title id=\"t\">\(label): \(MarkupText.escaped(words(judgement)))</title>"
    let description = Shortened.middle(judgement.title, to: 200)
    let summary = VerdictWording.summary(judgement)
    svg +=
      "<desc id=\"d\">\(MarkupText.escaped(description.isEmpty ? summary : "\(description): \(summary)"))</desc>"
    svg += "<rect width=\"\(text(left))\" height=\"\(tall)\" fill=\"\(Palette.light[.mutedText].hex)\"/>"
    svg += "<rect x=\"\(text(left))\" width=\"\(text(right))\" height=\"\(tall)\""
    svg += " fill=\"\(Palette.light[ink(judgement.verdict)].hex)\"/>"
    svg += "<g fill=\"\(paper)\" \(font)>"
    for (word, middle, room) in [(label, left / 2, left), (message, left + right / 2, right)] {
      svg += "<text x=\"\(text(middle))\" y=\"14\" textLength=\"\(text(room - 2 * padding))\">"
      svg += "\(MarkupText.escaped(word))</text>"
    }
    return Array((svg + "</g></svg>\n").utf8)
  }

  private static func words(_ judgement: Judgement) -> String {
    let verdict = VerdictWording.word(judgement.verdict)
    guard judgement.verdict != .pass else { return verdict }
    let count = judgement.checks.count { $0.severity == .error && $0.countsAs == judgement.verdict }
    return "\(verdict) \(count) of \(judgement.checks.count)"
  }

  private static func ink(_ verdict: Verdict) -> Ink {
    switch verdict {
    case .pass, .waived: .good
    case .fail: .bad
    case .inconclusive: .unsure
    }
  }

  private static func text(_ x: Double) -> String { Results.NumberText.text(x) }
}
