import Metrics
import Testing

@testable import Fairness

@Suite struct MeasureCatalogueTests {
  @Test func `Every measure says all of itself once`() {
    let all = FairnessMeasure.all
    #expect(Set(all.map(\.id)).count == all.count)
    #expect(Set(all.map(\.name)).count == all.count)
    #expect(Set(all.map(\.family)) == Set(FairnessMeasure.Family.allCases))
    for measure in all {
      #expect(measure.id == measure.id.lowercased() && !measure.id.contains(" "), "\(measure.id)")
      for text in [measure.formula, measure.source, measure.meaning, measure.undefined] {
        #expect(!text.isEmpty, "\(measure.id)")
      }
      #expect(measure.fair.map(measure.range.contains) ?? true, "\(measure.id)")
      #expect(Set(measure.aliases.map { $0.tool + $0.name }).count == measure.aliases.count, "\(measure.id)")
    }
  }

  @Test func `Other tools' names`() {
    #expect(FairnessMeasure.named("DPPL").map(\.id) == ["statistical_parity_difference"])
    #expect(FairnessMeasure.named("ppr").map(\.id) == ["share_of_selected"])
    #expect(FairnessMeasure.named("theil_index").map(\.id) == ["theil_index"])
    #expect(FairnessMeasure.named("nonsense").isEmpty)
    let clarify = [
      "CI", "DPL", "KL", "JS", "LP", "TVD", "KS", "CDDL", "DPPL", "DI", "DCA", "DCR", "SD", "RD", "DAR",
      "DRR", "AD", "TE", "CDDPL", "FT", "GE",
    ]
    for name in clarify {
      let found = FairnessMeasure.named(name).filter { measure in
        measure.aliases.contains { $0.tool == "Clarify" && $0.name == name }
      }
      #expect(found.count == 1, "\(name)")
    }
  }
}
