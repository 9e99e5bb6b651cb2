import Report

/// Text that is safe to print to a terminal: characters that would steer it, turn the reading direction or hide
/// are written as `\u{1B}`.
///
/// - Parameter text: anything, from anywhere
public func printable(_ text: String) -> String { TerminalText.printable(text) }
