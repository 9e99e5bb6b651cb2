import FairSlice

/// What the program can be asked to do.
enum Command: String, CaseIterable {
  case evaluate
  case initialise = "init"
  case explain
  case report
  case gate
  case index
  case metrics
  case help
  /// For the project's own benchmarks; not listed.
  case benchmarkRead = "benchmark-read"
  /// For the test that a defect is never taken for a verdict; not listed.
  case benchmarkTrap = "benchmark-trap"

  static var listed: [Command] { allCases.filter { $0 != .benchmarkRead && $0 != .benchmarkTrap } }

  var summary: String {
    switch self {
    case .evaluate: "evaluate predictions by group and write the report"
    case .initialise: "write a commented configuration after looking at the data"
    case .explain: "ask the model which features a stored evaluation rests on"
    case .report: "render the report of a stored evaluation again"
    case .gate: "judge a stored evaluation by a policy"
    case .index: "make a page of all runs: verdicts, trends, a comparison of two"
    case .metrics: "list the metrics, or tell all about one"
    case .help: "explain a command"
    case .benchmarkRead: "read columns and print rows and processor seconds"
    case .benchmarkTrap: "end as a defect of the program would"
    }
  }

  var usage: String {
    switch self {
    case .evaluate: "fairslice evaluate [DATA] [--config FILE] [flags]"
    case .initialise: "fairslice init DATA [--out FILE]"
    case .explain: "fairslice explain evaluation.json --data FILE --model FILE [flags]"
    case .report: "fairslice report evaluation.json [--out DIR] [flags]"
    case .gate: "fairslice gate evaluation.json --policy FILE [flags]"
    case .index: "fairslice index DIR [--templates DIR]"
    case .metrics: "fairslice metrics [NAME] [--measures] [--markdown]"
    case .help: "fairslice help [COMMAND]"
    case .benchmarkRead: "fairslice benchmark-read DATA --columns A,B,C [--threads N]"
    case .benchmarkTrap: "fairslice benchmark-trap"
    }
  }

  /// Flags by what they are about, where there are many.
  var flagGroups: [(title: String, flags: [Flag])]? {
    switch self {
    case .evaluate: Self.evaluateGroups
    case .explain: Self.explainGroups
    default: nil
    }
  }

  var flags: [Flag] {
    let help = Self.helpFlag
    switch self {
    case .evaluate: return Self.evaluateGroups.flatMap(\.flags)
    case .initialise:
      return [Flag("out", "FILE", "the file to write (fairslice.json5); - for standard output"), help]
    case .explain: return Self.explainGroups.flatMap(\.flags)
    case .report:
      return [
        Flag("out", "DIR", "where to write; the evaluation's own folder unless said"),
        Flag("templates", "DIR", "templates that replace built-in ones"),
        Flag("no-charts", "do not write chart files"), Self.noDocumentsFlag, Self.assetsFlag,
        Self.suppressFlag,
        Flag("dump-context", "FILE", "write what the templates see, as JSON, and nothing else; - prints it"),
        help,
      ]
    case .gate:
      return Self.gateFlags + [
        Flag("out", "DIR", "where to write the verdict and what CI reads; nothing is written without it"),
        Flag("explain", "CHECK", "print the arithmetic of one check instead of the table"),
        Flag("report", "write report.html with the verdict, too"),
        Flag("templates", "DIR", "templates that replace built-in ones"), Self.assetsFlag, Self.suppressFlag,
      ] + Self.historyFlags + [help]
    case .index: return [Flag("templates", "DIR", "templates that replace built-in ones"), help]
    case .metrics:
      return [
        Flag("measures", "the fairness measures instead of the metrics"),
        Flag("markdown", "write it as Markdown, as Documentation/Metrics.md is"), help,
      ]
    case .help, .benchmarkTrap: return [help]
    case .benchmarkRead:
      return [
        Flag("columns", "A,B,C", "the columns to read"), Flag("threads", "N", "threads to use (1)"), help,
      ]
    }
  }

  /// What `gate` and `evaluate --gate` have in common.
  private static let gateFlags = [
    Flag("policy", "FILE", "a JSON5 policy"), Flag("waivers", "FILE", "a JSON5 file of waivers"),
    Flag("baseline", "FILE", "the evaluation.json of another run to compare with"),
    Flag("as-of", "DAY", "the day by which waivers are judged; today (UTC) unless said"),
    Flag("inconclusive", "WORD", "pass or fail: what an inconclusive check counts as"),
  ]

  private static let noDocumentsFlag = Flag("no-documents", "do not write report.pdf and the model card")
  /// Of what adds a line to runs.jsonl beside its output folder.
  private static let historyFlags = [
    Flag("run-label", "TEXT", "what the run is called in runs.jsonl: a commit, a day"),
    Flag("no-history", "add no line to runs.jsonl beside the output folder"),
  ]

  private static let helpFlag = Flag("help", "show this help")
  private static let assetsFlag = Flag(
    "assets", "WHERE", "inline (default), or split: style sheet and script as files beside the page")
  private static let suppressFlag = Flag(
    "suppress-below", "K", "withhold counts from 1 to K-1, after the verdict, from every output")

