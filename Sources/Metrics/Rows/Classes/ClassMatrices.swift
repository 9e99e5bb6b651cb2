/// Observations with the confusion matrices that were last asked for.
final class ClassMatrices: Sendable {
  let observations: ClassObservations
  private let cache = RowCache<ClassMatrix>()

  init(_ observations: ClassObservations) { self.observations = observations }

  func matrix(_ rows: [UInt32]) -> ClassMatrix {
    cache.value(for: rows) { ClassMatrix(observations, rows: rows) }
  }
}
