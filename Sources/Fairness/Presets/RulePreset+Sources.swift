import Results

extension RulePreset {
  package var statement: String {
    switch self {
    case .fourFifths:
      "Indicators of adverse impact in selection, as the Uniform Guidelines describe them. They are no legal findings: "
        + "the Guidelines weigh statistical and practical significance, numbers, recruitment and validity evidence."
    case .biasAudit:
      "The numbers that a bias audit of an automated employment decision tool reports. The rule sets no threshold: no "
        + "ratio here passes or fails. Whether the tool and the audit come under the rule is for the auditor to say."
    case .lending:
      "Indicators that fair-lending reviews look at. The bounds are practice, not law, and none is a legal finding: "
        + "business need and less discriminatory alternatives are no part of these numbers."
    case .clarify:
      "SageMaker Clarify’s metrics, under its names and with its signs and zero rules. It sets no thresholds. Indicators, "
        + "not findings."
    case .aequitas:
      "Aequitas’ disparities and its determination: within τ and 1/τ of the reference group. A convention of the tool, "
        + "judged by value; an indicator, not a finding."
    case .fairnessIndicators:
      "The rates that Fairness Indicators shows for every slice. It sets no thresholds for gaps. Indicators, not findings."
    case .artificialIntelligenceAct:
      "Numbers for the technical documentation of a high-risk AI system. The Act sets no numeric threshold: nothing here "
        + "says whether a system conforms to it."
    }
  }

  package var citations: [PresetRecord.Citation] {
    switch self {
    case .fourFifths: Self.uniformGuidelines
    case .biasAudit: Self.localLaw
    case .lending: Self.equalCredit
    case .clarify:
      [
        .init(
          "Hardt et al. 2021, Amazon SageMaker Clarify", "pre- and post-training bias metrics (smclarify 0.5)"
        )
      ]
    case .aequitas:
      [
        .init(
          "Saleiro et al. 2018, Aequitas", "group metrics, disparities, determination with τ (aequitas 1.1)")
      ]
    case .fairnessIndicators:
      [
        .init(
          "TensorFlow Fairness Indicators 0.52",
          "rates at thresholds 0.1 to 0.9 for every slice (fairness_indicators_metrics)")
      ]
    case .artificialIntelligenceAct: Self.aiAct
    }
  }

  private static let uniformGuidelines: [PresetRecord.Citation] = [
    .init(
      "29 CFR 1607.4(D)",
      "selection rates against the highest; below four fifths; smaller and larger differences"),
    .init("29 CFR 1607.15(A)(2)(a)", "groups below 2 % need no separate analysis"),
    .init(
      "Uniform Guidelines, Questions and Answers 21 (44 FR 11996, 1979)",
      "no inference where one person’s selection would turn the result"),
    .init("Morris & Dunleavy 2017, Adverse Impact Analysis", "practice of tests and practical significance"),
  ]

  private static let localLaw: [PresetRecord.Citation] = [
    .init(
      "NYC Administrative Code § 20-870 ff. (Local Law 144 of 2021)",
      "bias audit of automated employment decision tools"),
    .init("6 RCNY § 5-300", "selection rate, scoring rate, impact ratio, category"),
    .init("6 RCNY § 5-301", "what the audit computes; unknown categories; categories below 2 %"),
    .init("6 RCNY § 5-302 to 5-304", "historical and test data; publication; notice"),
  ]

  private static let equalCredit: [PresetRecord.Citation] = [
    .init("15 U.S.C. § 1691 (ECOA), 12 CFR Part 1002 (Regulation B)", "discrimination in credit"),
    .init("42 U.S.C. § 3605 (Fair Housing Act)", "discrimination in residential lending"),
    .init("Mantel & Haenszel 1959", "odds ratio within the levels of controls"),
  ]

  private static let aiAct: [PresetRecord.Citation] = [
    .init(
      "Regulation (EU) 2024/1689, Art. 10(2)(f), (g)", "examination of data for biases; measures against them"
    ),
    .init("Art. 10(3), (4)", "data representative of the persons or groups that the system is used on"),
    .init("Art. 10(5)", "special categories of personal data, only under its conditions"),
    .init("Art. 15", "declared accuracy metrics, robustness, feedback loops"),
    .init(
      "Annex IV, points 2(g) and 3", "test metrics and discriminatory impacts; accuracy for specific groups"),
  ]

  /// What holds of the preset whatever the data.
  package var caveats: [String] {
    switch self {
    case .fourFifths:
      [
        "The group with the highest selection rate is the reference; p-values compare each other group with it, adjusted for their number by Holm’s method in a column of its own.",
        "Executive Order 11246, under which the OFCCP used these tests for federal contractors, was revoked by Executive Order 14173 of 21 January 2025. The Uniform Guidelines are agency guidance and may change: check what is in force.",
        "A comparison with all others taken together was rejected as a method in OFCCP v. VF Jeanswear; none is made.",
      ]
    case .biasAudit:
      [
        "There is no numeric threshold in the law. Four fifths is the Uniform Guidelines’, not this rule’s.",
        "The scoring rate is the share of a category that scores above the median of all rows, rows of unknown category among them.",
        "An audit is needed within a year before use; the summary stays public until six months after the last use; candidates are told ten business days before.",
        "Historical data of the tool’s use is the rule; test data may be used where there is not enough, with an explanation.",
      ]
    case .lending:
      [
        "The bounds 0.80 and 0.90 of the impact ratio and ±0.30 of the standardized mean difference are screens of practice. No statute or regulation names them.",
        "OCC Bulletin 2025-16 and the FDIC (August 2025) took disparate impact out of supervisory examinations; the Fair Housing Act, state laws and private claims remain. Check the current text of Regulation B.",
        "Where groups are known only by probability (BISG), give those as a weight and evaluate one group at a time; no exclusive groups are made of them here.",
      ]
    case .clarify:
      [
        "A facet’s group is compared with the reference group: the named one, else the largest.",
        "KL, JS, LP and the fliptest, which need more than counts, are among the measures (“measures”).",
      ]
    case .aequitas:
      [
        "Statistical Parity compares shares of all selected rows (ppr), whatever the groups’ sizes: it is not demographic parity. Impact Parity (pprev) is.",
        "Aequitas’ significance columns are not reproduced: its FPR, TNR, FNR and TPR tests use the wrong denominators.",
      ]
    case .fairnessIndicators:
      [
        "A score is selected above the threshold, as TensorFlow Model Analysis decides; metrics named “@t” select from t on."
      ]
    case .artificialIntelligenceAct:
      [
        "To be stated in words beside these numbers: intended purpose and the persons or groups it concerns; where the data come from and why they are representative; known and foreseeable misuse; human oversight; how feedback loops are kept from bias.",
        "Obligations of high-risk systems have dates of application of their own (Art. 113, with later amendments): check the consolidated text.",
      ]
    }
  }
}
