/// The report's templates, style sheets and scripts: the files of /Templates, compiled in by the plugin.
///
/// `sources` holds their texts by name: `report/page` for `report/page.mustache`, `assets/report.css` as it is.
///
/// The link `Templates` beside this file is why a build notices a file that was added: SwiftPM plans anew when something
/// appears in a target's own folder, and looks nowhere else.
package enum EmbeddedTemplates {}
