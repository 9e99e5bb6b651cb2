import Results

/// What a scoring program answers to the first line.
struct Greeting: Sendable, Equatable {
  static let version = 1

  var format: FrameFormat
  var outputs: [String]
  var model: String?
  var isDeterministic: Bool?

  /// The parent's line, with its end.
  static func line(_ columns: [ScorerFeature], _ options: ProcessScorer.Options) -> [UInt8] {
    var writer = JSONWriter(brokenDepth: -1)
    writer.object { line in
      line.member("fairslice") { $0.string("scorer") }
      line.member("version") { $0.integer(version) }
      line.member("formats") { $0.strings(options.formats.map(\.rawValue)) }
      line.member("columns") { list in
        list.array { list in
          for column in columns {
            list.element { element in
              element.object { object in
                object.member("name") { $0.string(column.name) }
                object.member("type") { $0.string(column.kind == .number ? "number" : "category") }
              }
            }
          }
        }
      }
      if let outputs = options.outputs { line.member("outputs") { $0.strings(outputs) } }
      line.member("batch_rows") { $0.integer(options.batchRows) }
    }
    return writer.bytes
  }

  /// - Throws: `unavailable` with what is wrong about the answer, or what it says is.
  init(_ line: [UInt8], _ options: ProcessScorer.Options) throws(Failure) {
    let document: DocumentPart
    do throws(Failure) {
      var reader = JSONDocumentReader(line, name: "its first line")
      document = DocumentPart(try reader.document(), name: "its first line")
      let version = try document.member("version").integer(0...Int(Int32.max))
      guard version == Self.version else {
        throw document.failure("it speaks version \(version) of the protocol, this program \(Self.version)")
      }
      guard try document.member("ok").bool() else {
        throw document.failure("it says: \(try document.optional("error")?.text() ?? "no reason")")
      }
      let format = try document.member("format").text()
      guard let known = FrameFormat(rawValue: format), options.formats.contains(known) else {
        throw document.failure("it chose the format “\(format)”, which was not offered")
      }
      self.format = known
      outputs = try document.member("outputs").texts()
      model = try document.optional("model")?.text()
      isDeterministic = try document.optional("deterministic")?.bool()
    } catch {
      // The advice of the readers is about files.
      throw Failure(.unavailable, error.message)
    }
    try checkOutputs(options, document)
  }

  private func checkOutputs(_ options: ProcessScorer.Options, _ document: DocumentPart) throws(Failure) {
    guard !outputs.isEmpty, Set(outputs).count == outputs.count, outputs.count <= 10_000 else {
      throw Failure(.unavailable, "\(document.place): outputs should be different names, one at least")
    }
    if let wanted = options.outputs, wanted != outputs {
      throw Failure(
        .unavailable,
        "\(document.place): its outputs are \(outputs.joined(separator: ", ")); asked for were \(wanted.joined(separator: ", "))"
      )
    }
  }
}
