import Foundation
import Report
import Results
import Testing

/// Names from the data are untrusted: they may not break out, hide or reorder anything.
@Suite struct NastyNameTests {
  static let names = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
    "</title></svg><b>",
    "{{title}}", "{{{x}}}", "&amp;&lt;", "a\\=b \\& c", "tab\there\nline", "\u{202E}gnp.exe",
    "zero\u{200B}width",
    "\u{0}nul\u{7}", "\u{2028}separator\u{2029}", "]]>-->", "=cmd|' /C calc'!A0", "😀 family 👨‍👩‍👧",
    String(repeating: "very long name ", count: 40), "العربية", "(missing)", "", " ", "constructor",
    "__proto__",
  ]

  static func evaluation() -> Evaluation {
    var fixture = EvaluationFixture()
    fixture.title = "<b>T</b> & \u{202E}co"
    fixture.notes = ["note <i>&"]
    fixture.families = ["<x onload=1>", "sex"].map { feature in
      EvaluationFixture.simple(
        feature, names.enumerated().map { ($0.element, 50 + $0.offset, 0.3, 0.5) }, reference: 0)
    }
    return fixture.make()
  }

  @Test func nothingBreaksOut() throws {
    let page = PageTests.render(Self.evaluation())
    let markup = try PageTests.withoutElements(page)
    #expect(try PageTests.matches("<(script)[^>]*>", markup).count == 2)
    #expect(try PageTests.matches("<(img|b |i>)", markup).isEmpty)
    #expect(try PageTests.matches("<[^>\"]*(?:\"[^\"]*\"[^>\"]*)*\\son[a-z]+=", markup).isEmpty)
    for scalar in ["\u{202E}", "\u{200B}", "\u{0}", "\u{7}", "\u{2028}", "\u{2029}"] {
      #expect(
        !page.unicodeScalars.contains(try #require(scalar.unicodeScalars.first)), "\(scalar.debugDescription)"
      )
    }
    #expect(page.contains("⟨U+202E⟩gnp.exe"))
    #expect(page.contains("{{title}}") && page.contains("{{{x}}}"))
    let ids = try PageTests.matches("\\sid=\"([^\"]*)\"", markup)
    #expect(Set(ids).count == ids.count)
    #expect(
      ids.allSatisfy { $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-.".contains($0)) } })
  }

  @Test func theEmbeddedJSONReadsBack() throws {
    let page = PageTests.render(Self.evaluation())
    let json = try #require(try PageTests.matches("id=\"slice-data\">(.*?)</script>", page).first)
    #expect(!json.contains("<"))
    let data = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect((data["terms"] as? [String])?.contains("sex=⟨U+202E⟩gnp.exe") == true)
    #expect((data["raw"] as? [[Any]])?.isEmpty == false)
  }

  @Test func chartFilesHaveSafeStableNames() throws {
    let files = try ReportWriter.chartFiles(Self.evaluation())
    #expect(!files.isEmpty)
    #expect(Set(files.map(\.path)).count == files.count)
    for file in files {
      #expect(file.path.hasPrefix("charts/"))
      #expect(
        file.path.dropFirst(7).allSatisfy {
          $0.isASCII && ($0.isLowercase || $0.isNumber || "-.".contains($0))
        })
    }
  }
}
