import Foundation
import Testing

/// One window of a real browser.
final class Browser: Sendable {
  private let driver: Driver
  private let path: String

  /// - Parameter arguments: the browser's, beside those that every test needs
  init(_ driver: Driver, arguments: [String] = []) throws {
    self.driver = driver
    let always = [
      "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars",
      "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
      "--disable-default-apps", "--disable-extensions", "--force-color-profile=srgb",
      "--force-device-scale-factor=1", "--lang=en-US",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]
    let options: [String: Any] = ["binary": Driver.browser ?? "", "args": always + arguments]
    let session = try driver.send(
      "POST", "/session",
      [
        "capabilities": [
          "alwaysMatch": [
            "goog:chromeOptions": options,
            "goog:loggingPrefs": ["performance": "ALL", "browser": "ALL"],
            "timeouts": ["script": 170_000, "pageLoad": 120_000],
          ]
        ]
      ])
    let id = try #require((session as? [String: Any])?["sessionId"] as? String)
    path = "/session/\(id)"
  }

  func close() { _ = try? driver.send("DELETE", path) }

  @discardableResult
  func command(_ method: String, _ name: String, _ body: [String: Any] = [:]) throws -> Any {
    try driver.send(method, path + "/" + name, method == "POST" ? body : nil)
  }

  /// A command of the developer tools' protocol.
  @discardableResult
  func tools(_ name: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    try command("POST", "goog/cdp/execute", ["cmd": name, "params": parameters]) as? [String: Any] ?? [:]
  }

  // MARK: Pages

  func open(_ url: String) throws { try command("POST", "url", ["url": url]) }

  /// Opens a page as on a fresh start: a leap to a fragment of the page that is open would not load it.
  func open(_ page: URL, fragment: String = "") throws {
    try open("about:blank")
    try open(page.absoluteString + fragment)
  }

  func back() throws { try command("POST", "back") }

  /// Runs a function's body in the page; its arguments are `arguments[0]`, ….
  @discardableResult
  func run(_ script: String, _ arguments: [Any] = []) throws -> Any {
    try command("POST", "execute/sync", ["script": script, "args": arguments])
  }

  func text(_ script: String, _ arguments: [Any] = []) throws -> String {
    try #require(try run(script, arguments) as? String)
  }

  func texts(_ script: String, _ arguments: [Any] = []) throws -> [String] {
    try #require(try run(script, arguments) as? [String])
  }

  func number(_ script: String, _ arguments: [Any] = []) throws -> Double {
    try #require((try run(script, arguments) as? NSNumber)?.doubleValue)
  }

  func flag(_ script: String, _ arguments: [Any] = []) throws -> Bool {
    let value = try run(script, arguments)
    guard let flag = (value as? NSNumber)?.boolValue else {
      throw Driver.Refusal(command: "script", status: 0, message: "no truth value: \(value)")
    }
    return flag
  }

  /// Runs a function's body that may await, and returns what it gives.
  @discardableResult
  func wait(_ script: String, _ arguments: [Any] = []) throws -> Any {
    let wrapped = """
      const done = arguments[arguments.length - 1];
      (async (...args) => { \(script) })(...[...arguments].slice(0, -1))
        .then((value) => done({ value }), (error) => done({ error: String(error && error.stack || error) }));
      """
    let answer =
      try command("POST", "execute/async", ["script": wrapped, "args": arguments]) as? [String: Any]
    if let error = answer?["error"] as? String {
      throw Driver.Refusal(command: "script", status: 0, message: error)
    }
    return answer?["value"] ?? NSNull()
  }

  /// Waits until what was asked for is drawn, and the page has come to rest.
  func settle() throws {
    try wait(
      """
      const frame = () => new Promise((go) => requestAnimationFrame(go));
      for (let still = 0, i = 0; still < 4 && i < 300; i++) {
        const before = scrollY;
        await frame();
        still = scrollY === before ? still + 1 : 0;
      }
      """)
  }

  /// Opens every fold; what is laid out only then is there when this returns.
  func unfold() throws {
    try run("for (const one of document.querySelectorAll('details')) one.open = true;")
    try settle()
  }

