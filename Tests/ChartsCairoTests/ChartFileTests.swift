import Charts
import ChartsCairo
import Foundation
import Testing

struct ChartFileTests {
  static let formats: [(ChartFile.Format, [UInt8])] = [
    (.png(scale: 2), [0x89] + Array("PNG\r\n\u{1A}\n".utf8)), (.pdf, Array("%PDF-".utf8)),
    (.svg, Array("<?xml".utf8)),
  ]

  /// A folder of its own that goes away with the test.
  static func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "chart-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test func everyFormatIsItself() throws {
    let scene = Gallery.dots.layout(width: 600)
    for (format, magic) in Self.formats {
      let bytes = try ChartFile.render(scene, as: format, heading: "True positive rate")
      #expect(bytes.starts(with: magic))
      #expect(bytes.count > 1000)
    }
  }

  @Test func sameSceneSameBytes() throws {
    for (name, chart, width) in Gallery.charts {
      for (format, _) in Self.formats {
        let first = try ChartFile.render(chart.layout(width: width), as: format, heading: chart.title)
        let second = try ChartFile.render(chart.layout(width: width), as: format, heading: chart.title)
        #expect(first == second, "\(name)")
      }
    }
  }

  @Test func pixelsFollowTheScale() throws {
    let scene = Scene(width: 101, height: 33.5, title: "T", marks: [])
    for (scale, width, height) in [(1.0, 101, 34), (2.0, 202, 67), (0.5, 51, 17)] {
      let bytes = try ChartFile.render(scene, as: .png(scale: scale))
      func number(_ offset: Int) -> Int { bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
      // IHDR is always the first chunk: width at byte 16, height at 20.
      #expect(number(16) == width && number(20) == height)
    }
  }

  /// The built-in font draws the same picture on every machine, with fonts and without.
  @Test func builtInFontGivesTheSamePicture() throws {
    let marks: [Mark] = [
      .text(TextRun("TPR 0.712", at: Point(4, 12))), .symbol(.diamond, at: Point(80, 12), .data(1)),
      .line(Point(60, 12), Point(95, 12), .data(1), width: 2, dash: [3, 2]),
    ]
    let scene = Scene(width: 100, height: 24, title: "T", marks: marks)
    let plain = try ChartFile.render(scene, as: .png(scale: 1), font: ChartFile.builtInFont)
    #expect(plain == (try ChartFile.render(scene, as: .png(scale: 1), font: ChartFile.builtInFont)))
    var other = scene
    other.marks[0] = .text(TextRun("TPR 0.713", at: Point(4, 12)))
    #expect(plain != (try ChartFile.render(other, as: .png(scale: 1), font: ChartFile.builtInFont)))
  }

  @Test func pdfCarriesTitleAndNoClock() throws {
    let bytes = try ChartFile.render(Gallery.dots.layout(width: 600), as: .pdf, heading: "Rates")
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("/CreationDate (20000101"))
    #expect(text.contains("/Title (Rates)"))
  }

  @Test func writesWholeFilesOnly() throws {
    try Self.withFolder { folder in
      let scene = Gallery.dots.layout(width: 600)
      for (format, magic) in Self.formats {
        let path = folder + "/chart"
        try Data("old".utf8).write(to: URL(filePath: path))
        try ChartFile.write(scene, as: format, to: path, title: "T")
        #expect(try Data(contentsOf: URL(filePath: path)).starts(with: magic))
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["chart"], "nothing left behind")
    }
  }

  @Test func whatCannotBeWrittenIsNamed() throws {
    try Self.withFolder { folder in
      let scene = Scene(width: 20, height: 20, title: "T", marks: [])
      try Data().write(to: URL(filePath: folder + "/file"))
      for path in [
        "\(folder)/none/chart.png", "\(folder)/file/chart.png", folder, "/dev/full", "/proc/chart.png",
      ] {
        do {
          try ChartFile.write(scene, as: .png(scale: 1), to: path, title: "")
          Issue.record("\(path) was written")
        } catch let error as ChartFileError {
          #expect(error.message.contains(path), "\(error.message)")
          #expect(error.message.count > path.count + 15, "the reason, too")
        }
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
    }
    #expect(FileManager.default.fileExists(atPath: "/dev/full"), "a device is never replaced")
  }

  @Test func tooLargeIsRefused() throws {
    let scenes = [
      (20_000.0, 10.0, 1.0), (10, 10, 1e6), (10, 10, 0), (10, 10, .nan), (0, 10, 1), (.nan, 10, 1),
      (9000, 9000, 3),
    ]
    for (width, height, scale) in scenes {
      let scene = Scene(width: width, height: height, title: "T", marks: [])
      #expect(throws: ChartFileError.self) { try ChartFile.render(scene, as: .png(scale: scale)) }
    }
  }

  /// Names that a C string or a font could stumble over.
  @Test func anyTextIsDrawn() throws {
    let texts = [
      "", "\u{0}nul\u{0}", "العربية", "日本語", "👩‍🔬", "\u{202E}x", String(repeating: "a\u{300}", count: 300),
    ]
    let marks = texts.map { Mark.text(TextRun($0, at: Point(5, 5))) }
    let scene = Scene(width: 100, height: 20, title: texts.joined(), summary: "", marks: marks)
    for (format, magic) in Self.formats {
      #expect(
        try ChartFile.render(scene, as: format, heading: texts.joined(separator: " ")).starts(with: magic))
    }
  }

  @Test func headingMakesRoomAboveTheChart() throws {
    let scene = Scene(
      width: 100, height: 20, title: "T", marks: [.box(Box(x: 0, y: 0, width: 100, height: 20), .data(0))])
    func height(_ heading: String) throws -> Int {
      try ChartFile.render(scene, as: .png(scale: 1), heading: heading)[20..<24].reduce(0) {
        $0 << 8 | Int($1)
      }
    }
    #expect(try height("") == 20)
    #expect(try height("Rates") > 40)
    #expect(try height("A heading that needs two lines here") > height("Rates"))
  }
}