  static let explainGroups: [(title: String, flags: [Flag])] =
    [
      (
        "Data",
        [
          Flag("data", "FILE", "the data that were evaluated, or - for standard input"),
          Flag("config", "FILE", "a JSON5 configuration with the data, the model and what to explain"),
        ]
      )
    ] + ModelOptions.flagGroups + [
      (
        "Output",
        [
          Flag("out", "DIR", "where to write; the evaluation's own folder unless said"),
          Flag("templates", "DIR", "templates that replace built-in ones"),
          Flag("threads", "NUMBER", "threads to use; results do not depend on it"),
          Flag("no-report", "do not write report.html"), Flag("no-charts", "do not write chart files"),
          noDocumentsFlag, assetsFlag, suppressFlag, helpFlag,
        ]
      )
    ]

  static let evaluateGroups: [(title: String, flags: [Flag])] =
    [
      (
        "Data",
        [
          Flag("config", "FILE", "a JSON5 configuration; flags override it"),
          Flag("format", "FORMAT", "csv, tsv, jsonl or automatic"),
          Flag("delimiter", "CHAR", "the character between columns; tab for tabs"),
          Flag("missing", "TEXT", repeatable: true, "a text that stands for a missing value"),
          Flag("bad-rows", "RULE", "stop (default), or skip: count and list them"),
        ]
      ),
      (
        "Roles of columns",
        [
          Flag("label", "COLUMN", "the true outcome; without it, only selection is compared"),
          Flag("positive", "VALUE", "the label (or decision) that counts as positive"),
          Flag("score", "COLUMN", "the model's score"),
          Flag("score-kind", "KIND", "probability (default) or ranking"),
          Flag("decision", "COLUMN", "the model's decision, in place of a threshold"),
          Flag("threshold", "NUMBER", "where scores become decisions (0.5); or median, top:100, top:10%"),
          Flag("threshold-rule", "RULE", "at_least (default) or above"),
          Flag("weight", "COLUMN", "what a row counts"),
          Flag("unweighted", "leave the weights out of the metrics"),
          Flag("unit", "COLUMN", "the unit that a row belongs to"),
          Flag("baseline-score", "COLUMN", "a second model's score on the same rows"),
          Flag("baseline-decision", "COLUMN", "a second model's decision on the same rows"),
          Flag("baseline-data", "FILE", "a file with the second model's predictions, joined by --unit"),
        ]
      ),
      (
        "Tasks",
        [
          Flag(
            "task", "KIND",
            "binary, multiclass, multilabel, regression or ranking; inferred where it is plain"),
          Flag("query", "COLUMN", "ranking: what the rows are ranked for"),
          Flag("score-prefix", "TEXT", "multiclass, multilabel: what the names of score columns begin with"),
          Flag("label-prefix", "TEXT", "multilabel: what the names of label columns begin with"),
          Flag("decision-prefix", "TEXT", "multilabel: what the names of decision columns begin with"),
          Flag("cutoffs", "K,K", "the k of metrics of the first k (ranking: 1,5,10)"),
          Flag("at-thresholds", "T,T", "cuts of the score at which metrics are told besides"),
        ]
      ),
      (
        "Groups and what to compare",
        [
          Flag(
            "slice", "SPEC", repeatable: true,
            "F, F*G, F:edges=25,45,65, F:quantiles=4, F:values or F=group"),
          Flag("reference", "F=GROUP", repeatable: true, "compare the groups of F with this one"),
          Flag("metric", "NAME", repeatable: true, "only these metrics"),
          Flag("gap", "NAME", repeatable: true, "only these gaps"),
          Flag(
            "comparison", "NAME", repeatable: true,
            "between_groups, to_overall, to_reference, to_complement, to_best, to_largest"),
          Flag(
            "preset", "NAME",
            "choices and indicators of a rule or tool: four-fifths, nyc-ll144, ecoa, clarify, aequitas, fairness-indicators, ai-act"
          ),
        ]
      ),
      (
        "Fairness measures beside the gaps",
        [
          Flag(
            "measure", "NAME", repeatable: true,
            "an identifier, another tool's name for it, a tool (clarify: all that it has) or all"),
          Flag(
            "control", "FEATURE", repeatable: true, "compare groups within its levels, and pooled over them"),
          Flag(
            "favourable", "CLASS", "positive (default), or negative where the positive class is to be feared"),
          Flag("neighbour-feature", "COLUMN", repeatable: true, "what rows are near each other by"),
          Flag("compat", "TOOL", "fairlearn, aequitas, aif360, clarify or tfma: take over its conventions"),
        ]
      ),
    ] + ModelOptions.flagGroups + [
      (
        "Gate",
        [Flag("gate", "judge by the policy, in the configuration's “gate” unless named")] + gateFlags
      ),
      (
        "Statistics",
        [
          Flag("level", "NUMBER", "confidence level of the intervals (0.95)"),
          Flag("seed", "NUMBER", "seed of all random draws (42)"),
          Flag("threads", "NUMBER", "threads to use; results do not depend on it"),
        ]
      ),
      (
        "Output",
        [
          Flag("out", "DIR", "where to write; nothing is written without it"),
          Flag("title", "TEXT", "title of the report"),
          Flag("templates", "DIR", "templates that replace built-in ones"),
          Flag("no-report", "do not write report.html"), Flag("no-charts", "do not write chart files"),
          noDocumentsFlag, assetsFlag, suppressFlag,
        ] + historyFlags + [helpFlag]
      ),
    ]
}