  // MARK: Keys, as a hand presses them

  enum Key: String {
    case tab = "\u{E004}"
    case enter = "\u{E007}"
    case escape = "\u{E00C}"
    case alt = "\u{E00A}"
    case left = "\u{E012}"
    case up = "\u{E013}"
    case right = "\u{E014}"
    case down = "\u{E015}"
    case home = "\u{E011}"
    case end = "\u{E010}"
    case pageDown = "\u{E00F}"
  }

  func press(_ key: Key, holding: Key? = nil) throws { try press([key.rawValue], holding: holding) }

  func type(_ text: String) throws { try press(text.map(String.init), holding: nil) }

  private func press(_ keys: [String], holding: Key?) throws {
    var actions = keys.flatMap { [["type": "keyDown", "value": $0], ["type": "keyUp", "value": $0]] }
    if let held = holding?.rawValue {
      actions.insert(["type": "keyDown", "value": held], at: 0)
      actions.append(["type": "keyUp", "value": held])
    }
    try command("POST", "actions", ["actions": [["type": "key", "id": "keys", "actions": actions]]])
  }

  // MARK: Circumstances

  enum Theme: String, CaseIterable { case light, dark }

  struct Circumstances {
    var width = 1400
    var height = 900
    var theme = Theme.light
    var medium = ""
    var hasScript = true
    var hasForcedColors = false
    var hasReducedMotion = false
  }

  func set(_ wanted: Circumstances) throws {
    try tools(
      "Emulation.setDeviceMetricsOverride",
      ["width": wanted.width, "height": wanted.height, "deviceScaleFactor": 1, "mobile": false])
    try tools(
      "Emulation.setEmulatedMedia",
      [
        "media": wanted.medium,
        "features": [
          ["name": "prefers-color-scheme", "value": wanted.theme.rawValue],
          ["name": "forced-colors", "value": wanted.hasForcedColors ? "active" : "none"],
          ["name": "prefers-reduced-motion", "value": wanted.hasReducedMotion ? "reduce" : "no-preference"],
        ],
      ])
    try tools("Emulation.setScriptExecutionDisabled", ["value": !wanted.hasScript])
  }

  // MARK: Records

  enum Log: String { case performance, browser }

  /// What was logged since the last call.
  func log(_ kind: Log) throws -> [String] {
    let entries = try command("POST", "se/log", ["type": kind.rawValue]) as? [[String: Any]] ?? []
    return entries.compactMap { $0["message"] as? String }
  }

  /// Errors, and breaches of the page's policy, since the last call.
  func complaints() throws -> [String] {
    let entries = try command("POST", "se/log", ["type": "browser"]) as? [[String: Any]] ?? []
    return entries.filter { $0["level"] as? String == "SEVERE" }
      .compactMap { $0["message"] as? String }
  }

  /// What of the window is in view, as PNG.
  func screenshot() throws -> Data {
    let shot = try tools("Page.captureScreenshot", ["format": "png"])
    return try #require((shot["data"] as? String).flatMap { Data(base64Encoded: $0) })
  }

  /// The page to its end, as PNG; the height that a picture can have is limited.
  func wholePage() throws -> Data {
    let size = try run("return [document.documentElement.clientWidth, document.documentElement.scrollHeight]")
    let sides = try #require(size as? [Int])
    let clip: [String: Any] = [
      "x": 0, "y": 0, "width": sides[0], "height": min(sides[1], 16_000), "scale": 1,
    ]
    let shot = try tools(
      "Page.captureScreenshot", ["format": "png", "captureBeyondViewport": true, "clip": clip])
    return try #require((shot["data"] as? String).flatMap { Data(base64Encoded: $0) })
  }

  /// The page on paper, as PDF; the page's own style says the size of the sheet.
  func print() throws -> Data {
    let sheet = try tools("Page.printToPDF", ["printBackground": false, "preferCSSPageSize": true])
    return try #require((sheet["data"] as? String).flatMap { Data(base64Encoded: $0) })
  }
}
