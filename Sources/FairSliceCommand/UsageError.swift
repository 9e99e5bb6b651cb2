/// A mistake on the command line; the exit status is 64.
struct UsageError: Error, Equatable {
  let message: String
  let advice: String
}
