import Foundation
import Results

/// Where a model answers.
struct ServerAddress: Sendable {
  let url: URL
  /// For messages: credentials and queries are refused, so there is nothing to hide.
  var shown: String { url.absoluteString }

  /// - Throws: `data` for what is no address, or one with a user, a query or a fragment.
  init(_ text: String, _ kind: ServerScorer.Kind, model: String, version: String?) throws(Failure) {
    guard var parts = URLComponents(string: text), ["http", "https"].contains(parts.scheme?.lowercased()),
      parts.host?.isEmpty == false, (1...65_535).contains(parts.port ?? 80)
    else {
      throw Failure(
        .data, "the address of the prediction server is none", advice: "Give one such as http://host:8080.")
    }
    guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil else {
      throw Failure(
        .data,
        "the address of the prediction server \(parts.host ?? "") holds a user, a password, a query or a fragment",
        advice: "Give the address alone, and a token through an environment variable.")
    }
    var path = parts.percentEncodedPath
    while path.hasSuffix("/") { path.removeLast() }
    guard let name = Self.segment(model), let version = version.map(Self.segment) ?? "" else {
      throw Failure(.data, "a model on a server needs a name, and its version one if it is given")
    }
    path += kind == .kserve ? "/v2/models/\(name)" : "/v1/models/\(name)"
    if !version.isEmpty { path += "/versions/\(version)" }
    parts.percentEncodedPath = path + (kind == .kserve ? "/infer" : ":predict")
    guard let url = parts.url else {
      throw Failure(.data, "the address of the prediction server is none")
    }
    self.url = url
  }

  private static func segment(_ name: String) -> String? {
    var allowed = CharacterSet.urlPathAllowed
    allowed.remove(charactersIn: "/:;?#")
    guard !name.isEmpty, name != ".", name != ".." else { return nil }
    return name.addingPercentEncoding(withAllowedCharacters: allowed)
  }
}
