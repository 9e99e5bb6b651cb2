/// The stored form as it is decoded, before its parts are checked against each other.
struct EvaluationDocument: Decodable {
  private let body: Body

  private struct Body: Decodable {
    var producer: Producer
    var title: String
    var task: TaskKind
    var level: Double
    var seed: UInt64
    var bootstrapReplicates: Int
    var roles: Roles
    var inputs: [InputRecord]
    var rejections: Rejections
    var configuration: JSONValue
    var notes: [String]
    var metrics: [MetricEntry]
    var families: [SliceFamily]
    var slices: SlicesDocument
    var estimates: [EstimatesDocument]
    var gaps: Skippable<GapsDocument>
    var curves: Skippable<CurvesDocument>?
    var calibration: Skippable<CalibrationDocument>?
    var gate: JudgementDocument?
    var paired: PairedDocument?
    var explanations: Skippable<ExplanationDocument>?
    var lab: Skippable<DecisionLabDocument>?
    var card: ModelCard?
    var suppression: Suppression?
    var details: TaskDetailsDocument?
    var measures: MeasureTableDocument?
    var preset: Skippable<PresetRecordDocument>?
    var spreads: Skippable<SpreadTableDocument>?
    var unitCorrelations: UnitCorrelationsDocument?
  }

  init(from decoder: any Decoder) throws {
    try StoredForm.evaluation.checkHeader(decoder)
    body = try Body(from: decoder)
  }

  func evaluation() throws(Failure) -> Evaluation {
    let check = DocumentCheck(sliceCount: body.slices.predicate.count, familyCount: body.families.count)
    var evaluation = Evaluation(
      producer: body.producer, title: body.title, task: body.task, level: body.level, seed: body.seed,
      bootstrapReplicates: body.bootstrapReplicates, roles: body.roles, inputs: body.inputs,
      rejections: body.rejections, configuration: configurationText, notes: body.notes,
      metrics: body.metrics, families: body.families,
      slices: try body.slices.columns(check, body.suppression, isBinary: body.task == .binary),
      estimates: try estimates(check), gaps: try body.gaps.value?.gaps(check) ?? [],
      curves: try body.curves?.value?.curves(check),
      calibration: try body.calibration?.value?.columns(check, isSuppressed: body.suppression != nil),
      paired: try body.paired?.columns(check, metrics: body.metrics.map(\.id)),
      judgement: try body.gate?.judgement(),
      explanation: try body.explanations?.value?.explanation(check), lab: try lab(check), card: body.card,
      suppression: body.suppression,
      details: try body.details?.details(check, classes: body.roles.classes?.count ?? 0),
      measures: try body.measures?.table(check), spreads: try body.spreads?.value?.table(check))
    evaluation.preset = try body.preset?.value?.record(check)
    try check.families(evaluation.families)
    if let correlations = body.unitCorrelations {
      evaluation.unitCorrelations = try correlations.correlations(check, evaluation.families)
    }
    try check.suppression(evaluation.suppression)
    return evaluation
  }

  private func lab(_ check: DocumentCheck) throws(Failure) -> DecisionLab? {
    try body.lab?.value?.lab(check, thresholds: body.curves?.value?.thresholds.values.count ?? 0)
  }

  private var configurationText: String {
    if case .string(let text) = body.configuration { return text }
    return body.configuration.canonicalText
  }

  private func estimates(_ check: DocumentCheck) throws(Failure) -> [EstimateColumns] {
    guard body.estimates.map(\.metric) == body.metrics.map(\.id) else {
      throw DocumentCheck.contradiction("“estimates” and “metrics” do not list the same metrics")
    }
    var columns: [EstimateColumns] = []
    for document in body.estimates {
      columns.append(
        try document.columns.columns(count: check.sliceCount, place: "estimates of \(document.metric)"))
    }
    return columns
  }
}

/// A part that need not be read where an evaluation is only judged.
struct Skippable<Part: Decodable>: Decodable {
  let value: Part?

  init(from decoder: any Decoder) throws {
    let isSkipped = CodingUserInfoKey.judgingOnly.flatMap { decoder.userInfo[$0] as? Bool } ?? false
    value = isSkipped ? nil : try Part(from: decoder)
  }
}

extension CodingUserInfoKey {
  static let judgingOnly = CodingUserInfoKey(rawValue: "judgingOnly")
}

/// Numbers with `null` for NaN and the infinities as text.
struct Numbers: Decodable {
  var values: [Double] = []

  init(from decoder: any Decoder) throws {
    var list = try decoder.unkeyedContainer()
    values.reserveCapacity(list.count ?? 0)
    while !list.isAtEnd {
      if try list.decodeNil() {
        values.append(.nan)
      } else if let number = try? list.decode(Double.self) {
        values.append(number)
      } else {
        switch try list.decode(String.self) {
        case "inf": values.append(.infinity)
        case "-inf": values.append(-.infinity)
        default:
          throw DecodingError.dataCorruptedError(in: list, debugDescription: "not a number")
        }
      }
    }
  }
}

/// Whether the parts of a document fit together.
struct DocumentCheck {
  let sliceCount: Int
  let familyCount: Int

  static func contradiction(_ message: String) -> Failure {
    Failure(
      .data, "contradicts itself: \(message)", advice: "Make it again with “fairslice evaluate”.")
  }

  func length(_ count: Int, _ expected: Int, _ place: String) throws(Failure) {
    guard count == expected else {
      throw Self.contradiction("“\(place)” has \(count) entries where \(expected) are expected")
    }
  }

  func range(_ indices: [Int], _ range: Range<Int>, _ place: String) throws(Failure) {
    if let bad = indices.first(where: { !range.contains($0) }) {
      throw Self.contradiction("“\(place)” names entry \(bad), which does not exist")
    }
  }

  func suppression(_ suppression: Suppression?) throws(Failure) {
    guard let suppression else { return }
    for layer in Suppression.Layer.allCases {
      let slices = suppression.slices(layer)
      try range(slices, 0..<sliceCount, "suppression.withheld.\(layer.rawValue)")
      guard zip(slices, slices.dropFirst()).allSatisfy({ $0 < $1 }) else {
        throw Self.contradiction("“suppression.withheld.\(layer.rawValue)” does not ascend")
      }
    }
  }

  func families(_ families: [SliceFamily]) throws(Failure) {
    for family in families {
      guard family.first >= 0, family.count >= 0, family.first <= sliceCount - family.count,
        family.reference.map(family.slices.contains) ?? true
      else {
        throw Self.contradiction("family “\(family.name)” names slices that do not exist")
      }
    }
  }
}
