import Foundation
import Report
import Results
import TestSupport
import Testing

/// Writes every kind of output below the folder that `FAIRSLICE_CI_SAMPLES` names, for Scripts/validate-ci-outputs.
@Suite struct CISampleFiles {
  private static let folder = ProcessInfo.processInfo.environment["FAIRSLICE_CI_SAMPLES"]

  private static var samples: [(name: String, judgement: Judgement)] {
    CIOutputsTests.outcomes.enumerated().map { ("outcome-\($0.offset)", $0.element) }
      + CINastyNameTests.names.enumerated().filter { $0.element.utf8.count < 2000 }
      .map { ("nasty-\($0.offset)", CINastyNameTests.judgement($0.element)) }
      + [("failing-5000", SampleJudgement.failing(5000))]
  }

  @Test(.enabled(if: folder != nil, "needs FAIRSLICE_CI_SAMPLES")) func write() throws {
    let folder = URL(filePath: try #require(Self.folder))
    for sample in Self.samples {
      let own = folder.appending(path: sample.name)
      try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
      for file in GateOutputs.files(sample.judgement, policyPath: "ci/policy.json5") {
        try Data(file.bytes).write(to: own.appending(path: file.path))
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count >= Self.samples.count)
  }
}
