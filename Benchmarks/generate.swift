// Writes a large table of predictions to measure with: generate ROWS > data.csv
//
// Every row is drawn from its own number alone, so a longer table starts with the shorter one. Base rates,
// the model's error and the mix of groups depend on each other as they do in real data: regions differ
// in who lives there, occupation follows sex and education, and the model is worse for some groups.

import Glibc

/// Random draws of one row (Steele, Lea & Flood 2014, SplitMix64, started at a hash of the row).
struct Draws {
  private var state: UInt64

  init(row: UInt64) { state = Draws.mix(row &+ 20_240_607) }

  mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Draws.mix(state)
  }

  /// In [0, 1).
  mutating func uniform() -> Double { Double(bits() >> 11) * 0x1p-53 }

  /// Two independent standard normal values (Box and Muller 1958).
  mutating func normals() -> (Double, Double) {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    let angle = 2 * Double.pi * uniform()
    return (radius * cos(angle), radius * sin(angle))
  }

  /// An index with probability proportional to its weight.
  mutating func index(_ cumulative: [Double]) -> Int {
    let wanted = uniform() * (cumulative.last ?? 0)
    return cumulative.firstIndex { wanted < $0 } ?? cumulative.count - 1
  }

  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

func cumulative(_ weights: [Double]) -> [Double] {
  var sum = 0.0
  return weights.map { weight in
    sum += weight
    return sum
  }
}

func twoDigits(_ prefix: String, _ count: Int) -> [[UInt8]] {
  (1...count).map { Array((prefix + ($0 < 10 ? "0" : "") + String($0)).utf8) }
}

/// Text of numbers with a fixed number of decimals.
struct RowWriter {
  private(set) var bytes: [UInt8] = []

  mutating func clear() { bytes.removeAll(keepingCapacity: true) }
  mutating func text(_ value: [UInt8]) { bytes.append(contentsOf: value) }
  mutating func comma() { bytes.append(0x2C) }

  mutating func number(_ value: Double, decimals: Int) {
    var scale = 1
    for _ in 0..<decimals { scale *= 10 }
    let scaled = Int((value * Double(scale)).rounded())
    if scaled < 0 { bytes.append(0x2D) }
    digits(abs(scaled) / scale, atLeast: 1)
    if decimals > 0 {
      bytes.append(0x2E)
      digits(abs(scaled) % scale, atLeast: decimals)
    }
  }

  private mutating func digits(_ value: Int, atLeast width: Int) {
    var divisor = 1
    for _ in 1..<max(width, 1) { divisor *= 10 }
    while value / divisor > 9 { divisor *= 10 }
    while divisor > 0 {
      bytes.append(0x30 + UInt8(value / divisor % 10))
      divisor /= 10
    }
  }

  mutating func endRow(flushing: Bool) {
    bytes.append(0x0A)
    if flushing || bytes.count > 1 << 20 {
      var rest = bytes[...]
      while !rest.isEmpty {
        let written = rest.withContiguousStorageIfAvailable { Glibc.write(1, $0.baseAddress, $0.count) } ?? -1
        guard written > 0 else {
          perror("generate")
          exit(73)
        }
        rest = rest.dropFirst(written)
      }
      clear()
    }
  }
}

struct Population {
  let sexes = ["Female", "Male"].map { Array($0.utf8) }
  let races = ["White", "Black", "Hispanic", "Asian", "Other"].map { Array($0.utf8) }
  let ages = ["18-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75-84", "85+"].map { Array($0.utf8) }
  let regions = twoDigits("region_", 50)
  let occupations = twoDigits("occ_", 15)
  let educations = twoDigits("edu_", 16)
  let stores = (1...1000).map { Array("store_\($0)".utf8) }

  let byRegion = cumulative((1...50).map { 1 / Double($0 + 4) })
  let byAge = cumulative([11, 18, 17, 16, 16, 13, 7, 2])
  let byRace: [[Double]] = (0..<50).map { region in
    let turn = Double(region % 7)
    return cumulative([62 - 4 * turn, 8 + 3 * turn, 14 + turn, 6 + turn / 2, 3])
  }
  let byEducation: [[Double]] = (0..<40).map { group in
    let centre = 8.5 + Double(group % 5 == 0 ? 1 : group % 5 == 3 ? 2 : 0) - abs(Double(group / 5) - 3) / 2
    return cumulative((0..<16).map { exp(-pow(Double($0) - centre, 2) / 18) })
  }
  let byOccupation: [[Double]] = (0..<32).map { group in
    let centre = Double(group / 2) * 0.8 + (group % 2 == 0 ? 2 : 0)
    return cumulative((0..<15).map { 0.02 + exp(-pow(Double($0) - centre, 2) / 12) })
  }

  func write(row: UInt64, to writer: inout RowWriter) {
    var draws = Draws(row: row)
    let region = draws.index(byRegion)
    let race = draws.index(byRace[region])
    let sex = draws.uniform() < 0.47 ? 0 : 1
    let age = draws.index(byAge)
    let education = draws.index(byEducation[age * 5 + race])
    let occupation = draws.index(byOccupation[education * 2 + sex])
    // Twenty stores a region.
    let store = region * 20 + Int(draws.uniform() * 20)
    let (first, second) = draws.normals()
    let (third, fourth) = draws.normals()
    let (noise, spread) = draws.normals()

    let truth =
      -2.1 + 0.45 * Double(sex) + [0.2, -0.4, -0.3, 0.3, -0.2][race] + 0.16 * Double(education - 8)
      + 0.06 * Double(occupation - 7) - 0.12 * pow(Double(age) - 3.5, 2) / 2 + 0.9 * first + 0.6 * second
      - 0.5 * third
    let isPositive = draws.uniform() < 1 / (1 + exp(-truth))
    // The model knows less of the small groups, and leans against one of them.
    let error = [0.5, 0.9, 0.8, 0.6, 1.2][race] * noise - (race == 1 ? 0.25 : 0)
    let score = 1 / (1 + exp(-(truth + error)))

    writer.text([isPositive ? 0x31 : 0x30])
    writer.comma()
    writer.number(min(max(score, 1e-7), 1 - 1e-7), decimals: 7)
    writer.comma()
    writer.number(0.2 + exp(0.5 * spread), decimals: 4)
    let categories = [
      sexes[sex], races[race], ages[age], regions[region], occupations[occupation], educations[education],
      stores[store],
    ]
    for category in categories {
      writer.comma()
      writer.text(category)
    }
    for value in [first, second, third, fourth, 10 * abs(first + fourth), 40 + 12 * fourth] {
      writer.comma()
      writer.number(value, decimals: 4)
    }
  }
}

func generate(rows: UInt64) {
  let population = Population()
  var writer = RowWriter()
  let header =
    "label,score,weight,sex,race,age_bucket,region,occupation,education,store,balance,tenure,debt,visits,distance,hours"
  writer.text(Array(header.utf8))
  writer.endRow(flushing: false)
  for row in 1...rows {
    population.write(row: row, to: &writer)
    writer.endRow(flushing: row == rows)
  }
}

guard CommandLine.arguments.count == 2, let rows = UInt64(CommandLine.arguments[1]), rows > 0 else {
  print("usage: generate ROWS > data.csv")
  exit(64)
}
generate(rows: rows)
