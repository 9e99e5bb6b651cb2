import Results

/// Why a run gave no result, in words for the person who started it.
public struct FairSliceError: Error, Equatable, Sendable {
  /// What kind of thing went wrong.
  public enum Kind: String, Sendable {
    /// A setting that the caller gave is wrong.
    case usage
    /// Data, configuration, stored evaluation or template is wrong, or names something that does not exist.
    case data
    /// An input file is missing or unreadable.
    case missingInput
    /// A scorer or server is unavailable.
    case unavailable
    /// A defect of fairslice.
    case defect
    /// An output cannot be written.
    case unwritable
  }

  /// What kind of thing went wrong.
  public let kind: Kind
  /// What is wrong and where, on one line that is safe to print to a terminal.
  public let message: String
  /// What to do about it.
  public let advice: String?

  /// Makes an error; control characters in its texts are made visible.
  public init(kind: Kind, message: String, advice: String? = nil) {
    self.kind = kind
    self.message = printable(message)
    self.advice = advice.map(printable)
  }

  /// The exit status of a command that ends with this error (sysexits.h).
  public var exitCode: Int32 {
    switch kind {
    case .usage: 64
    case .data: 65
    case .missingInput: 66
    case .unavailable: 69
    case .defect: 70
    case .unwritable: 73
    }
  }
}

extension FairSliceError {
  /// Advice that was made to end a sentence becomes one of its own.
  init(_ failure: Failure) {
    let kind: Kind =
      switch failure.kind {
      case .usage: .usage
      case .data: .data
      case .missingInput: .missingInput
      case .unavailable: .unavailable
      case .defect: .defect
      case .unwritable: .unwritable
      }
    self.init(kind: kind, message: failure.message, advice: failure.advice.map(Self.sentence))
  }

  private static func sentence(_ text: String) -> String {
    guard let first = text.first, first.isLowercase else { return text }
    return first.uppercased() + text.dropFirst()
  }
}
