import Results

/// The known name that is nearest to one that is not known, if any is near enough to be meant.
public func nearestName(to name: String, among known: [String]) -> String? {
  Suggestion.nearest(to: name, among: known)
}
