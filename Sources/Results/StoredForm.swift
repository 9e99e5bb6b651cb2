import Foundation

/// A JSON document that fairslice writes and reads back: its name, its version, and how to speak of one that
/// cannot be read.
struct StoredForm: Sendable {
  /// Value of the first member.
  let schema: String
  /// The newest version that this program reads.
  let version: Int
  /// `an evaluation`, and the same with “the”.
  let what: String
  let definite: String
  /// What makes it, and the file to give.
  let maker: String
  let file: String

  static let evaluation = StoredForm(
    schema: Evaluation.schemaName, version: Evaluation.schemaVersion, what: "an evaluation",
    definite: "the evaluation", maker: "fairslice evaluate", file: "evaluation.json")

  static let verdict = StoredForm(
    schema: Judgement.schemaName, version: Judgement.schemaVersion, what: "a verdict",
    definite: "the verdict", maker: "fairslice gate", file: "verdict.json")

  static let run = StoredForm(
    schema: RunRecord.schemaName, version: RunRecord.schemaVersion, what: "a run", definite: "the run",
    maker: "fairslice evaluate", file: "runs.jsonl")

  var remake: String { "Make it again with “\(maker)”." }

  private struct Header: Decodable {
    var schema: String?
    var version: Int?
  }

  /// - Throws: a `data` failure where the document is of another kind or of a newer version.
  func checkHeader(_ decoder: any Decoder) throws {
    let header = try Header(from: decoder)
    guard header.schema == schema, let found = header.version, found >= 1 else {
      throw Failure(
        .data, "is not \(what) made by fairslice (its “schema” is not “\(schema)”)",
        advice: "Give the \(file) that “\(maker)” wrote.")
    }
    guard found <= version else {
      throw Failure(
        .data,
        "was made by a newer fairslice (version \(found) of the stored form; this one reads up to "
          + "\(version))",
        advice: "Update fairslice, or make \(definite) again with this one.")
    }
  }

  /// Runs `decode` and turns whatever it throws into a failure that names the document and the place in it.
  func read<Value>(
    _ json: Data, name: String, _ decode: (JSONDecoder) throws -> Value
  ) throws(Failure) -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    do {
      return try decode(decoder)
    } catch let failure as Failure {
      throw Failure(failure.kind, "\(name): \(failure.message)", advice: failure.advice)
    } catch let error as DecodingError {
      throw failure(from: error, name: name, isEmpty: json.isEmpty)
    } catch {
      throw Failure(.defect, "\(name): cannot be read: \(error)")
    }
  }

  private func failure(from error: DecodingError, name: String, isEmpty: Bool) -> Failure {
    let message =
      switch error {
      case .keyNotFound(let key, let context): "“\(Self.place(context, key))” is missing"
      case .typeMismatch(_, let context) where context.codingPath.isEmpty:
        "is not \(what) made by fairslice"
      case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
        "“\(Self.place(context))” is not of type \(type)"
      case .dataCorrupted(let context) where context.codingPath.isEmpty:
        isEmpty ? "is empty" : "is not valid JSON; it may have been cut short"
      case .dataCorrupted(let context): "“\(Self.place(context))” has a value that is not known"
      @unknown default: "cannot be read"
      }
    return Failure(.data, "\(name): \(message)", advice: remake)
  }

  private static func place(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
    var text = ""
    for step in context.codingPath + (key.map { [$0] } ?? []) {
      if let index = step.intValue {
        text += "[\(index)]"
      } else {
        text += (text.isEmpty ? "" : ".") + snakeCase(step.stringValue)
      }
    }
    return text
  }

  private static func snakeCase(_ name: String) -> String {
    name.reduce(into: "") { text, character in
      if character.isUppercase, !text.isEmpty { text += "_" }
      text += character.lowercased()
    }
  }
}
