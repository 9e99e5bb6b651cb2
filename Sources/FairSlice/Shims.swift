// To be deleted when Report brings its own `ReportWriter` and `ReportOptions`, with the same names.
import Results

struct ReportOptions: Sendable {
  var templates: [String: String]
  var writesCharts: Bool
}

enum ReportWriter {
  static func html(_ evaluation: Evaluation, options: ReportOptions) throws(Failure) -> [UInt8] {
    Array("<!DOCTYPE html><title>\(evaluation.slices.count) slices</title>\n".utf8)
  }

  static func chartFiles(_ evaluation: Evaluation) throws(Failure) -> [(path: String, bytes: [UInt8])] { [] }
}
