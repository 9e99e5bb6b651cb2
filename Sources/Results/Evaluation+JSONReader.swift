import Foundation

extension Evaluation {
  /// Reads the stored form.
  ///
  /// - Parameters:
  ///   - json: the bytes of an `evaluation.json`
  ///   - name: what to call it in messages
  /// - Throws: a `data` failure where the bytes are no complete evaluation, were made by a newer fairslice,
  ///   or contradict themselves.
  package init(json: Data, name: String) throws(Failure) {
    do {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      self = try decoder.decode(EvaluationDocument.self, from: json).evaluation()
    } catch let failure as Failure {
      throw Failure(failure.kind, "\(name): \(failure.message)", advice: failure.advice)
    } catch let error as DecodingError {
      throw Self.failure(from: error, name: name, isEmpty: json.isEmpty)
    } catch {
      throw Failure(.defect, "\(name): cannot be read: \(error)")
    }
  }

  private static let remake = "Make it again with “fairslice evaluate”."

  private static func failure(from error: DecodingError, name: String, isEmpty: Bool) -> Failure {
    func place(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
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
    switch error {
    case .keyNotFound(let key, let context):
      return Failure(.data, "\(name): “\(place(context, key))” is missing", advice: remake)
    case .typeMismatch(_, let context) where context.codingPath.isEmpty:
      return Failure(.data, "\(name): is not an evaluation made by fairslice", advice: remake)
    case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
      return Failure(.data, "\(name): “\(place(context))” is not of type \(type)", advice: remake)
    case .dataCorrupted(let context) where context.codingPath.isEmpty:
      let what = isEmpty ? "is empty" : "is not valid JSON; it may have been cut short"
      return Failure(.data, "\(name): \(what)", advice: remake)
    case .dataCorrupted(let context):
      return Failure(.data, "\(name): “\(place(context))” has a value that is not known", advice: remake)
    @unknown default:
      return Failure(.data, "\(name): cannot be read", advice: remake)
    }
  }

  private static func snakeCase(_ name: String) -> String {
    name.reduce(into: "") { text, character in
      if character.isUppercase, !text.isEmpty { text += "_" }
      text += character.lowercased()
    }
  }
}

extension JSONValue {
  /// The value that a JSON text holds; nil where it is no JSON.
  package init?(parsing text: String) {
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) else { return nil }
    self = value
  }
}
