import Testing

/// Starts one driver with one browser for a suite, and ends them with it.
struct BrowserTrait: SuiteTrait, TestScoping {
  /// The window that the tests of the suite share, one after the other.
  @TaskLocal static var browser: Browser?
  @TaskLocal static var driver: Driver?

  func scopeProvider(for test: Test, testCase: Test.Case?) -> Self? { self }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    guard Self.browser == nil, Driver.isPresent || Driver.isRequired else { return try await function() }
    let driver = try Driver()
    defer {
      driver.stop()
      Pages.remove()
    }
    let browser = try Browser(driver)
    defer { browser.close() }
    try await Self.$driver.withValue(driver) {
      try await Self.$browser.withValue(browser) { try await function() }
    }
  }
}

extension Trait where Self == BrowserTrait {
  static var browser: Self { Self() }
}

/// Tests in a real browser, one at a time. Where there is none they are skipped, unless `FAIRSLICE_BROWSER` is
/// `required`.
@Suite(
  .serialized, .browser,
  .enabled(
    if: Driver.isPresent || Driver.isRequired, "needs chromium and chromedriver (Debian: chromium-driver)"))
enum BrowserSuite {
  /// The browser in these circumstances, its logs emptied.
  static func browser(_ circumstances: Browser.Circumstances = .init()) throws -> Browser {
    let browser = try #require(BrowserTrait.browser)
    try browser.open("about:blank")
    try browser.set(circumstances)
    _ = try browser.log(.performance)
    _ = try browser.log(.browser)
    return browser
  }
}
