import Glibc
import Results
import TableIngest

/// Looks at the columns of a data set and writes the configuration that somebody would begin with.
struct Initialiser {
  private let request: InitialiseRequest

  init(_ request: InitialiseRequest) { self.request = request }

  func run() throws(Failure) -> RunResult {
    let path = request.output
    if path != "-", access(path, F_OK) == 0 {
      throw Failure(
        .unwritable, "\(path): exists already and is not overwritten",
        advice: "Choose another file with --out, or remove this one first.")
    }
    let survey = try TableReader.survey(path: request.data)
    let guess = ColumnGuess(survey)
    let text = ConfigurationDraft(survey: survey, guess: guess, data: dataPath).text()
    guard path != "-" else { return RunResult(files: [], summary: text, exitCode: 0) }
    try AtomicOutput.write(Array(text.utf8), to: path, named: path)
    return RunResult(files: [path], summary: summary(guess), exitCode: 0)
  }

  private func summary(_ guess: ColumnGuess) -> String {
    var lines = ["Wrote \(printable(path))"]
    for role in guess.roles {
      lines.append("  \(role.key): \(printable(role.column)), \(printable(role.why))")
    }
    if !guess.features.isEmpty {
      lines.append("  slices: " + guess.features.map { printable($0.spec) }.joined(separator: ", "))
    }
    if guess.role("label") == nil {
      lines.append("  label: not found; without it, only selection and scores are compared")
    }
    if guess.role("score") == nil, guess.role("decision") == nil {
      lines.append("  score or decision: not found; name one in the file")
    }
    lines += ["Check it, then: fairslice evaluate --config \(printable(path)) --out report", ""]
    return lines.joined(separator: "\n")
  }

  private var path: String { request.output }

  /// The data as seen from the configuration's folder.
  private var dataPath: String {
    let data = request.data
    guard data != "-", !data.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return data }
    let folder = path[..<slash].split(separator: "/").filter { $0 != "." }
    if path.hasPrefix("/") || folder.contains("..") { return absolute(data) }
    var steps = data.split(separator: "/").filter { $0 != "." }
    var above = folder[...]
    while let step = steps.first, step == above.first, steps.count > 1 {
      steps.removeFirst()
      above.removeFirst()
    }
    return (above.map { _ in ".." } + steps.map(String.init)).joined(separator: "/")
  }

  private func absolute(_ data: String) -> String {
    guard let resolved = realpath(data, nil) else { return data }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
