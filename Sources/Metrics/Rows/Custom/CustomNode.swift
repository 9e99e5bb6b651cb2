/// An expression as it is written.
indirect enum CustomNode: Sendable, Equatable {
  case number(Double)
  case name(CustomToken)
  /// A function with its arguments and what stands after `where`.
  case call(CustomToken, [CustomNode], condition: CustomNode?)
  /// `-`, `not`.
  case prefix(CustomToken, CustomNode)
  case infix(CustomToken, CustomNode, CustomNode)
}
