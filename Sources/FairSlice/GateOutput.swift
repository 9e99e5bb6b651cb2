import Foundation
import Glibc
import Report
import Results

/// What a verdict is turned into: files, a text for the terminal, lines for GitHub.
struct GateOutput {
  let judgement: Judgement
  let evaluation: Evaluation
  /// Relative to the current folder.
  let policyPath: String
  let environment: [String: String]
  /// Written so far.
  private(set) var files: [String] = []

  /// nil where the evaluation was not judged.
  init?(_ evaluation: Evaluation, _ policyPath: String, _ environment: [String: String]) {
    guard let judgement = evaluation.judgement else { return nil }
    self.judgement = judgement
    self.evaluation = evaluation
    self.policyPath = Self.relative(policyPath)
    self.environment = environment
  }

  /// A path as a repository knows it that is checked out in the current folder. One that lies elsewhere is no
  /// part of it, and would tell one machine from another: its base name.
  private static func relative(_ path: String) -> String {
    var path = path
    while path.hasPrefix("./") { path = String(path.dropFirst(2)) }
    guard path.hasPrefix("/") else { return path }
    let root = FileManager.default.currentDirectoryPath + "/"
    return path.hasPrefix(root) ? String(path.dropFirst(root.count)) : GateSetup.baseName(path)
  }

  var exitCode: Int32 { Int32(judgement.exitCode) }

  /// Takes back what an earlier run blessed in this folder. Done before anything can go wrong: a run that ends
  /// without a verdict must not leave the blessing of another.
  static func withdrawBlessing(in folder: String?) {
    if let folder { unlink("\(folder)/\(GateOutputs.blessed)") }
  }

  /// The verdict comes first and alone: whatever fails after it, it stands.
  mutating func writeVerdict(to folder: String) throws(Failure) {
    // The blessing of an earlier run must not outlive it.
    unlink("\(folder)/\(GateOutputs.staleBlessing(judgement))")
    files += try AtomicOutput(folder: folder).write([("verdict.json", judgement.json())])
  }

  var otherFiles: [(path: String, bytes: [UInt8])] {
    GateOutputs.files(judgement, policyPath: policyPath, noise: NoiseSentence.text(evaluation))
      .filter { $0.path != "verdict.json" }
  }

  mutating func write(_ others: [(path: String, bytes: [UInt8])], to folder: String) throws(Failure) {
    files += try AtomicOutput(folder: folder).write(others)
  }

  /// The table and, where GitHub runs the job, its annotations: it reads them from standard output.
  ///
  /// - Parameter listsFiles: whether to say what was written
  func summary(width: Int, listsFiles: Bool) -> String {
    var text = GateOutputs.terminal(judgement, width: width)
    if listsFiles, !files.isEmpty {
      let folder = files[0].split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
        separator: "/")
      text += "\n\(files.count) files in \(printable(folder))\n"
    }
    if environment["GITHUB_ACTIONS"] == "true" {
      text += GateOutputs.annotations(judgement, policyPath: policyPath)
    }
    return text
  }

  func explanation(of id: String) throws(Failure) -> String {
    guard let check = judgement.checks.first(where: { $0.id == id }) else {
      throw Failure(
        .usage, "--explain: there is no check “\(id)”",
        advice: Suggestion.phrase(for: id, among: judgement.checks.map(\.id)))
    }
    return CheckExplanation(check, judgement, evaluation).text
  }

  /// Appends the summary to the file that GitHub names for it.
  func writeStepSummary() throws(Failure) {
    guard let path = environment["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw unwritable(path) }
    defer { close(file) }
    var rest = GateOutputs.stepSummary(judgement, noise: NoiseSentence.text(evaluation))
    while !rest.isEmpty {
      let written = Glibc.write(file, rest, rest.count)
      if written > 0 { rest.removeFirst(written) } else if errno != EINTR { throw unwritable(path) }
    }
  }

  private func unwritable(_ path: String) -> Failure {
    Failure(
      .unwritable, "\(path): cannot be written: \(String(cString: strerror(errno)))",
      advice: "GITHUB_STEP_SUMMARY names this file; unset it to do without.")
  }
}
