import Foundation

/// A day of the calendar, by its ISO 8601 date.
package struct Day: Sendable, Equatable, Comparable {
  /// Days since 1970-01-01.
  let number: Int

  /// - Parameter text: `2026-03-01`
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], text.utf8.allSatisfy({ $0 == 45 || (48...57).contains($0) }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    let components = DateComponents(year: year, month: month, day: day)
    guard let date = Self.calendar.date(from: components),
      Self.calendar.dateComponents([.year, .month, .day], from: date) == components
    else { return nil }
    number = Self.number(of: date)
  }

  /// The day of a moment, in universal time.
  package init(_ date: Date) { number = Self.number(of: date) }

  package var text: String {
    let date = Date(timeIntervalSince1970: Double(number) * 86_400)
    return date.formatted(.iso8601.year().month().day())
  }

  package static func < (a: Day, b: Day) -> Bool { a.number < b.number }

  private static func number(of date: Date) -> Int {
    Int((date.timeIntervalSince1970 / 86_400).rounded(.down))
  }

  private static let calendar: Calendar = {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = .gmt
    return calendar
  }()
}
