import Explanations
import Metrics
import Models
import Results
import Slicing
import Statistics
import Tables

/// A model that uses a feature which has nothing to do with the label: the feature's importance is 0 in truth.
struct Scenario: Sendable {
  enum Noise: String, Sendable, CaseIterable {
    /// Moves every score, by as much as the rest of the model.
    case strong
    /// Moves every score a little, so that few decisions change.
    case weak
    /// Moves one score in thirty by much, as a rare category does.
    case rare
  }

  enum Rows: String, Sendable, CaseIterable {
    case plain
    case weighted
    /// Units of five rows with a common effect and a common value of the feature.
    case clustered
  }

  let noise: Noise
  let rows: Rows

  /// Rows with labels, a model, families of two groups and of three, of 30, 70 and all other rows.
  func draw(_ count: Int, _ index: Int) throws(Failure) -> ExplanationInput {
    var random = KeyedRandom(seed: 7, key: "\(noise) \(rows) \(count)").stream(UInt64(index))
    var part: [Double] = []
    var effects: [Double] = []
    var labels: [UInt8] = []
    var codes = [[Int32]](repeating: [], count: 2)
    var shared = (x: 0.0, noise: 0.0, label: 0.0)
    for row in 0..<count {
      if rows != .clustered || row % 5 == 0 {
        shared = (random.normal(), noise == .rare ? random.uniform() : random.normal(), random.normal())
      }
      let x = rows == .clustered ? 0.7 * shared.x + 0.7 * random.normal() : shared.x
      let group = random.uniform() < 0.4 ? 1 : 0
      let truth = 1.4 * x - 0.5 + 0.4 * Double(group) + (rows == .clustered ? 0.7 * shared.label : 0)
      labels.append(random.uniform() < 1 / (1 + exponential(-truth)) ? 1 : 0)
      part.append(1.3 * x - 0.4 + 0.3 * Double(group))
      effects.append(effect(shared.noise))
      codes[0].append(Int32(group))
      codes[1].append(row < 30 ? 0 : (row < 100 ? 1 : 2))
    }
    let weights = rows == .weighted ? (0..<count).map { _ in exponential(0.7 * random.normal()) } : nil
    return try input(
      NoiseModel(part: part, effects: effects), labels, weights, codes,
      units: rows == .clustered ? (0..<count).map { Int32($0 / 5) } : nil)
  }

  private func effect(_ value: Double) -> Double {
    switch noise {
    case .strong: 1.2 * value
    case .weak: 0.06 * value
    case .rare: value < 1.0 / 30 ? 1.5 : 0
    }
  }

  private func input(
    _ model: NoiseModel, _ labels: [UInt8], _ weights: [Double]?, _ codes: [[Int32]], units: [Int32]?
  ) throws(Failure) -> ExplanationInput {
    let columns = zip(["two", "sizes"], codes).map { name, codes in
      Column.category(
        CategoryColumn(name: name, codes: codes, categories: ["a", "b", "c"], missingCount: 0))
    }
    let table = Table(
      rowCount: labels.count, columns: columns, origin: RowOrigin(source: "drawn", stretches: []))
    let specs = [try SliceSpec(parsing: "two"), try SliceSpec(parsing: "sizes")]
    return ExplanationInput(
      rescorer: model, output: 0, columns: [], table: table,
      observations: Observations(labels: labels, decisions: labels, weights: weights), hasLabel: true,
      cut: 0.5, isStrict: false, plan: try SlicePlan(specs, of: table), units: units,
      firstSlice: [0, 10, 20])
  }
}

/// Probabilities from a fixed part and the effect of one feature.
struct NoiseModel: Rescoring {
  let part: [Double]
  let effects: [Double]

  var features: [ScorerFeature] { [ScorerFeature(name: "noise", kind: .number)] }
  var outputs: [String] { ["score"] }
  var rowCount: Int { part.count }
  var usedFeatures: Set<Int>? { nil }

  func scores() throws(Failure) -> [[Double]] {
    [part.indices.map { 1 / (1 + exponential(-part[$0] - effects[$0])) }]
  }

  func scores(assembling sources: [[Int32]]) throws(Failure) -> [[Double]] {
    throw Failure(.defect, "a simulation puts no rows together")
  }

  func selecting(_ rows: [Int32]) throws(Failure) -> any Rescoring {
    NoiseModel(part: rows.map { part[Int($0)] }, effects: rows.map { effects[Int($0)] })
  }

  func scores(moving moved: Set<Int>, donors: [[Int32]]) throws(Failure) -> [[[Double]]] {
    donors.map { donors in
      [part.indices.map { 1 / (1 + exponential(-part[$0] - effects[Int(donors[$0])])) }]
    }
  }
}
