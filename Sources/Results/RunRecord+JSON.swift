extension RunRecord {
  /// One line of `runs.jsonl` (Documentation/runs.schema.json), with its line feed. What there is not is left out.
  package func line() -> [UInt8] {
    var writer = JSONWriter(brokenDepth: -1)
    writer.object { document in
      document.member("schema") { $0.string(Self.schemaName) }
      document.member("version") { $0.integer(Self.schemaVersion) }
      document.member("origin") { origin.write(to: &$0) }
      document.member("producer") { producer.write(to: &$0) }
      writeInputs(to: &document)
      document.present("verdict", verdict?.rawValue)
      document.present("exit_code", exitCode)
      document.list("checks", checks) { $0.write(to: &$1) }
      document.list("gaps", gaps) { $0.write(to: &$1) }
      document.member("families_left_out") { $0.integer(familiesLeftOut) }
      document.list("overall", overall) { $0.write(to: &$1) }
    }
    return writer.bytes
  }

  private func writeInputs(to document: inout JSONWriter) {
    document.member("title") { $0.string(title) }
    document.member("task") { $0.string(task.rawValue) }
    document.member("level") { $0.number(level) }
    document.list("inputs", inputs) { $0.write(to: &$1) }
    document.member("rows") { $0.integer(rows) }
    document.member("slices") { $0.integer(slices) }
    document.member("configuration") { $0.string(configuration) }
    for (name, source) in [
      ("policy", policy), ("waivers", waivers), ("baseline", baseline), ("model", model),
    ] {
      if let source { document.member(name) { source.write(to: &$0) } }
    }
    document.present("suppressed_below", suppressedBelow)
  }
}

extension RunRecord.Origin {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("kind") { $0.string(kind.rawValue) }
      object.member("folder") { $0.string(folder) }
      object.present("label", label)
      object.present("date", date)
    }
  }
}

extension RunRecord.Source {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("name") { $0.string(name) }
      object.present("sha256", sha256)
    }
  }
}

extension RunRecord.Input {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("name") { $0.string(name) }
      object.member("sha256") { $0.string(sha256) }
      object.member("rows_read") { $0.integer(rowsRead) }
      object.member("rows_rejected") { $0.integer(rowsRejected) }
    }
  }
}

extension RunRecord.Reading {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.present("value", value)
      object.present("lower", lower)
      object.present("upper", upper)
    }
  }
}

extension RunRecord.Check {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("id") { $0.string(id) }
      object.member("verdict") { $0.string(verdict.rawValue) }
      object.member("counts_as") { $0.string(countsAs.rawValue) }
      object.member("severity") { $0.string(severity.rawValue) }
      object.member("metric") { $0.string(metric) }
      object.member("metric_name") { $0.string(metricName) }
      object.member("kind") { $0.string(kind.rawValue) }
      object.present("comparison", comparison?.rawValue)
      object.member("is_signed") { $0.bool(isSigned) }
      object.member("scope") { $0.string(scope.rawValue) }
      object.present("minimum", minimum)
      object.present("maximum", maximum)
      object.present("allowed_groups", allowedGroups)
      writeGroups(to: &object)
    }
  }

  private func writeGroups(to object: inout JSONWriter) {
    object.member("groups") { $0.integer(groups) }
    object.member("failed") { $0.integer(failed) }
    object.member("waived") { $0.integer(waived) }
    object.member("inconclusive") { $0.integer(inconclusive) }
    object.present("slice", slice)
    object.present("reference", reference)
    object.present("component", component)
    object.member("reading") { reading.write(to: &$0) }
    object.present("denominator", denominator)
    object.present("reason", reason)
  }
}

extension RunRecord.Gap {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("slices") { $0.string(slices) }
      object.member("gap") { $0.string(gap) }
      object.member("name") { $0.string(name) }
      object.member("component") { $0.string(component) }
      object.present("group", group)
      object.present("reference", reference)
      object.member("reading") { reading.write(to: &$0) }
      object.present("reason", reason)
    }
  }
}

extension RunRecord.Metric {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("metric") { $0.string(metric) }
      object.member("name") { $0.string(name) }
      object.member("direction") { $0.string(direction.rawValue) }
      object.member("kind") { $0.string(kind.rawValue) }
      object.member("reading") { reading.write(to: &$0) }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func present(_ name: String, _ value: String?) {
    if let value { member(name) { $0.string(value) } }
  }

  fileprivate mutating func present(_ name: String, _ value: Int?) {
    if let value { member(name) { $0.integer(value) } }
  }

  fileprivate mutating func present(_ name: String, _ value: Double?) {
    if let value, !value.isNaN { member(name) { $0.number(value) } }
  }

  fileprivate mutating func list<Element>(
    _ name: String, _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void
  ) {
    member(name) { writer in
      writer.array { list in
        for element in elements { list.element { write(element, &$0) } }
      }
    }
  }
}
