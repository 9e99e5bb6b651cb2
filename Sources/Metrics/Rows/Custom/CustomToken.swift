/// A word of an expression with where it stands, in characters from 1.
struct CustomToken: Sendable, Equatable {
  enum Kind: Sendable, Equatable {
    case number(Double)
    case name
    /// The name of a column in quotes, which no word of the language can be taken for.
    case quoted
    case symbol
    case end
  }

  var kind: Kind
  var text: String
  var place: Int
}
