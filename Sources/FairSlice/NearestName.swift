import Results

/// The known name that is nearest to one that is not known, if any is near enough to be meant.
///
/// - Parameters:
///   - name: what was said
///   - known: what could have been meant; of equally near ones the first is
/// - Returns: nil where all are farther than a third of the longer name
/// - Complexity: O(|name| · characters of `known`)
public func nearestName(to name: String, among known: [String]) -> String? {
  Suggestion.nearest(to: name, among: known)
}
