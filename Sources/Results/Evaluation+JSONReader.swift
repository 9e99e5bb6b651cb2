import Foundation

extension Evaluation {
  /// Reads the stored form.
  ///
  /// - Parameters:
  ///   - json: the bytes of an `evaluation.json`
  ///   - name: what to call it in messages
  ///   - judgingOnly: leaves out gaps, curves and calibration, which a gate has no use for and which take half
  ///     of the time
  /// - Throws: a `data` failure where the bytes are no complete evaluation, were made by a newer fairslice,
  ///   or contradict themselves.
  package init(json: Data, name: String, judgingOnly: Bool = false) throws(Failure) {
    self = try StoredForm.evaluation.read(json, name: name) { (decoder) throws in
      if let key = CodingUserInfoKey.judgingOnly { decoder.userInfo[key] = judgingOnly }
      return try decoder.decode(EvaluationDocument.self, from: json).evaluation()
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
