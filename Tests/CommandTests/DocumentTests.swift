import Foundation
import TestSupport
import Testing

/// The documents as a run leaves them.
@Suite struct DocumentTests {
  private static let documents = ["model-card.html", "model-card.md", "report.pdf"]

  private func folder(_ card: String) throws -> Folder {
    let folder = try Folder()
    try folder.write("d.csv", "y,p,sex\n1,0.9,F\n0,0.2,F\n1,0.4,M\n0,0.7,M\n1,0.8,M\n0,0.1,F\n")
    try folder.write(
      "c.json5",
      "{ data: 'd.csv', label: 'y', score: 'p', slices: ['sex'], charts: false, card: \(card) }")
    return folder
  }

  @Test func everyReportHasThem() throws {
    let folder = try folder("{ model: { name: 'Mine' }, limits: 'few rows' }")
    let run = try Child.run(["evaluate", "--config", "c.json5", "--out", "o"], in: folder)
    #expect(run.status == 0)
    #expect(Set(folder.names(in: "o")).isSuperset(of: Self.documents + ["report.html"]))
    #expect(try folder.read("o/model-card.md").contains("- few rows"))
    let again = try Child.run(["report", "o/evaluation.json", "--out", "again", "--no-charts"], in: folder)
    #expect(again.status == 0)
    for name in Self.documents {
      let paths = ["o/", "again/"].map { URL(filePath: folder.path($0 + name)) }
      #expect(try Data(contentsOf: paths[0]) == Data(contentsOf: paths[1]), "\(name)")
    }
  }

  @Test(arguments: [["--no-documents"], ["--no-report"]]) func theyCanBeLeftOut(flags: [String]) throws {
    let folder = try folder("{}")
    let run = try Child.run(["evaluate", "--config", "c.json5", "--out", "o"] + flags, in: folder)
    #expect(run.status == 0)
    #expect(Set(folder.names(in: "o")).isDisjoint(with: Self.documents))
    #expect(folder.names(in: "o").contains("report.html") == (flags == ["--no-documents"]))
  }

  @Test(arguments: [
    ("{ out_of_scop: 'x' }", "Did you mean “out_of_scope”?"), ("{ limits: 3 }", "card.limits: expected text"),
  ])
  func aWrongCardIsTheConfigurationsFault(card: String, message: String) throws {
    let run = try Child.run(["evaluate", "--config", "c.json5"], in: try folder(card))
    #expect(run.status == 65)
    #expect(run.error.contains(message), "\(run.error)")
  }
}
