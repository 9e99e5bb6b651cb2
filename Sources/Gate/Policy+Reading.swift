import Foundation
import Metrics
import Results
import Settings

extension Policy {
  enum Key: String, CaseIterable {
    case note, checks, level, inconclusive, correction, ratchet, seed
    case minimumRows = "minimum_n"
    case minimumPositives = "minimum_positives"
    case minimumShare = "minimum_share"
    case belowMinimum = "below_minimum"
    case maximumWaiverDays = "maximum_waiver_days"
  }

  /// Reads a JSON5 policy.
  ///
  /// - Parameters:
  ///   - text: the bytes of the file
  ///   - name: what to call it in messages
  ///   - source: what to call it in the verdict
  ///   - own: metrics that no catalogue has
  /// - Throws: a `data` failure that names file, line, key and what is expected there.
  package init(
    text: [UInt8], name: String, source: Judgement.Source, own: [Metric] = []
  ) throws(Failure) {
    var parser = SettingsText(text, name: name)
    let document = try parser.document()
    try self.init(
      Setting(document, place: "\(name)", kind: .data), lines: parser.lines, path: "", name: name,
      source: source, own: own)
  }

  /// - Parameters:
  ///   - lines: the line on which each value begins, by path
  ///   - path: of the policy in its file: empty, or `gate`
  package init(
    _ setting: Setting, lines: [String: Int], path: String, name: String, source: Judgement.Source,
    own: [Metric] = []
  ) throws(Failure) {
    let places = Places(name: name, lines: lines)
    let members = try places.members(
      of: setting, path: path, known: Key.allCases.map(\.rawValue), as: "policy")
    self.init(source: source, checks: [])
    var minimum = Minimum()
    for key in Key.allCases {
      if let value = members[key.rawValue] { try set(key, to: value, minimum: &minimum) }
    }
    guard let list = members["checks"], case .array(let elements) = list.value, !elements.isEmpty else {
      throw Failure(
        .data, "\(places.place(path)): the policy has no checks",
        advice:
          "Add at least one: checks: [{ id: \"tpr-gap\", gap: \"equal_opportunity\", slices: \"sex\", max: 0.05 }]."
      )
    }
    let defaults = CheckReader.Defaults(level: level, minimum: minimum)
    for (index, element) in elements.enumerated() {
      let step = (path.isEmpty ? "" : path + ".") + "checks[\(index)]"
      let reader = try CheckReader(element, path: step, places: places, defaults: defaults, own: own)
      let check = try reader.check()
      if let other = checks.first(where: { $0.id == check.id }) {
        throw Failure(
          .data,
          "\(places.place(step)): there are two checks “\(check.id)”"
            + (other.line.map { "; the other is on line \($0)" } ?? ""),
          advice: "Give each check an id of its own; waivers name checks by it.")
      }
      checks.append(check)
    }
  }

  private mutating func set(_ key: Key, to value: Setting, minimum: inout Minimum) throws(Failure) {
    switch key {
    case .level: level = try value.number({ $0 > 0.5 && $0 < 1 }, "a number between 0.5 and 1, as 0.95")
    case .inconclusive: folding = try value.choice(Judgement.Folding.allCases)
    case .correction: correction = try value.choice(Judgement.Correction.allCases)
    case .ratchet: isRatchet = try value.bool()
    case .seed: seed = try value.unsigned()
    case .maximumWaiverDays:
      maximumWaiverDays = try value.integer(1...3660, "a number of days from 1 to 3660")
    case .minimumRows, .minimumPositives, .minimumShare, .belowMinimum:
      try minimum.set(key.rawValue, to: value)
    case .note: _ = try value.text()
    case .checks: break
    }
  }
}

/// What becomes of groups below the minimum.
enum BelowMinimum: String, CaseIterable { case inconclusive, exclude }

extension Minimum {
  /// Sets one of the keys that policies and checks share.
  mutating func set(_ key: String, to value: Setting) throws(Failure) {
    switch key {
    case "minimum_n": rows = try value.integer(1...Int.max, "a whole number from 1")
    case "minimum_positives": positives = try value.integer(0...Int.max, "a whole number from 0")
    case "minimum_share": share = try value.number({ $0 >= 0 && $0 < 1 }, "a share from 0 up to 1, as 0.02")
    case "below_minimum": excludesSmaller = try value.choice(BelowMinimum.allCases) == .exclude
    default: break
    }
  }
}

/// Where the values of a file stand, for messages.
struct Places {
  let name: String
  let lines: [String: Int]

  func line(_ path: String) -> Int? { lines[path] }

  /// `policy.json5:12: checks[0].min`
  func place(_ path: String) -> String {
    let line = lines[path].map { ":\($0)" } ?? ""
    return path.isEmpty ? name : "\(name)\(line): \(path)"
  }

  /// The members of an object by name.
  ///
  /// - Throws: a failure for what is no object, and for a member that is not known, with the nearest one.
  func members(
    of setting: Setting, path: String, known: [String], as what: String
  ) throws(Failure) -> [String: Setting] {
    guard case .object(let members) = setting.value else {
      throw Failure(.data, "\(place(path)): expected a \(what) in { }, found \(setting.value.kind)")
    }
    var result: [String: Setting] = [:]
    for member in members {
      let own = path.isEmpty ? member.name : "\(path).\(member.name)"
      guard known.contains(member.name) else {
        throw Failure(
          .data, "\(place(own)): “\(member.name)” is not a key of a \(what)",
          advice: Suggestion.nearest(to: member.name, among: known).map { "Did you mean “\($0)”?" }
            ?? "The keys are: \(known.joined(separator: ", ")).")
      }
      guard member.value != .null else { continue }
      result[member.name] = Setting(member.value, place: place(own), kind: .data)
    }
    return result
  }
}
