import Metrics
import Models
import Results
import Tables

/// What is known about the features from the data alone: what moves together, what stands in for what, where donors
/// come from, and what a reader must know before believing an explanation.
package struct Diagnostics: Sendable {
  package let groups: [FeatureGroup]
  package let associations: FeatureAssociations
  /// One a group.
  package let features: [ExplainedFeature]
  /// Where a row's new values come from, as the settings' conditioning says.
  package let donors: DonorChoice
  /// What was not looked at in full, or was understood otherwise than asked.
  package let notes: [String]
  let input: ExplanationInput
  let settings: ExplanationSettings

  /// Complexity: O(features² · min(rows, limit)), and O(rows · features · depth) for each group where donors come
  /// from leaves.
  ///
  /// - Parameter groups: every feature in exactly one; those that the settings ask for where nil
  /// - Throws: `data` for groups or strata that can't be made
  package init(
    _ input: ExplanationInput, _ settings: ExplanationSettings, _ groups: [FeatureGroup]? = nil
  ) throws(Failure) {
    let values = Values(input, settings)
    let associations = FeatureAssociations(values.features, rowCount: input.rowCount)
    let groups =
      if let groups { groups } else { try FeatureGroup.groups(settings, associations: associations) }
    let donors = try DonorChoice(input, settings, groups, values)
    (self.input, self.settings, self.groups, self.associations) = (input, settings, groups, associations)
    self.donors = donors
    notes = (associations.note.map { [$0] } ?? []) + donors.notes
    features = FeatureDescriber(
      values: values, groups: groups, associations: associations, pools: donors.pools,
      used: input.rescorer.usedFeatures, seed: settings.seed
    ).features()
  }

  /// The features and labels on the rows that are looked at.
  struct Values: Sendable {
    let features: [FeatureValues]
    /// The rows, ascending; nil where all are looked at.
    let rows: [Int32]?
    /// nil without labels.
    let labels: [UInt8]?
    let weights: [Double]?

    init(
      _ input: ExplanationInput, _ settings: ExplanationSettings, rowLimit: Int = FeatureAssociations.rowLimit
    ) {
      let rows = RowSample.rows(of: input.rowCount, limit: rowLimit, seed: settings.seed)
      self.rows = rows
      features = FeatureValues.all(input.columns, input.rescorer.features, rows: rows)
      let observations = input.observations
      labels = input.hasLabel ? Self.pick(observations.labels, rows) : nil
      weights = observations.weights.map { Self.pick($0, rows) }
    }

    private static func pick<Value>(_ values: [Value], _ rows: [Int32]?) -> [Value] {
      rows.map { $0.map { values[Int($0)] } } ?? values
    }
  }
}
