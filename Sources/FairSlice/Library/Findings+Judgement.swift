import Evaluator
import Gate
import Report
import Results

extension Findings {
  /// What a check, one of its groups, or a whole judgement came to.
  public enum Verdict: String, Sendable, CaseIterable {
    /// Within the bound, and shown to be.
    case pass
    /// Beyond the bound, and shown to be.
    case fail
    /// Neither could be shown.
    case inconclusive
    /// Failed, but no worse than a waiver in force accepts; counts as passed.
    case waived

    init(_ verdict: Results.Verdict) {
      self =
        switch verdict {
        case .pass: .pass
        case .fail: .fail
        case .inconclusive: .inconclusive
        case .waived: .waived
        }
    }
  }

  /// What a policy makes of the findings.
  public struct Judgement: Sendable, Equatable {
    /// `fail` where a check failed that is no mere warning, `inconclusive` where one is and none failed, else `pass`.
    public let verdict: Verdict
    /// The exit status of a command that ends with it: 0 pass, 1 fail, 3 inconclusive.
    public let exitCode: Int32
    /// One-sided size of every test: 1 − the policy's confidence level.
    public let alpha: Double
    /// In the order of the policy.
    public let checks: [Check]
    /// What a reader must know besides.
    public let notes: [String]

    init(_ judgement: Results.Judgement) {
      verdict = Verdict(judgement.verdict)
      exitCode = Int32(judgement.exitCode)
      alpha = judgement.alpha
      checks = judgement.checks.map(Check.init)
      notes = judgement.notes
    }

    /// The check of an identifier; nil where the policy has none. Complexity: O(checks).
    ///
    /// - Parameter id: as the policy calls it
    public func check(_ id: String) -> Check? { checks.first { $0.id == id } }
  }

  /// What the findings were judged to be; nil where no policy was applied.
  public var judgement: Judgement? { evaluation.judgement.map(Judgement.init) }

  /// The findings with the verdict of a policy, which replaces an earlier one.
  ///
  /// - Parameters:
  ///   - options: the policy must be named or given as text
  ///   - baseline: another run to compare with; nil where there is none, or `options` names its file
  /// - Throws: `FairSliceError`: of kind `usage` where an option is wrong or there is no policy, `data` where the policy is,
  ///   or names what was not evaluated, `missingInput` where a file is missing.
  public func judged(
    by options: GateOptions, against baseline: Findings? = nil
  ) throws(FairSliceError) -> Findings {
    try reported { () throws(Failure) in
      let setup = try GateSetup(options, configuration: nil)
      var judge = setup.judge
      if let baseline {
        guard options.baseline == nil else {
          throw Failure(
            .usage, "the baseline is given, and the options name “\(options.baseline ?? "")”, too",
            advice: "Leave one of them out.")
        }
        judge.baseline = baseline.asBaseline
      }
      var judged = evaluation
      judged.judgement = nil
      judged.judgement = try judge.judge(judged)
      // What was withheld stays withheld, from the verdict's numbers, too.
      return Findings(try withheld(judged, nil, judged: judge), policyPath: setup.policyPath)
    }
  }

  /// The findings without counts from 1 to `count − 1`, in every number, curve and verdict that would show them.
  /// Judge first: a policy that is applied later sees what is left.
  ///
  /// - Parameter count: the smallest count of rows that is shown, at least 2
  /// - Throws: `FairSliceError` of kind `usage` where `count` is less than 2.
  public func withholding(countsBelow count: Int) throws(FairSliceError) -> Findings {
    try reported { () throws(Failure) in
      guard count >= 2 else {
        throw Failure(.usage, "counts below \(count): there is nothing to withhold", advice: "Say 2 or more.")
      }
      return Findings(try withheld(evaluation, count), policyPath: policyPath)
    }
  }

  /// The arithmetic of one check, from the counts of its groups to the verdict, as plain text.
  ///
  /// - Parameter id: as the policy calls the check
  /// - Throws: `FairSliceError` of kind `usage` where the findings were not judged or there is no such check.
  public func explanation(ofCheck id: String) throws(FairSliceError) -> String {
    try reported { () throws(Failure) in
      guard let output = gateOutput else {
        throw Failure(.usage, "the findings were not judged", advice: "Judge them first: judged(by:).")
      }
      return try output.explanation(of: id)
    }
  }

  var gateOutput: GateOutput? {
    GateOutput(evaluation, policyPath ?? evaluation.judgement?.policy.name ?? "", [:])
  }

  private var asBaseline: Judge.BaselineRun {
    let hash = Digest.hexadecimal(evaluation.json()) ?? ""
    return Judge.BaselineRun(evaluation: evaluation, source: .init(name: "evaluation.json", sha256: hash))
  }
}
