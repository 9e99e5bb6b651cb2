import Results
import TestSupport
import Testing

@testable import Metrics

/// What must hold of every metric of every registry. A new entry is looked at without being named here; what cannot
/// hold is listed with the reason.
@Suite struct RegistryPropertyTests {
  static let seeds = Array(UInt64(1)...12)

  /// Tables by the registry that they are measured by.
  static let registries: [(name: String, table: any PropertyTable.Type)] = [
    ("counting engine", CountedPropertyTable.self), ("binary rows", BinaryPropertyTable.self),
    ("classes", ClassPropertyTable.self), ("label sets", LabelSetPropertyTable.self),
    ("numbers", NumberPropertyTable.self), ("rankings", RankedPropertyTable.self),
  ]

  /// Metrics over tables that differ in what must not matter.
  private func compare(
    _ one: any PropertyTable, _ other: any PropertyTable, within tolerance: Double = 1e-9, _ what: String,
    except exceptions: Set<String> = [], counts: Bool = true
  ) {
    let (first, second) = (one.answers(), other.answers())
    #expect(first.map(\.id).sorted() == second.map(\.id).sorted())
    let byID = Dictionary(second.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for a in first where !exceptions.contains(Self.base(a.id)) && (counts || a.kind != .count) {
      guard let b = byID[a.id] else { continue }
      #expect((a.value == nil) == (b.value == nil), "\(what): \(a.id) \(a.value as Any) \(b.value as Any)")
      guard let x = a.value, let y = b.value else { continue }
      #expect(isClose(x, y, within: tolerance), "\(what): \(a.id) \(x) \(y)")
    }
  }

  /// An identifier without its parameter.
  static func base(_ id: String) -> String { String(id.prefix { $0 != "[" && $0 != "@" }) }

  @Test(arguments: registries.indices) func everyEntryIsMeasured(_ registry: Int) {
    let ids = Set(
      Self.registries[registry].table.random(seed: 1, shape: .ordinary).answers().map { Self.base($0.id) })
    let listed: [MetricDefinition] =
      switch registry {
      case 0: BinaryMetric.allCases.map(\.definition)
      case 1: BinaryRowMetrics.definitions
      case 2: ClassMetrics.definitions
      case 3: LabelSetMetrics.definitions
      case 4: MetricCatalogue.all.filter { $0.tasks == [.regression] }
      default: MetricCatalogue.all.filter { $0.tasks == [.ranking] }
      }
    let wanted = Set(listed.map { Self.base($0.entry.id).replacing("top_K", with: "top_1") })
    #expect(wanted.subtracting(ids).subtracting(Exceptions.ofCuts) == [] && wanted.count > 20)
  }

  @Test(arguments: registries.indices) func orderOfRowsDoesNotMatter(_ registry: Int) {
    for seed in Self.seeds {
      for shape in [TableShape.ordinary, .odd] {
        let table = Self.registries[registry].table.random(seed: seed, shape: shape)
        var random = SplitMix(seed: seed)
        let shuffled = table.taking((0..<table.rowCount).shuffled(using: &random))
        compare(table, shuffled, "order, seed \(seed)")
      }
    }
  }

  @Test(arguments: registries.indices) func theScaleOfWeightsDoesNotMatter(_ registry: Int) {
    for seed in Self.seeds {
      let table = Self.registries[registry].table.random(seed: seed, shape: .ordinary)
      compareScaled(table, seed)
    }
  }

  /// Every row twice: the same value, of twice the rows.
  @Test(arguments: registries.indices) func everythingTwice(_ registry: Int) {
    var compared: Set<String> = []
    for seed in Self.seeds {
      let table = Self.registries[registry].table.random(seed: seed, shape: .ordinary)
      let twice = table.repeating(Set(table.units.indices))
      compare(
        table, twice, "twice, seed \(seed)", except: Set(Exceptions.ofSize.keys), counts: false)
      for (a, b) in zip(table.answers(), twice.answers()) {
        if a.kind == .count {
          let factor = Exceptions.ofOneQuery.contains(a.id) ? 1.0 : 2
          #expect(isClose(b.value ?? .nan, factor * (a.value ?? .nan)), "\(a.id)")
        } else if let x = a.variance, let y = b.variance, Exceptions.ofSize[Self.base(a.id)] == nil,
          Exceptions.ofVariance[Self.base(a.id)] == nil
        {
          // Standard errors shrink by √2; those of the engine and of few queries have a factor n/(n − 1).
          let slack = registry == 0 ? 0.08 : 1e-7
          #expect(abs(2 * y - x) <= slack * x + 1e-15, "variance of \(a.id): \(x) \(y)")
          compared.insert(a.id)
        }
      }
    }
    #expect(compared.count > 15, "few variances: \(compared.count)")
  }

  /// A row of weight 2 is the row twice.
  @Test(arguments: registries.indices) func weightsAreRepetitions(_ registry: Int) {
    for seed in Self.seeds {
      var table = Self.registries[registry].table.random(seed: seed, shape: .ordinary)
      table.weights = nil
      var random = SplitMix(seed: seed)
      let chosen = Set(table.units.indices.filter { _ in Bool.random(using: &random) })
      compareRepeated(table, chosen, seed)
    }
  }

  private func compareScaled(_ table: some PropertyTable, _ seed: UInt64) {
    var (one, three) = (table, table)
    let weights = table.weights ?? [Double](repeating: 1, count: table.rowCount)
    (one.weights, three.weights) = (weights, weights.map { $0 * 3 })
    compare(one, three, "scale, seed \(seed)", counts: false)
    // Counts are of rows, which stay, or of weight, which grows.
    for (a, b) in zip(one.answers(), three.answers()) where a.kind == .count {
      let (x, y) = (a.value ?? .nan, b.value ?? .nan)
      #expect(isClose(y, Exceptions.rowCounts.contains(a.id) ? x : 3 * x), "\(a.id) \(x) \(y)")
    }
  }

  /// A list of exceptions does not outlive what it is about.
  @Test func exceptionsAreOfEntries() {
    let ids = Self.registries.flatMap { registry in
      registry.table.random(seed: 1, shape: .ordinary).answers().map { Self.base($0.id) }
    }
    #expect(Exceptions.names.subtracting(ids).isEmpty)
  }

  private func compareRepeated(_ table: some PropertyTable, _ chosen: Set<Int>, _ seed: UInt64) {
    compare(
      table.weighing { chosen.contains($0) ? 2 : 1 }, table.repeating(chosen), "repetition, seed \(seed)",
      except: Exceptions.rowCounts.union(Exceptions.repeated.keys))
  }

  @Test(arguments: registries.indices) func valuesLieInTheirRange(_ registry: Int) {
    for seed in UInt64(1)...60 {
      for shape in [TableShape.ordinary, .odd] {
        for answer in Self.registries[registry].table.random(seed: seed, shape: shape).answers() {
          guard let value = answer.value else { continue }
          let range = answer.definition.range
          let slack = 1e-12
          #expect(
            value >= range.lowerBound - slack && value <= range.upperBound + slack,
            "\(answer.id), seed \(seed): \(value) is not in \(range)")
        }
      }
    }
  }

  /// The order in which classes, labels and queries are listed says nothing.
  @Test func namesOfClassesAndQueriesDoNotMatter() {
    for seed in Self.seeds {
      for shape in [TableShape.ordinary, .odd] {
        let order = [[1, 2, 0], [2, 1, 0], [0, 2, 1]][Int(seed) % 3]
        let classes = ClassPropertyTable.random(seed: seed, shape: shape)
        compare(classes, classes.reordered(order), "classes", except: Set(Exceptions.ofClassOrder.keys))
        let labels = LabelSetPropertyTable.random(seed: seed, shape: shape)
        compare(labels, labels.reordered(order), "labels", except: Set(Exceptions.ofClassOrder.keys))
        let ranked = RankedPropertyTable.random(seed: seed, shape: shape)
        compare(ranked, ranked.renumbered, "queries")
      }
    }
  }
}
