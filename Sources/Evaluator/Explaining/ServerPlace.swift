import Models
import Results

/// A prediction server's address taken apart: `https://host/path/v2/models/NAME/versions/3`.
struct ServerPlace: Equatable {
  let url: String
  let kind: ServerScorer.Kind
  let model: String
  let version: String?

  /// The part that names the model, without the host.
  var path: String {
    (kind == .kserve ? "v2" : "v1") + "/models/\(model)" + (version.map { "/versions/\($0)" } ?? "")
  }

  /// - Throws: `data` where the address does not end as those of the two protocols do.
  init(_ text: String) throws(Failure) {
    // Not shown: what stands in such a place is meant to be secret.
    if let secret = text.first(where: { "@?#".contains($0) }) {
      throw Failure(
        .data, "the address of a server holds a “\(secret)”: a user, password or query has no place in it",
        advice: "A bearer token is taken from an environment variable: “token_variable” of “model”.")
    }
    var parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    while parts.last?.isEmpty == true { parts.removeLast() }
    if parts.last == "infer" { parts.removeLast() }
    if let last = parts.last, last.hasSuffix(":predict") {
      parts[parts.count - 1] = String(last.dropLast(":predict".count))
    }
    var version: String?
    if parts.count > 2, parts[parts.count - 2] == "versions" {
      version = parts.last
      parts.removeLast(2)
    }
    let head = parts.suffix(3)
    guard head.count == 3, head[head.startIndex + 1] == "models", let model = parts.last, !model.isEmpty,
      let kind = ["v2": ServerScorer.Kind.kserve, "v1": .tensorflow][head[head.startIndex]]
    else {
      throw Failure(
        .data, "“\(text)” is not the address of a model on a server",
        advice:
          "Write http://host:8080/v2/models/NAME (KServe V2) or http://host:8501/v1/models/NAME (TensorFlow "
          + "Serving).")
    }
    self.url = parts.dropLast(3).joined(separator: "/")
    (self.kind, self.model, self.version) = (kind, model, version)
  }
}
