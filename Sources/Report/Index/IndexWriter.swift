import ReportTemplates
import Results
import Templating

/// The page over all runs as HTML.
package enum IndexWriter {
  /// One self-contained file, UTF-8, in the style of the report.
  ///
  /// - Throws: `Failure` of kind `data` where a template of the user's does not parse or render.
  package static func html(_ page: IndexPage, options: ReportOptions) throws(Failure) -> [UInt8] {
    let sources = EmbeddedTemplates.sources.merging(options.templates) { _, own in own }
    guard case .object(var members) = page.model() else {
      throw Failure(.defect, "the page model is no object")
    }
    let texts = try ReportWriter.texts(
      sources, parts: ["report/report", "report/gate", "index/index"], own: options.templates)
    members["assets"] = try ReportWriter.assets(texts, .inline)
    let pages = sources.filter { !$0.key.hasSuffix(".css") && !$0.key.hasSuffix(".js") }
    do throws(TemplateError) {
      let library = try TemplateLibrary(sources: pages, strict: true)
      return Array(try library.render("index/page", with: .object(members)).utf8)
    } catch {
      let isOwn = !options.templates.isEmpty
      throw Failure(
        isOwn ? .data : .defect, "template \(error)",
        advice: isOwn ? "compare it with the built-in template of this name" : nil)
    }
  }
}
