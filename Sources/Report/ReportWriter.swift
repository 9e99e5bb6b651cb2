import Charts
import ReportTemplates
import Results
import Templating

/// An evaluation as a page and as chart files. Nothing is computed here: numbers are picked, ordered and written.
package enum ReportWriter {
  /// `report.html` and, where assets are split, `report.css` and `report.js` beside it.
  ///
  /// - Throws: as `html`.
  package static func files(
    _ evaluation: Evaluation, options: ReportOptions
  ) throws(Failure) -> [(path: String, bytes: [UInt8])] {
    var files = [("report.html", try html(evaluation, options: options))]
    if options.assets == .split {
      let texts = try texts(
        sources(options), parts: allParts(of: evaluation), own: options.templates, paper: paper(evaluation),
        task: evaluation.task)
      files += [("report.css", Array(texts.style.utf8)), ("report.js", Array(texts.script.utf8))]
    }
    return files
  }

  /// The page, UTF-8; self-contained unless assets are split.
  ///
  /// - Throws: `Failure` of kind `data` where a template of the user's does not parse or render, with its name,
  ///   line and column.
  package static func html(_ evaluation: Evaluation, options: ReportOptions) throws(Failure) -> [UInt8] {
    let sources = sources(options)
    var model = PageBuilder(evaluation, mentionsChartFiles: options.writesCharts).model()
    guard case .object(var members) = model else { throw Failure(.defect, "the page model is no object") }
    let texts = try texts(
      sources, parts: allParts(of: evaluation), own: options.templates, paper: paper(evaluation),
      task: evaluation.task)
    members["assets"] = try assets(texts, options.assets)
    model = .object(members)
    let pages = sources.filter { !$0.key.hasSuffix(".css") && !$0.key.hasSuffix(".js") }
    do throws(TemplateError) {
      let library = try TemplateLibrary(sources: pages, strict: true)
      return Array(try library.render("report/page", with: model).utf8)
    } catch {
      let isOwn = !options.templates.isEmpty
      throw Failure(
        isOwn ? .data : .defect, "template \(error)",
        advice: isOwn ? "compare it with the built-in template of this name" : nil)
    }
  }

  /// What the templates see, without style sheet and script. `json()` shows it.
  package static func pageModel(_ evaluation: Evaluation) -> TemplateValue {
    PageBuilder(evaluation, mentionsChartFiles: true).model()
  }

  /// Every printed page says which report it is a page of.
  private static func paper(_ evaluation: Evaluation) -> String {
    var name = ""
    for scalar in VisibleText.of("\(evaluation.title) · \(PageBuilder.reportID(evaluation))").unicodeScalars {
      // What would end the text, or the element around the style sheet.
      let isPlain = scalar != "\"" && scalar != "\\" && scalar != "<" && scalar.value >= 32
      name += isPlain ? String(scalar) : "\\" + String(scalar.value, radix: 16) + " "
    }
    return "@page{@bottom-left{content:\"\(name)\"}}\n"
  }

  /// The same as JSON, UTF-8, for those who write templates (Documentation/Templates.md), with what those of the model
  /// card see as its member `card`.
  ///
  /// - Throws: as `modelCard`.
  package static func context(_ evaluation: Evaluation, options: ReportOptions) throws(Failure) -> [UInt8] {
    let model = PageBuilder(evaluation, mentionsChartFiles: options.writesCharts).model()
    guard case .object(var members) = model else { throw Failure(.defect, "the page model is no object") }
    members["card"] = try cardModel(evaluation, templates: options.templates)
    return Array((TemplateValue.object(members).json() + "\n").utf8)
  }

  private static func sources(_ options: ReportOptions) -> [String: String] {
    EmbeddedTemplates.sources.merging(options.templates) { _, own in own }
  }

  private static func allParts(of evaluation: Evaluation) -> [String] {
    ["report/report", "report/slices"] + parts(of: evaluation) + ["report/brand"]
  }

  /// Parts that not every page has, which bring their own style sheet, script or both.
  private static func parts(of evaluation: Evaluation) -> [String] {
    (evaluation.judgement == nil ? [] : ["report/gate"])
      + (evaluation.explanation == nil ? [] : ["report/why"])
      + (evaluation.lab == nil ? [] : ["report/lab"])
      + (evaluation.measures == nil ? [] : ["report/measures"])
      + (evaluation.preset == nil ? [] : ["report/preset"])
  }

  /// The scripts of a part: one, or pieces that are one function in this order, some of them of several files. A user's
  /// one stands in for all pieces.
  private static func files(
    ofPart part: String, in sources: [String: String], _ task: TaskKind
  ) -> [[String]] {
    let whole = part + ".js"
    guard part == "report/slices", sources[whole] == nil else {
      return sources[whole] == nil ? [] : [[whole]]
    }
    // Numbers follow from outcomes, where a task has them.
    let numbers =
      task == .binary
      ? ["data", "counts", "columns", "bound", "weigh"] : ["data", "among", "columns", "weigh"]
    return ([numbers] + ["names", "state", "filter", "table", "address", "panel", "acts"].map { [$0] }).map {
      $0.map { "\(part)-\($0).js" }
    }
  }

  /// A piece without comments and blanks; files of a user's own as they are.
  private static func piece(_ files: [String], _ sources: [String: String], own: [String: String]) -> String {
    guard files.contains(where: { own[$0] != nil }) else {
      return ScriptText.stripped(files.map { sources[$0] ?? "" }.joined())
    }
    return files.map { own[$0] ?? ScriptText.stripped(sources[$0] ?? "") }.joined()
  }

  /// Style sheet and script of all parts.
  ///
  /// - Parameters:
  ///   - own: the user's templates, which are left as they are
  ///   - paper: rules that come before the parts'
  ///   - task: what the page is about
  static func texts(
    _ sources: [String: String], parts: [String], own: [String: String], paper: String = "",
    task: TaskKind = .binary
  ) throws(Failure) -> (style: String, script: String) {
    let sheets = parts.map { $0 + ".css" }.filter { sources[$0] != nil }
    let scripts = parts.map { files(ofPart: $0, in: sources, task) }
    let style = Palette.stylesheet + paper + sheets.map { sources[$0] ?? "" }.joined()
    let script =
      "(() => {\n'use strict';\n"
      + scripts.map { files in
        let text = files.map { piece($0, sources, own: own) }.joined()
        return files.count > 1 ? "(() => {\n\(text)})();\n" : text
      }.joined() + "})();\n"
    for (name, text, end) in [
      (PageBuilder.listed(sheets), style, "</style"),
      (PageBuilder.listed(scripts.flatMap { $0.flatMap { $0 } }), script, "</script"),
    ]
    where text.lowercased().contains(end) {
      throw Failure(
        .data, "template \(name) contains “\(end)”, which would end its element", advice: "remove it")
    }
    return (style, script)
  }

  /// What the page has of them, with the policy that admits exactly them.
  static func assets(
    _ texts: (style: String, script: String), _ place: ReportOptions.Assets
  ) throws(Failure) -> TemplateValue {
    var (scripts, styles) = ("'self'", "'self'")
    if place == .inline {
      guard let style = Digest.policySource(texts.style), let script = Digest.policySource(texts.script)
      else {
        throw Failure(.defect, "libcrypto has no SHA-256")
      }
      (scripts, styles) = (script, style)
    }
    let policy =
      "default-src 'none'; script-src \(scripts); style-src \(styles); img-src data:; "
      + "base-uri 'none'; form-action 'none'"
    let isInline = place == .inline
    return [
      "policy": .markup(policy), "isSplit": .bool(!isInline), "style": .markup(isInline ? texts.style : ""),
      "script": .markup(isInline ? texts.script : ""),
    ]
  }
}
