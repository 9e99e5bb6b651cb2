extension Judgement {
  /// Name of the stored form, its first member.
  package static let schemaName = "fairslice-verdict"

  /// The stored form (Documentation/verdict.schema.json): one item a line, the same bytes for the same
  /// judgement. Complexity: O(items).
  package func json() -> [UInt8] {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.bytes
  }

  /// Appends the judgement as an object, as `json()` and an evaluation's `gate` have it.
  package func write(to writer: inout JSONWriter) {
    writer.broken(levels: 4) { writer in
      writer.object { document in
        document.member("schema") { $0.string(Self.schemaName) }
        document.member("version") { $0.integer(Self.schemaVersion) }
        writeHeader(to: &document)
        document.member("checks") { list in
          list.array { for check in checks { $0.element { check.write(to: &$0) } } }
        }
        document.member("waivers") { list in
          list.array { for waiver in waivers { $0.element { waiver.write(to: &$0) } } }
        }
        document.member("notes") { list in
          list.array { for note in notes { $0.element { $0.string(note) } } }
        }
      }
    }
  }

  private func writeHeader(to document: inout JSONWriter) {
    document.member("producer") { producer.write(to: &$0) }
    document.member("title") { $0.string(title) }
    document.member("verdict") { $0.string(verdict.rawValue) }
    document.member("exit_code") { $0.integer(exitCode) }
    document.member("folding") { $0.string(folding.rawValue) }
    document.member("policy") { policy.write(to: &$0) }
    document.member("baseline") { if let baseline { baseline.write(to: &$0) } else { $0.null() } }
    document.member("waiver_file") { if let waiverFile { waiverFile.write(to: &$0) } else { $0.null() } }
    document.optional("as_of", asOf)
    document.member("alpha") { $0.number(alpha) }
    document.member("correction") { $0.string(correction.rawValue) }
    document.member("inputs") { list in
      list.array { for input in inputs { $0.element { input.write(to: &$0) } } }
    }
    document.member("rows") { $0.integer(rows) }
  }
}

extension Judgement.Source {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("name") { $0.string(name) }
      object.member("sha256") { $0.string(sha256) }
    }
  }
}

extension Judgement.Baseline {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("name") { $0.string(name) }
      object.optional("sha256", sha256)
      object.member("is_paired") { $0.bool(isPaired) }
    }
  }
}

extension CheckResult {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      writeHead(to: &object)
      object.member("items") { list in
        list.array { for item in items { $0.element { item.write(to: &$0) } } }
      }
      object.member("excluded") { list in
        list.array { array in
          for exclusion in excluded {
            array.element {
              $0.object {
                $0.member("group") { $0.string(exclusion.group) }
                $0.member("reason") { $0.string(exclusion.reason) }
              }
            }
          }
        }
      }
    }
  }

  private func writeHead(to object: inout JSONWriter) {
    object.member("id") { $0.string(id) }
    object.member("verdict") { $0.string(verdict.rawValue) }
    object.member("counts_as") { $0.string(countsAs.rawValue) }
    object.member("severity") { $0.string(severity.rawValue) }
    object.optional("reason", reason)
    object.optional("note", note)
    object.optional("line", line)
    object.member("metric") { $0.string(metric) }
    object.member("metric_name") { $0.string(metricName) }
    if let task { object.member("task") { $0.string(task.rawValue) } }
    object.member("kind") { $0.string(kind.rawValue) }
    object.optional("comparison", comparison?.rawValue)
    object.member("is_signed") { $0.bool(isSigned) }
    object.member("scope") { $0.string(scope.rawValue) }
    object.member("slices") { $0.strings(slices) }
    object.member("minimum") { $0.number(minimum ?? .nan) }
    object.member("maximum") { $0.number(maximum ?? .nan) }
    object.optional("allowed_groups", allowedGroups)
    object.member("evidence") { $0.string(evidence.rawValue) }
    object.member("alpha") { $0.number(alpha) }
    object.member("is_ratchet") { $0.bool(isRatchet) }
  }
}

extension CheckItem {
  /// What there is not is left out: ten thousand groups say it ten thousand times.
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("verdict") { $0.string(verdict.rawValue) }
      object.member("slice") { $0.string(slice) }
      object.member("label") { $0.string(label) }
      object.present("slice_index", sliceIndex)
      object.present("reference", reference)
      object.present("reference_label", referenceLabel)
      object.present("reference_index", referenceIndex)
      object.member("component") { $0.string(component) }
      writeNumbers(to: &object)
      object.present("reason", reason)
      object.present("chosen_among", chosenAmong)
      object.present("waiver", waiver)
      if let flips { object.member("flips") { flips.write(to: &$0) } }
    }
  }

  private func writeNumbers(to object: inout JSONWriter) {
    object.present("value", value)
    object.present("lower", lower)
    object.present("upper", upper)
    object.present("group_value", groupValue)
    object.present("reference_value", referenceValue)
    object.member("rows") { isWithheld ? $0.null() : $0.integer(rows) }
    object.member("denominator") { isWithheld ? $0.null() : $0.integer(denominator) }
    object.present("reference_denominator", referenceDenominator)
    object.present("p_beyond", pBeyond)
    object.present("p_within", pWithin)
    object.present("p_beyond_adjusted", pBeyondAdjusted)
    object.present("test", test)
    object.present("limit", limit)
    object.present("limit_alpha", limitAlpha)
    object.present("needed", needed)
    object.present("needed_in", neededIn)
    object.present("detectable", detectable)
  }
}

extension CheckItem.Flips {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("better") { $0.integer(better) }
      object.member("worse") { $0.integer(worse) }
      object.member("to_positive") { $0.integer(toPositive) }
      object.member("to_negative") { $0.integer(toNegative) }
    }
  }
}

extension WaiverRecord {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("check") { $0.string(check) }
      object.member("slice") { $0.string(slice) }
      object.member("status") { $0.string(status.rawValue) }
      object.member("accepted") { $0.number(accepted) }
      object.member("owner") { $0.string(owner) }
      object.member("reason") { $0.string(reason) }
      object.member("created") { $0.string(created) }
      object.member("expires") { $0.string(expires) }
      object.member("age") { $0.integer(age) }
      object.member("remaining") { $0.integer(remaining) }
      object.optional("line", line)
    }
  }
}

extension JSONWriter {
  /// A member that is left out where there is no value.
  fileprivate mutating func present(_ name: String, _ value: String?) {
    if let value { member(name) { $0.string(value) } }
  }

  fileprivate mutating func present(_ name: String, _ value: Int?) {
    if let value { member(name) { $0.integer(value) } }
  }

  fileprivate mutating func present(_ name: String, _ value: Double?) {
    if let value, !value.isNaN { member(name) { $0.number(value) } }
  }
}
