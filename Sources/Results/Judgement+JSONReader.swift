import Foundation

extension Judgement {
  /// Reads the stored form.
  ///
  /// - Parameters:
  ///   - json: the bytes of a `verdict.json`
  ///   - name: what to call it in messages
  /// - Throws: a `data` failure where the bytes are no complete verdict, were made by a newer fairslice, or
  ///   contradict themselves.
  package init(json: Data, name: String) throws(Failure) {
    self = try StoredForm.verdict.read(json, name: name) { (decoder) throws in
      try decoder.decode(JudgementDocument.self, from: json).judgement()
    }
  }
}

/// The stored form of a judgement as it is decoded, before its parts are checked against each other.
struct JudgementDocument: Decodable {
  private let body: Judgement

  init(from decoder: any Decoder) throws {
    try StoredForm.verdict.checkHeader(decoder)
    body = try Judgement(from: decoder)
  }

  func judgement() throws(Failure) -> Judgement {
    try checkVerdict()
    for check in body.checks { try Self.check(check, waivers: body.waivers.count) }
    return body
  }

  private static func contradiction(_ message: String) -> Failure {
    Failure(.data, "contradicts itself: \(message)", advice: StoredForm.verdict.remake)
  }

  private func checkVerdict() throws(Failure) {
    guard !body.checks.isEmpty else { throw Self.contradiction("it has a verdict and no checks") }
    let exitCode: Int? =
      switch body.verdict {
      case .pass: 0
      case .fail: 1
      case .inconclusive: 3
      case .waived: nil
      }
    guard exitCode == body.exitCode else {
      throw Self.contradiction(
        "the verdict “\(body.verdict.rawValue)” does not go with exit status \(body.exitCode)")
    }
    let failed = body.checks.first { $0.severity == .error && $0.countsAs == .fail }
    if let failed, body.exitCode != 1 {
      throw Self.contradiction("check “\(failed.id)” failed, and the gate did not")
    }
    guard body.alpha > 0, body.alpha < 1, body.rows >= 0 else {
      throw Self.contradiction("“alpha” is \(NumberText.text(body.alpha)), “rows” is \(body.rows)")
    }
  }

  private static func check(_ check: CheckResult, waivers: Int) throws(Failure) {
    for item in check.items {
      if let waiver = item.waiver, !(0..<waivers).contains(waiver) {
        throw contradiction(
          "\(item.slice) of check “\(check.id)” names waiver \(waiver), which does not exist")
      }
      guard item.rows >= 0, item.denominator >= 0, item.referenceDenominator ?? 0 >= 0 else {
        throw contradiction("\(item.slice) of check “\(check.id)” has fewer than no rows")
      }
    }
    if check.verdict == .pass, check.scope != .count,
      let item = check.items.first(where: { $0.verdict == .fail || $0.verdict == .inconclusive })
    {
      throw contradiction("check “\(check.id)” passed, and \(item.slice) did not")
    }
  }
}
