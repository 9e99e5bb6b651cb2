/// What only people know of a model, from the configuration's `card`: what it is, what it is for, and what it must not
/// be used for. The parts are those of Mitchell et al., Model Cards for Model Reporting, FAT* 2019.
package struct ModelCard: Sendable, Equatable {
  /// Who made the model and which one it is: the members of `card.model`.
  package enum Detail: String, Sendable, CaseIterable {
    case name, version, date, type, description, owners, contact, licence, citation, references
  }

  /// The other members of `card`, in the order of the paper.
  package enum Part: String, Sendable, CaseIterable {
    case intendedUse = "intended_use"
    case intendedUsers = "intended_users"
    case outOfScope = "out_of_scope"
    case factors, metrics
    case evaluationData = "evaluation_data"
    case trainingData = "training_data"
    case ethicalConsiderations = "ethical_considerations"
    case limits, caveats, recommendations
  }

  /// The member that holds the details.
  package static let detailsKey = "model"

  /// Texts of each; one that nobody filled in is absent.
  package var details: [Detail: [String]]
  package var parts: [Part: [String]]

  package init(details: [Detail: [String]] = [:], parts: [Part: [String]] = [:]) {
    self.details = details.filter { !$0.value.isEmpty }
    self.parts = parts.filter { !$0.value.isEmpty }
  }

  /// Whether nothing is filled in.
  package var isEmpty: Bool { details.isEmpty && parts.isEmpty }
}
