import FairSlice
import Foundation

// The rows, and the folder to write to.
let arguments = CommandLine.arguments
let (path, folder) = (arguments[1], arguments[2])

do throws(FairSliceError) {
  // Load. Bytes and columns that are in memory would do as well: InputTable.bytes, InputTable.columns.
  let table = InputTable.file(path)

  // Slice: which column plays which part, and which groups to look at.
  var request = EvaluateRequest()
  request.label = "income"
  request.positive = ">50K"
  request.score = "score"
  request.slices = ["sex", "race", "sex*race", "age:edges=25,45,65"]
  request.references = ["sex=Male"]

  // Evaluate.
  let findings = try evaluate(table, request)
  let all = try findings.estimate("roc_auc")
  print("AUC of all \(findings.rowCount) rows: \(all.value ?? .nan)")
  for slice in findings.slices(by: "sex") {
    let recall = try findings.estimate("recall", in: slice.name)
    switch recall.status {
    case .ok:
      print("Recall of \(slice.label): \(recall.value ?? .nan), of \(recall.denominator) positives")
    default:
      print("Recall of \(slice.label): none, \(recall.reason ?? "")")
    }
  }
  for gap in findings.gaps("demographic_parity", by: "sex", comparison: .toReference, kind: .ratio) {
    print(
      "Selected per \(gap.reference?.label ?? "") selected: \(gap.group?.label ?? "") \(gap.estimate.value ?? .nan)"
    )
  }

  // Gate.
  let policy = """
    { checks: [
      { id: "four-fifths", gap: "demographic_parity", kind: "ratio", comparison: "to_best", slices: "sex", min: 0.8 },
      { id: "auc", metric: "roc_auc", slices: ["overall", "sex"], min: 0.8 },
    ] }
    """
  let judged = try findings.judged(by: GateOptions(policyText: policy))
  for check in judged.judgement?.checks ?? [] { print("\(check.id): \(check.verdict)") }

  // Render: report.html, slices.csv, evaluation.json, verdict.json and the rest.
  let files = try judged.write(to: folder)
  print("\(files.count) files in \(folder)")
  exit(judged.judgement?.exitCode ?? 0)
} catch {
  print(error.message, error.advice ?? "")
  exit(error.exitCode)
}
