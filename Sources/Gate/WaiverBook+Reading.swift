import Results
import Settings

extension WaiverBook {
  private static let keys = ["check", "slice", "accepted", "owner", "reason", "created", "expires"]

  /// Reads a JSON5 file `{ waivers: [{ check, slice, accepted, owner, reason, created, expires }] }`.
  ///
  /// - Parameters:
  ///   - name: what to call the file in messages
  ///   - maximumDays: the longest that a waiver may run
  /// - Throws: a `data` failure that names file, line and key.
  package init(
    text: [UInt8], name: String, source: Judgement.Source, asOf: Day, maximumDays: Int
  ) throws(Failure) {
    var parser = SettingsText(text, name: name)
    let document = Setting(try parser.document(), place: name, kind: .data)
    let places = Places(name: name, lines: parser.lines)
    let members = try places.members(of: document, path: "", known: ["waivers", "note"], as: "waiver file")
    guard let list = members["waivers"], case .array(let elements) = list.value else {
      throw Failure(
        .data, "\(name): there is no list of waivers",
        advice: "Write { waivers: [ … ] }; an empty list is fine.")
    }
    self.init(source: source, asOf: asOf, entries: [])
    for (index, element) in elements.enumerated() {
      let path = "waivers[\(index)]"
      let setting = Setting(element, place: places.place(path), kind: .data)
      let members = try places.members(of: setting, path: path, known: Self.keys, as: "waiver")
      entries.append(try Self.entry(members, path, places, asOf, maximumDays))
    }
  }

  private static func entry(
    _ members: [String: Setting], _ path: String, _ places: Places, _ asOf: Day, _ maximumDays: Int
  ) throws(Failure) -> Entry {
    func setting(_ key: String) throws(Failure) -> Setting {
      guard let setting = members[key] else {
        throw Failure(
          .data, "\(places.place(path)): the waiver has no “\(key)”",
          advice: "A waiver says \(keys.joined(separator: ", ")).")
      }
      return setting
    }
    func day(_ key: String) throws(Failure) -> Day {
      let setting = try setting(key)
      guard let day = Day(try setting.text()) else {
        throw setting.failure(expected: "a day, as \"2026-03-01\"")
      }
      return day
    }
    func words(_ key: String) throws(Failure) -> String {
      let setting = try setting(key)
      let text = try setting.text()
      guard text.contains(where: { !$0.isWhitespace }) else { throw setting.failure(expected: "some text") }
      return text
    }
    let (created, expires) = (try day("created"), try day("expires"))
    let place = places.place("\(path).expires")
    guard created <= asOf else {
      throw Failure(
        .data,
        "\(places.place("\(path).created")): \(created.text) lies after \(asOf.text), the day of this run",
        advice: "Correct the date, or judge by a later day with --as-of.")
    }
    guard expires >= created else {
      throw Failure(.data, "\(place): \(expires.text) lies before the day the waiver was created")
    }
    let days = expires.number - created.number
    guard days <= maximumDays else {
      throw Failure(
        .data, "\(place): the waiver runs for \(days) days, and the policy allows \(maximumDays)",
        advice: "Let it expire sooner, or raise maximum_waiver_days in the policy.")
    }
    let slice = try words("slice")
    let record = WaiverRecord(
      check: try words("check"), slice: slice,
      accepted: try setting("accepted").number({ _ in true }, "the worst value that is accepted, a number"),
      owner: try words("owner"), reason: try words("reason"), created: created.text, expires: expires.text,
      age: asOf.number - created.number, remaining: expires.number - asOf.number, status: .unmatched,
      line: places.line(path))
    return Entry(record: record, selector: Selector(slice), isExpired: expires < asOf)
  }
}
