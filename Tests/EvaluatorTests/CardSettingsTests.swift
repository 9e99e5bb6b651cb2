import Results
import Testing

@testable import Evaluator

/// The `card` of a configuration: texts by the names of Mitchell et al. (2019), and nothing else.
@Suite struct CardSettingsTests {
  private func read(_ card: String) throws(Failure) -> ModelCard? {
    try Configuration(text: Array("{ card: \(card) }".utf8), name: "c.json5").card
  }

  private func refusal(_ card: String) -> Failure? {
    do throws(Failure) {
      _ = try read(card)
      return nil
    } catch { return error }
  }

  @Test func everyKeyIsRead() throws {
    let details = ModelCard.Detail.allCases.map { "\($0.rawValue): \"d \($0.rawValue)\"" }
    let parts = ModelCard.Part.allCases.map { "\($0.rawValue): [\"a \($0.rawValue)\", \"b\"]" }
    let text = "{ model: { \(details.joined(separator: ", ")) }, \(parts.joined(separator: ", ")) }"
    let card = try #require(try read(text))
    for detail in ModelCard.Detail.allCases { #expect(card.details[detail] == ["d \(detail.rawValue)"]) }
    for part in ModelCard.Part.allCases { #expect(card.parts[part] == ["a \(part.rawValue)", "b"]) }
  }

  @Test func nothingSaidIsNothing() throws {
    #expect(try read("null") == nil)
    #expect(try #require(try read("{}")).isEmpty)
    #expect(try #require(try read("{ model: {}, limits: [], caveats: null }")).isEmpty)
  }

  @Test(arguments: [
    ("{ intended_uses: 'x' }", "“intended_uses” is not a key of “card”", "Did you mean “intended_use”?"),
    ("{ model: { license: 'MIT' } }", "“license” is not a key of “card.model”", "Did you mean “licence”?"),
    ("{ zzz: 'x' }", "“zzz” is not a key", "The keys are: model, intended_use"),
    ("'words'", "c.json5:1: card: expected an object in { }", ""),
    ("{ model: 'words' }", "card.model: expected an object", ""),
    ("{ limits: 3 }", "card.limits: expected text in quotes, or a list of texts, found 3", ""),
    ("{ limits: ['a', 3] }", "card.limits[1]: expected text in quotes, found 3", ""),
    ("{ limits: ' ' }", "card.limits: expected text that is not blank", ""),
    ("{ model: { owners: { a: 'b' } } }", "card.model.owners: expected text in quotes", ""),
  ])
  func mistakesAreNamed(card: String, message: String, advice: String) throws {
    let failure = try #require(refusal(card))
    #expect(failure.kind == .data)
    #expect(failure.message.contains(message), "\(failure.message)")
    #expect(advice.isEmpty || failure.advice?.hasPrefix(advice) == true, "\(failure.advice ?? "")")
  }

  /// The configuration in force gives the same card again.
  @Test func theEchoReadsBack() throws {
    var configuration = Configuration()
    configuration.card = ModelCard(
      details: [.name: ["“M” \\ \u{202E}"], .owners: ["a", "b"]], parts: [.outOfScope: ["x\ny"]])
    let copy = try Configuration(text: Array(configuration.echo.utf8), name: "echo")
    #expect(copy.card == configuration.card)
    configuration.card = ModelCard()
    #expect(!configuration.echo.contains("card"))
  }
}
