import EmbedTemplates
import Foundation
import ReportTemplates
import Templating
import TestSupport
import Testing

@Suite struct EmbeddingTests {
  @Test func embedsTheTemplatesFolderByteForByte() throws {
    let folder = SharedData.root.appending(path: "Templates")
    var expected: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      guard let name = TemplateLibrary.name(ofFile: path) else { continue }
      expected[name] = String(decoding: try Data(contentsOf: folder.appending(path: path)), as: UTF8.self)
    }
    #expect(!expected.isEmpty)
    #expect(EmbeddedTemplates.sources.keys.sorted() == expected.keys.sorted())
    for (name, text) in expected {
      #expect(EmbeddedTemplates.sources[name].map { Array($0.utf8) } == Array(text.utf8), "\(name)")
    }
  }
}
