import Fairness
import Metrics

/// The page of the documentation about fairness measures.
package enum MeasurePage {
  package static func markdown() -> String {
    var lines = head + tools + defects + leftOut
    for family in FairnessMeasure.Family.allCases {
      lines += ["", "## \(MeasureText.title(family))"]
      for measure in FairnessMeasure.all where measure.family == family {
        lines += [""] + MeasureText.section(measure)
      }
    }
    return (lines + [""]).joined(separator: "\n")
  }

  private static let head = [
    "# Fairness measures", "",
    "What “fairslice metrics --measures” tells, as a page; “fairslice metrics --measures --markdown” writes it. A run computes "
      + "them beside its gaps where `measures` asks for them ([Configuration.md](Configuration.md)); f is the focal group, r "
      + "the reference group, g and h any groups, m a metric, s a stratum.", "",
    "- **Asking.** An identifier, another tool's name (`DPPL`), a tool's word (`clarify`: all that it has) or `all`. What is named and "
      + "cannot apply stops the run with the reason; what a word brings and cannot apply is left out, and a note says so.",
    "- **Whose conventions.** A tool's word and a tool's own names ask for that tool's signs, zero rules and names. Identifiers and "
      + "`all` follow `compat` where that tool has the measure, and else the project's own: differences are focal − reference, ratios "
      + "focal / reference, and what has no denominator is undefined. What the "
      + "tool of `compat` calls so goes before an identifier. A result says whose it is.",
    "- **Who is compared.** Each group with the named reference, or else the largest one; under AIF360 also all rows outside the "
      + "reference group with it (where there are two groups these are the same); under Clarify each group with all rows outside it.",
    "- **Which class is favourable.** `favourable: negative` exchanges the classes for measures of a favourable outcome. Where a metric "
      + "is named (a difference between groups, Aequitas' and Fairlearn's measures) it keeps the meaning that it has in the metric table.",
    "- **Weights** enter everywhere but in measures of places in ranked lists, which a row takes whatever it weighs (exposure and disparate "
      + "treatment are means over rows and weighted), and of neighbours, of which there are so many: these count rows.",
    "- **Controls**, in every task. Families without a control among their features are compared within every level of the cross of the "
      + "controls, and pooled over the levels; a level in which a group has no rows in a metric's denominator says nothing, and is named. A "
      + "level is what a run of its rows alone would be: of a ranking the lists within it are those of its rows, ranked among themselves, "
      + "as in any slice (name a control that is constant within queries where whole lists are meant), while exposure and selection keep "
      + "the places in the whole list. Pooled values weigh a level by n_f n_r/(n_f + n_r), as Mantel and Haenszel do, and not by "
      + "precision, which is made of the same few rows as the differences.",
    "- **Intervals** take groups of a comparison to share no row, and weights by Kish's effective size. What is of any metric comes, in "
      + "every task, from the metric's own errors: where rows of one unit repeat (and in rankings, whose units are queries) units are what "
      + "is independent, and what groups and levels have in common by units that lie in several of them is in the errors of differences "
      + "to the reference group, of pooled values and of their homogeneity. Largest differences between groups take groups to share no unit. "
      + "All other measures take rows to be independent and have no interval where units repeat. Where no honest one is known the reason is "
      + "told. What cannot be below 0 lies above it by chance alone: a distance's lower limit is 0 where alike groups would show as "
      + "much, and what chance shows is told beside it ([Statistics](Statistics.md#distances-of-two-groups)).",
    "- **Neighbours** are exact, by Euclidean distance over `neighbour_features`: numbers less their mean over their standard deviation, "
      + "categories of up to 200 values with a distance of 1 from each other, missing numbers at the mean (AIF360: numbers as they are, 1 "
      + "for a category). Distances are compared to nine digits, and rows at the k-th distance share the votes. Above 5,000 rows "
      + "5,000 drawn by the seed are looked at (2,000 for pairs), their neighbours among all; above 100,000 there is no value.",
    "- **Calibration within groups** is over the run's calibration bins; the worst cell is of those with 30 rows.",
    "- **Withheld counts.** Under `suppress_below` a family with a withheld group has no measures, and nothing is told of strata and "
      + "conjunctions ([Privacy.md](Privacy.md)).",
  ]

  // MARK: Tools

  private static var tools: [String] {
    var lines = ["", "## What tools call them"]
    for (tool, title, rule) in [
      (
        Compatibility.fairlearn, "Fairlearn 0.15",
        "TPR, FPR, TNR, FNR, precision and F1 of an empty denominator are 0, balanced accuracy without one class is the rate of the "
          + "other; a single group has a difference of 0 and a ratio of 1. Control features give one set of values a level."
      ),
      (
        .aequitas, "Aequitas 1.1",
        "x/0 is 10, 0/0 undefined; τ = 0.8. A determination is 1 or 0. Where one part of two is undefined, both fail."
      ),
      (
        .aif360, "AIF360 0.6",
        "Precision, NPV, FDR, FOR and accuracy of an empty denominator are 0. Differences are unprivileged − privileged. Entropy "
          + "indices count rows, whatever they weigh. Differential fairness and entropy between groups are of the privileged rows and all "
          + "others, as its data sets encode an attribute; without `compat` they are of all groups."
      ),
      (
        .clarify, "SageMaker Clarify 0.5",
        "0/0 is 0, ∞ − ∞ is 0. Each name has its own sign; the facet is the group, compared with all rows outside it."
      ),
    ] {
      lines += ["", "### \(title)", "", rule, "", "| name | measure | of |", "|---|---|---|"]
      for one in ToolMeasure.all where one.tool == tool {
        let of = [one.metric, one.variant].compactMap { $0 }.joined(separator: ", ")
        lines.append("| `\(one.name)` | `\(one.measure.id)` | \(of) |")
      }
    }
    return lines
  }

  private static var defects: [String] {
    ["", "## What is not reproduced", "", "| tool | output | why | here |", "|---|---|---|---|"]
      + LeftOut.defects.map { row($0, MeasureText.plain($0.name)) }
  }

  private static var leftOut: [String] {
    ["", "## What is not there", "", "| tool | name | why | instead |", "|---|---|---|---|"]
      + LeftOut.names.map { row($0, "`\($0.name)`") }
  }

  private static func row(_ one: LeftOut, _ name: String) -> String {
    "| \(one.tool) | \(name) | \(MeasureText.plain(one.why)) | \(MeasureText.plain(one.instead)) |"
  }
}
