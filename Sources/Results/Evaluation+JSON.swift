extension Evaluation {
  /// Name of the stored form, its first member.
  package static let schemaName = "fairslice-evaluation"

  /// The stored form (Documentation/evaluation.schema.json): columnar, one line a column, the same bytes
  /// for the same evaluation. Complexity: O(slices · metrics + gaps).
  package func json() -> [UInt8] {
    var writer = JSONWriter()
    writer.object { document in
      document.member("schema") { $0.string(Self.schemaName) }
      document.member("version") { $0.integer(Self.schemaVersion) }
      writeHeader(to: &document)
      document.member("metrics") { list in
        list.array { for entry in metrics { $0.element { entry.write(to: &$0) } } }
      }
      document.member("families") { list in
        list.array { for family in families { $0.element { family.write(to: &$0) } } }
      }
      document.member("slices") { slices.write(to: &$0, suppression: suppression) }
      document.member("estimates") { list in
        list.array { array in
          for (entry, columns) in zip(metrics, estimates) {
            array.element { $0.object { columns.writeMembers(metric: entry.id, to: &$0) } }
          }
        }
      }
      document.member("gaps") { Gap.write(gaps, to: &$0) }
      document.member("curves") { if let curves { curves.write(to: &$0) } else { $0.null() } }
      document.member("calibration") {
        if let calibration { calibration.write(to: &$0, isWithheld: withholdsBin) } else { $0.null() }
      }
      document.member("paired") { if let paired { paired.write(to: &$0) } else { $0.null() } }
      if let explanation { document.member("explanations") { explanation.write(to: &$0) } }
      if let judgement { document.member("gate") { judgement.write(to: &$0) } }
      if let lab { document.member("lab") { lab.write(to: &$0) } }
      if let card { document.member("card") { card.write(to: &$0) } }
      if let measures { document.member("measures") { measures.write(to: &$0) } }
      if let preset { document.member("preset") { preset.write(to: &$0) } }
      if let spreads { document.member("spreads") { spreads.write(to: &$0) } }
      if !unitCorrelations.isEmpty {
        document.member("unit_correlations") { unitCorrelations.write(to: &$0) }
      }
      if let details { document.member("details") { details.write(to: &$0) } }
      if let suppression { document.member("suppression") { suppression.write(to: &$0) } }
    }
    return writer.bytes
  }

  private func writeHeader(to document: inout JSONWriter) {
    document.member("producer") { producer.write(to: &$0) }
    document.member("title") { $0.string(title) }
    document.member("task") { $0.string(task.rawValue) }
    document.member("level") { $0.number(level) }
    document.member("seed") { $0.unsigned(seed) }
    document.member("bootstrap_replicates") { $0.integer(bootstrapReplicates) }
    document.member("roles") { roles.write(to: &$0) }
    document.member("inputs") { list in
      list.array { for input in inputs { $0.element { input.write(to: &$0) } } }
    }
    document.member("rejections") { rejections.write(to: &$0) }
    document.member("configuration") { writeConfiguration(to: &$0) }
    document.member("notes") { list in
      list.array { for note in notes { $0.element { $0.string(note) } } }
    }
  }

  /// The configuration as an object, so that other programs can look into it; as text where it is not
  /// canonical JSON and would not read back the same.
  private func writeConfiguration(to writer: inout JSONWriter) {
    if let value = JSONValue(parsing: configuration), case .object = value,
      value.canonicalText == configuration
    {
      value.write(to: &writer)
    } else {
      writer.string(configuration)
    }
  }
}

extension JSONWriter {
  mutating func optional(_ name: String, _ value: String?) {
    member(name) { if let value { $0.string(value) } else { $0.null() } }
  }

  mutating func optional(_ name: String, _ value: Int?) {
    member(name) { if let value { $0.integer(value) } else { $0.null() } }
  }
}

extension Producer {
  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("name") { $0.string(name) }
      $0.member("version") { $0.string(version) }
    }
  }
}

extension Roles {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.optional("label", label)
      object.member("positive") { $0.string(positive) }
      object.optional("score", score)
      object.member("score_is_probability") { $0.bool(scoreIsProbability) }
      object.optional("decision", decision)
      object.member("threshold") { $0.number(threshold ?? .nan) }
      object.member("threshold_is_strict") { $0.bool(thresholdIsStrict) }
      object.optional("weight", weight)
      object.optional("unit", unit)
      object.optional("baseline", baseline)
      if let query { object.member("query") { $0.string(query) } }
      if let units { object.member("units") { $0.integer(units) } }
      if let classes { object.member("classes") { $0.strings(classes) } }
    }
  }
}

extension InputRecord {
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("name") { $0.string(name) }
      object.member("format") { $0.string(format) }
      object.member("sha256") { $0.string(sha256) }
      object.member("bytes") { $0.integer(bytes) }
      object.member("rows_read") { $0.integer(rowsRead) }
      object.member("rows_rejected") { $0.integer(rowsRejected) }
    }
  }
}

extension Rejections {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("count") { $0.integer(count) }
      object.member("listed") { list in
        list.array { array in
          for row in listed {
            array.element {
              $0.object {
                $0.member("line") { $0.integer(row.line) }
                $0.member("column") { $0.string(row.column) }
                $0.member("text") { $0.string(row.text) }
                $0.member("reason") { $0.string(row.reason) }
              }
            }
          }
        }
      }
    }
  }
}

extension MetricEntry {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("id") { $0.string(id) }
      object.member("name") { $0.string(name) }
      object.member("symbol") { $0.string(symbol) }
      object.member("formula") { $0.string(formula) }
      object.member("kind") { $0.string(kind.rawValue) }
      object.member("direction") { $0.string(direction.rawValue) }
      object.member("denominator") { $0.string(denominator) }
      object.optional("interval", interval)
      object.optional("class_label", classLabel)
      object.member("k") { if let k { $0.integer(k) } else { $0.null() } }
    }
  }
}
