import Results
import Testing

@testable import Metrics

/// Expressions of custom metrics, as they are read.
@Suite struct CustomExpressionTests {
  /// Of one row of each outcome with weight 1, 10, 100, 1000: TP, FP, FN, TN.
  private static func value(_ text: String) throws -> Double? {
    let expression = try CustomExpression(parsing: text)
    let rows = CustomRows(
      labels: [1, 0, 1, 0], decisions: [1, 1, 0, 0], hasLabel: true, scores: [0.9, 0.8, 0.3, 0.1],
      weights: [1, 10, 100, 1000], givenWeights: [1, 10, 100, 1000],
      columns: ["loan": [2, 3, 5, 7], "loan amount": [1, 1, 1, 2], "TP": [4, 4, 4, 4]])
    let weights = rows.weights ?? []
    let sums = expression.terms.map { term in
      zip(weights, term.values(rows)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    return expression.formula.value(sums)
  }

  private static let cases: [(String, Double)] = [
    ("5 * FN + 1 * FP", 510.0), ("TP", 1), ("tp + fp", 11), ("P", 101), ("N", 1010), ("PP", 11),
    ("PN", 1100), ("n", 1111), ("rows", 1111), ("false_negatives", 100), ("predicted_positives", 11),
    ("2 - 3 * 4 + 10 / 4", -7.5), ("-(2 - 5)", 3), ("--2", 2), ("-+-2", 2), ("8 / 4 / 2", 1),
    ("1e2 + .5", 100.5),
    ("sum(loan)", 2 + 30 + 500 + 7000), ("sum(loan where FN)", 500), ("sum(fn * loan)", 500),
    ("sum(`loan amount`)", 2111), ("sum('loan amount' - 1)", 1000), ("sum(\"TP\")", 4444),
    ("sum(1 where not FN and loan > 2)", 1010), ("sum(1 where FN or loan >= 7)", 1100),
    ("sum(loan > 2)", 1110), ("sum(loan <= 3)", 11), ("sum(loan = 5)", 100), ("sum(loan != 5)", 1011),
    ("sum(loan <> 5)", 1011), ("sum(loan == 5)", 100), ("sum(loan < 3)", 1),
    ("mean(loan)", 7532.0 / 1111), ("mean(loan where label)", 502.0 / 101),
    ("sum(abs(loan - 4))", 2 + 10 + 100 + 3000),
    ("sum(min(loan, 3))", 2 + 30 + 300 + 3000), ("sum(max(loan, 3))", 3 + 30 + 500 + 7000),
    ("sum(weight)", 1_010_101), ("sum(decision)", 11), ("sum(label * score)", 0.9 + 30),
    ("sum(10 / (loan - 2) where loan > 2)", 100 + 1000.0 / 3 + 2000), ("FN × 2 − FP ÷ 10", 199),
  ]

  @Test(arguments: cases)
  func values(text: String, expected: Double) throws {
    let found = try #require(try Self.value(text))
    #expect(abs(found - expected) <= 1e-9 * max(1, abs(expected)), "\(text) is \(found)")
  }

  @Test func divisionByNothingHasNoValue() throws { #expect(try Self.value("1 / (TP - 1)") == nil) }

  private static let mistakes: [(String, String, String?)] = [
    ("", "the expression is empty", "5 * FN + FP"),
    (
      "5 * FM", "“5 * FM”, character 5: “FM” is no count",
      "Did you mean “FN”? A column stands inside a sum: sum(FM)"
    ),
    ("loan_amount / n", "character 1: “loan_amount” is no count", "sum(loan_amount)"),
    ("score", "“score” is about one row, and here stand sums", "sum(score)"),
    ("`FN`", "“FN” is about one row", "sum(FN)"),
    ("FN > 3", "“>” is about one row", "sum(1 where age > 60)"),
    ("abs(FN)", "“abs” is about one row", "sum(abs(…))"),
    ("summ(x)", "there is no function “summ”", "did you mean “sum”?"),
    ("sum(sqrt(x))", "there is no function “sqrt”", "known: sum, mean, abs, min, max"),
    ("sum(sum(x))", "sum( ) stands inside a sum", "take it out"),
    ("sum(x, y)", "sum( ) takes one term, not 2", nil), ("sum(min(x))", "min( ) takes 2 terms, not 1", nil),
    ("sum(max(x where y, 2))", "character 18", nil),
    ("5 * (FN + FP", "character 13: it ends where “)” is expected", nil),
    ("5 FN", "character 3: “FN” stands where an operator or the end is expected", nil),
    ("5 +", "it ends where a count, a number, sum(…) or “(” is expected", nil),
    ("5 ^ 2", "“^” has no place in an expression", "+ - * /"), ("1.2.3", "“1.2.3” is no number", nil),
    ("sum(`x)", "character 5: this quote does not close a name", "loan amount"),
    ("sum(x where)", "“)” stands where a count", nil),
  ]

  @Test(arguments: mistakes)
  func mistakesAreNamed(text: String, message: String, advice: String?) throws {
    do {
      _ = try CustomExpression(parsing: text)
      Issue.record("\(text) was read")
    } catch {
      #expect(error.kind == .data && error.message.contains(message), "\(error.message)")
      if let advice { #expect(error.advice?.contains(advice) == true, "\(error.advice ?? "")") }
    }
  }

  @Test func deepNestingIsRefused() throws {
    let text = String(repeating: "(", count: 5000) + "1" + String(repeating: ")", count: 5000)
    #expect(throws: Failure.self) { try CustomExpression(parsing: text) }
    #expect(try CustomExpression(parsing: "((((1))))").formula == .number(1))
  }

  @Test func columnsAreKnown() throws {
    let expression = try CustomExpression(parsing: "sum(a * b where c > a) + FN + sum(score)")
    #expect(expression.columns == ["a", "b", "c"] && !expression.isOfCounts)
    #expect(try CustomExpression(parsing: "5 * FN + sum(label - decision)").isOfCounts)
  }
}
