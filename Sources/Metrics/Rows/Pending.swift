  package init(labels: [Double], predictions: [Double], weights: [Double]?) {}
}
  package static var definitions: [MetricDefinition] { [] }
}
package struct RankedObservations: Sendable {
  package init(
    relevance: [Double], scores: [Double], queries: [UInt32], queryCount: Int, weights: [Double]?,
    relevantAt: Double
  ) {}
}
package enum RankingMetrics {
  package static func all(_ o: RankedObservations, cutoffs: [Int]) -> [any RowMetric] { [] }
  package static var definitions: [MetricDefinition] { [] }
}
package enum BinaryRowMetrics { package static var definitions: [MetricDefinition] { [] } }
