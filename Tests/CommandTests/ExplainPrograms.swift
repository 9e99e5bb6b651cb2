import Foundation
import Testing

/// Scoring programs in Python for the data of the workshop.
enum ExplainPrograms {
  static let absence: Comment = "needs python3 on PATH"

  static let isPythonPresent: Bool = {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", ""]
    (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  static let flags = GateWorkshop.words(
    "--label y --slice sex --model-feature a --model-feature b --model-feature sex --no-report --no-charts")

  /// The workshop's folder with `child.py`, and a configuration in which it makes a fault from the second batch on.
  ///
  /// - Parameter settings: more keys of the model
  static func folder(_ fault: String = "none", settings: String = "", explain: String = "") throws -> Folder {
    let folder = try ExplainWorkshop.folder()
    try folder.write("child.py", child)
    try folder.write(
      "c.json5",
      """
      { data: "d.csv", label: "y", score: "p", slices: ["sex", "region"],
        model: { program: ["python3", "child.py", "\(fault)", "ids"], features: ["a", "b", "sex"], \(settings) },
        explain: { repeats: 4, attribution_rows: 20, background_rows: 10, interaction_rows: 20, \(explain) } }
      """)
    return folder
  }

  /// The programs that were started and still run; one that has ended and waits to be reaped does not.
  static func running(in folder: Folder) -> [Int32] {
    ((try? folder.read("ids")) ?? "").split(separator: "\n").compactMap { Int32($0) }.filter { id in
      let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)
      return status.map { !$0.contains(") Z ") } ?? false
    }
  }

  /// Those that still run after two seconds: one that was killed takes a moment to go.
  static func left(in folder: Folder) -> [Int32] {
    for _ in 0..<200 where !running(in: folder).isEmpty { Thread.sleep(forTimeInterval: 0.01) }
    return running(in: folder)
  }

  /// What `fault` names goes wrong. With a second argument its process and a child of its own are listed there.
  static let child = #"""
    """The logistic formula as a scoring program; its first argument says what it does wrong."""
    import json, math, os, random, struct, subprocess, sys, time

    HEAD = struct.Struct("<4sIQQQ")
    fault = sys.argv[1] if len(sys.argv) > 1 else "none"
    source, sink = sys.stdin.buffer, sys.stdout.buffer


    def answer(sequence, rows, scores):
        body = struct.pack("<%dd" % len(scores), *scores)
        sink.write(HEAD.pack(b"FSF1", 1, sequence, rows, len(body)) + body)
        sink.flush()


    if len(sys.argv) > 2:
        sleeper = subprocess.Popen(["sleep", "600"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(sys.argv[2], "a") as file:
            file.write("%d\n%d\n" % (os.getpid(), sleeper.pid))
    if fault == "no-start":
        sys.exit("cannot find my model")
    greeting = json.loads(source.readline())
    if fault == "hang-at-start":
        time.sleep(600)
    if fault == "prints":
        print("Loading the model ...", flush=True)
    names = [column["name"] for column in greeting["columns"]]
    kinds = [column["type"] for column in greeting["columns"]]
    reply = {"version": 2 if fault == "version" else 1, "ok": True, "format": "f64", "outputs": ["score"]}
    if fault == "refuses":
        reply = {"version": 1, "ok": False, "error": "there is no column “zeal”"}
    if fault == "two-outputs":
        reply["outputs"] = ["no", "yes"]
    sink.write(json.dumps(reply).encode() + b"\n")
    sink.flush()
    categories, batches = {}, 0
    while True:
        head = source.read(HEAD.size)
        if len(head) < HEAD.size:
            break
        _, kind, sequence, rows, size = HEAD.unpack(head)
        body = source.read(size)
        if kind == 4:
            categories = json.loads(body)
        if kind == 2:
            break
        if kind != 1:
            continue
        batches += 1
        columns, place = {}, 0
        for name, kind in zip(names, kinds):
            letter = "d" if kind == "number" else "i"
            values = struct.unpack_from("<%d%s" % (rows, letter), body, place)
            place += (rows * struct.calcsize(letter) + 7) // 8 * 8
            if kind != "number":
                values = [categories[name][code] if code >= 0 else None for code in values]
            columns[name] = values
        scores = []
        for row in range(rows):
            margin = 2 * columns["a"][row] + columns["b"][row] - (0.8 if columns["sex"][row] == "F" else 0)
            scores.append(1 / (1 + math.exp(-margin)))
        if batches > 1:
            what = fault
            if what == "dies":
                print("first words\nTraceback: out of memory", file=sys.stderr, flush=True)
                os._exit(7)
            if what == "dies-late" and batches > 40:
                os._exit(7)
            if what == "hangs":
                time.sleep(600)
            if what == "few":
                answer(sequence, rows - 1, scores[1:])
                continue
            if what == "garbage":
                print("epoch 1: loss 0.3", flush=True)
            if what == "nan":
                scores[0] = float("nan")
        if fault == "slow":
            time.sleep(0.05)
        if fault == "talks":
            sys.stderr.write("word " * 20000)
            sys.stderr.flush()
        if fault == "random":
            scores = [0.999 * score + 0.001 * random.random() for score in scores]
        if fault == "order":
            scores = [0.999 * score + 0.001 * scores[0] for score in scores]
        if fault == "two-outputs":
            scores = [1 - score for score in scores] + scores
        answer(sequence, rows, scores)
    """#
}
