"""A scoring program that does wrong what its first argument says. Its score is the sum of all numbers of a row."""
import json
import os
import signal
import struct
import subprocess
import sys
import time

HEADER = struct.Struct("<4sIQQQ")
fault = sys.argv[1]
source, sink = sys.stdin.buffer, sys.stdout.buffer


def say(answer):
    sink.write(json.dumps(answer).encode() + b"\n")
    sink.flush()


def reply(sequence, rows, values, kind=1, magic=b"FSF1"):
    body = values if isinstance(values, bytes) else struct.pack(f"<{len(values)}d", *values)
    sink.write(HEADER.pack(magic, kind, sequence, rows, len(body)) + body)
    sink.flush()


if fault == "no-start":
    print("cannot find my model", file=sys.stderr)
    sys.exit(3)
line = json.loads(source.readline())
if fault == "hang-at-start":
    time.sleep(600)
if fault == "garbage-at-start":
    print("Loading the model ...", flush=True)
if fault == "endless-first-line":
    while True:
        sink.write(b"x" * 65536)
if fault == "refuse":
    say({"version": 1, "ok": False, "error": "the model needs the column “age”"})
    sys.exit(0)
greeting = {"version": 1, "ok": True, "format": line["formats"][0], "outputs": ["score"], "model": fault}
greeting.update({"version": {"version": 2}, "format": {"format": "arrow"}, "no-outputs": {"outputs": []}}.get(fault, {}))
if fault == "nested-greeting":
    sink.write(b"[" * 100000 + b"\n")
    sink.flush()
say(greeting)
if fault == "ignore-term":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
grandchild = subprocess.Popen(["sleep", "600"]) if fault == "grandchild" else None
if grandchild:
    print(f"grandchild {grandchild.pid}", file=sys.stderr, flush=True)
if fault == "close-input":
    os.close(0)
    time.sleep(600)
batches = 0
while True:
    head = source.read(HEADER.size)
    if len(head) < HEADER.size:
        break
    magic, kind, sequence, rows, size = HEADER.unpack(head)
    if fault == "early":
        reply(sequence, rows, [0.0] * rows)
        time.sleep(600)
    if kind == 1 and fault == "unread":
        time.sleep(600)
    body = source.read(size)
    if kind == 2:
        break
    if kind != 1:
        continue
    batches += 1
    width = size // 8 // rows if rows else 1
    numbers = struct.unpack(f"<{width * rows}d", body)
    values = [sum(numbers[row + k * rows] for k in range(width)) for row in range(rows)]
    if batches < 2 and not fault.endswith("-first"):
        reply(sequence, rows, values)
        continue
    fault = fault.removesuffix("-first")
    if fault == "die":
        print("first words\nTraceback: out of memory", file=sys.stderr, flush=True)
        os._exit(7)
    if fault == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if fault in ("hang", "grandchild", "ignore-term"):
        time.sleep(600)
    if fault == "chatty-hang":
        while True:
            sys.stderr.write("word " * 1000)
    if fault == "half":
        sink.write(HEADER.pack(b"FSF1", 1, sequence, rows, rows * 8) + struct.pack("<d", 1.0))
        sink.flush()
        os._exit(0)
    if fault == "few":
        reply(sequence, rows - 1, values[1:])
    if fault == "many":
        reply(sequence, rows + 1, values + [0.0])
    if fault == "few-bytes":
        reply(sequence, rows, values[1:])
    if fault == "huge":
        sink.write(HEADER.pack(b"FSF1", 1, sequence, rows, 1 << 62))
        sink.flush()
    if fault == "garbage":
        print("epoch 1: loss 0.3", flush=True)
    if fault == "nan":
        reply(sequence, rows, [float("nan") if row == 4 else value for row, value in enumerate(values)])
    if fault == "infinite":
        reply(sequence, rows, values[:-1] + [float("-inf")])
    if fault == "error":
        reply(sequence, 0, "unknown category “x”".encode(), kind=3)
    if fault == "other-kind":
        reply(sequence, rows, values, kind=9)
    if fault == "other-batch":
        reply(sequence + 1, rows, values)
    if fault == "extra":
        reply(sequence, rows, values)
        reply(sequence, rows, values)
        time.sleep(0.1)
        continue
    if fault == "close-output":
        os.close(1)
        time.sleep(600)
    if fault == "chatty":
        sys.stderr.write("word " * 200_000)
        sys.stderr.flush()
    if fault in ("chatty", "none", "slow-end"):
        reply(sequence, rows, values)
    else:
        time.sleep(600)
if fault == "slow-end":
    time.sleep(600)
