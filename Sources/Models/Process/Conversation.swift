import Results

/// Batches to a child and answers from it, one batch ahead so that it never waits for us.
struct Conversation {
  let run: BatchRun
  let encoder: BatchEncoder
  let lists: CategoryLists
  /// Time for each batch.
  let seconds: Double

  private struct Pending {
    var batch: Int
    var rows: Range<Int>
    var sequence: Int
  }

  /// - Parameter first: a batch that has been taken already
  /// - Returns: whether the child may be used again; not so where the run failed elsewhere meanwhile
  /// - Throws: the batch that failed and why; the child has ended then.
  func hold(with child: inout Child, first: Int) throws(BatchFailure) -> Bool {
    var batch = first
    do throws(Failure) {
      return try hold(with: &child, first, current: &batch)
    } catch {
      throw BatchFailure(batch: batch, failure: error)
    }
  }

  struct BatchFailure: Error {
    var batch: Int
    var failure: Failure
  }

  private func hold(
    with child: inout Child, _ first: Int, current batch: inout Int
  ) throws(Failure) -> Bool {
    guard child.available == 0 else { throw Self.tooMuch(&child, nil) }
    var outgoing = Child.Outgoing()
    if child.dictionary != lists.version, encoder.format != .csv {
      outgoing.bytes = lists.frame
      child.dictionary = lists.version
    }
    var pending: [Pending] = []
    send(first, to: &child, &outgoing, &pending)
    var deadline = ContinuousClock.now + .seconds(seconds)
    while let current = pending.first {
      batch = current.batch
      if outgoing.isEmpty, pending.count < 2, let next = run.take() {
        send(next, to: &child, &outgoing, &pending)
      }
      guard run.needs(batch) else { return false }
      let event = child.pump(&outgoing, until: deadline)
      if let answer = try answer(&child, current) {
        guard outgoing.isEmpty || pending.count > 1 else {
          throw child.failure("answers before it has read the rows", rows: current.rows)
        }
        run.put(current.batch, answer)
        pending.removeFirst()
        deadline = ContinuousClock.now + .seconds(seconds)
        continue
      }
      try check(event, &child, current)
    }
    guard child.available == 0 else { throw Self.tooMuch(&child, run.rows(run.batchCount - 1)) }
    return true
  }

  private func send(
    _ batch: Int, to child: inout Child, _ outgoing: inout Child.Outgoing, _ pending: inout [Pending]
  ) {
    let rows = run.rows(batch)
    child.sequence += 1
    if outgoing.isEmpty { outgoing = Child.Outgoing() }
    outgoing.bytes += encoder.frame(rows, sequence: child.sequence)
    pending.append(Pending(batch: batch, rows: rows, sequence: child.sequence))
  }

  private static func tooMuch(_ child: inout Child, _ rows: Range<Int>?) -> Failure {
    child.failure(
      "sends more than it was asked for: “\(ReplyText.shown(child.received[child.position...]))”", rows: rows,
      advice: stray)
  }

  private static let stray =
    "Nothing but answers may go to standard output; let messages go to standard error."

  private func check(_ event: Child.Event, _ child: inout Child, _ current: Pending) throws(Failure) {
    switch event {
    case .progress: break
    case .late:
      throw child.failure(
        "does not answer within \(NumberText.text(seconds)) s", rows: current.rows,
        advice: "Allow it more time or give it smaller batches, or see whether it waits for something.")
    case .closed:
      // An answer may stand whole in what came last.
      guard child.available == 0 else {
        throw child.failure("ended in the middle of an answer", rows: current.rows, hasEnded: true)
      }
      throw child.failure("ended before it answered", rows: current.rows, hasEnded: true)
    }
  }

  /// The scores that the child answered, output by output; nil while they have not come whole.
  private func answer(_ child: inout Child, _ asked: Pending) throws(Failure) -> [[Double]]? {
    let bytes = child.received[child.position...].prefix(FrameHeader.size)
    guard zip(bytes, FrameHeader.magic).allSatisfy(==) else {
      throw child.failure(
        "answers what is no frame: “\(ReplyText.shown(child.received[child.position...]))”",
        rows: asked.rows, advice: Self.stray)
    }
    guard bytes.count == FrameHeader.size else { return nil }
    let header = FrameHeader(child.received, at: child.position)
    let reply = ReplyReader(format: encoder.format, rows: asked.rows, outputCount: run.outputCount)
    do throws(Failure) {
      try reply.check(header, sequence: asked.sequence)
      let size = Int(header.byteCount)
      guard child.available >= FrameHeader.size + size else { return nil }
      let start = child.position + FrameHeader.size
      defer { child.take(FrameHeader.size + size) }
      return try reply.scores(header, child.received, start..<start + size)
    } catch {
      throw child.failure(error.message, rows: asked.rows, advice: error.advice)
    }
  }
}
