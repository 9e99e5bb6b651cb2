import Charts
import ChartsCairo
import Results

extension ReportWriter {
  /// Every chart of the page as SVG, PNG (two pixels a CSS pixel) and PDF: path below the output folder, and bytes.
  ///
  /// - Throws: `Failure` where Cairo cannot draw a chart.
  package static func chartFiles(_ evaluation: Evaluation) throws(Failure) -> [(path: String, bytes: [UInt8])]
  {
    let builder = PageBuilder(evaluation, mentionsChartFiles: true)
    let formats: [(ending: String, format: ChartFile.Format)] = [
      ("svg", .svg), ("png", .png(scale: 2)), ("pdf", .pdf),
    ]
    var files: [(path: String, bytes: [UInt8])] = []
    let gate = GatePage(builder)?.figure().map { [$0] } ?? []
    let why = WhyPage(builder)?.figures() ?? []
    let across = AcrossPage(builder).map { [$0.figure()] } ?? []
    let lab = LabPage(builder)?.figures() ?? []
    for figure in gate + across + builder.chapters.flatMap(builder.figures) + lab + why {
      guard let name = figure.fileName else { continue }
      let scene = figure.chart.layout(width: figure.width)
      for (ending, format) in formats {
        let path = "charts/\(name).\(ending)"
        do {
          files.append((path, try ChartFile.render(scene, as: format, heading: figure.heading)))
        } catch {
          throw Failure(.defect, "\(path): \((error as? ChartFileError)?.message ?? "\(error)")")
        }
      }
    }
    return files
  }
}

extension PageBuilder {
  /// All figures of a chapter.
  func figures(_ family: Int) -> [Figure] {
    mainFigures(family, drawnSlices(family)) + heatFigures(family)
      + (evaluation.families[family].features.count == 1 ? scoreFigures(family) : [])
      + (comparedEntries.isEmpty ? [] : [changeFigure(family)])
  }
}
