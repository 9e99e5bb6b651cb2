#!/usr/bin/env python3
"""Scores rows for fairslice: speaks its protocol (Documentation/Models.md) over standard input and output.

    python3 fairslice_scorer.py model.pkl             a scikit-learn estimator or pipeline, pickled or by joblib
    python3 fairslice_scorer.py package.module:name   any function of columns, in this folder or on PYTHONPATH
    python3 fairslice_scorer.py model.onnx            an ONNX model, by onnxruntime

A function gets a pandas DataFrame where pandas is installed, else a dict of columns (numpy arrays, or lists without
numpy); numbers that are missing are NaN, categories None (NaN in a DataFrame). It returns a number a row, or a list
of numbers for several outputs. Load only models that you trust: a pickle can run any code.
"""
import argparse
import array
import csv
import importlib
import io
import json
import math
import os
import struct
import sys
import traceback

HEADER = struct.Struct("<4sIQQQ")
MAGIC, BATCH, END, ERROR, CATEGORIES = b"FSF1", 1, 2, 3, 4
FORMATS = ("f64", "f32", "csv")

try:
    import numpy
except ImportError:
    numpy = None


def optional(name):
    """The module of that name, or None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


# ---- rows --------------------------------------------------------------------------------------------------------


class Rows:
    """Frames as columns: a dict from name to values."""

    def __init__(self, columns, form):
        self.columns, self.form, self.categories = columns, form, {}

    def read(self, count, payload):
        return self.read_text(payload) if self.form == "csv" else self.read_columns(count, payload)

    def read_columns(self, count, payload):
        result, place = {}, 0
        for column in self.columns:
            kind = "i4" if column["type"] == "category" else "f4" if self.form == "f32" else "f8"
            size = count * int(kind[1])
            values = self.numbers(payload[place : place + size], kind)
            if column["type"] == "category":
                values = self.texts(values, self.categories.get(column["name"], []))
            result[column["name"]] = values
            place += size + -size % 8
        return result

    @staticmethod
    def numbers(piece, kind):
        if numpy is not None:
            return numpy.frombuffer(piece, "<" + kind)
        values = array.array({"i4": "i", "f4": "f", "f8": "d"}[kind], bytes(piece))
        if sys.byteorder == "big":
            values.byteswap()
        return values.tolist()

    @staticmethod
    def texts(codes, categories):
        known = categories + [None]  # a missing value has the code -1, which is the last
        if numpy is None:
            return [known[code] for code in codes]
        lookup = numpy.empty(len(known), dtype=object)
        lookup[:] = known
        return lookup[codes]

    def read_text(self, payload):
        lines = list(csv.reader(io.StringIO(bytes(payload).decode("utf-8"), newline="")))[1:]
        result = {}
        for place, column in enumerate(self.columns):
            fields = [line[place] if line else "" for line in lines]
            if column["type"] == "number":
                values = [float(field) if field else math.nan for field in fields]
                result[column["name"]] = values if numpy is None else numpy.array(values)
            else:
                values = [field or None for field in fields]
                result[column["name"]] = values if numpy is None else numpy.array(values, dtype=object)
        return result


# ---- models ------------------------------------------------------------------------------------------------------


def as_frame(columns):
    pandas = optional("pandas")
    if pandas is None:
        return columns
    return pandas.DataFrame({name: pandas.Series(v).where(pandas.notna(v)) if getattr(v, "dtype", None) == object
                             else v for name, v in columns.items()})


def as_matrix(columns):
    if numpy is None:
        return [list(row) for row in zip(*columns.values())]
    return numpy.column_stack(list(columns.values()))


class Callable:
    """`module:function`, or whatever can be called."""

    def __init__(self, function, arguments, name):
        self.function, self.name, self.outputs, self.deterministic = function, name, ["score"], None
        self.shape = {"frame": as_frame, "dict": dict, "matrix": as_matrix}[arguments.input or "frame"]

    def score(self, columns):
        return self.function(self.shape(columns))


class Estimator(Callable):
    """A scikit-learn estimator or pipeline, or what looks like one."""

    def __init__(self, model, arguments, name):
        named = getattr(model, "feature_names_in_", None) is not None or hasattr(model, "steps")
        arguments.input = arguments.input or ("frame" if named else "matrix")
        method = arguments.method or ("predict_proba" if hasattr(model, "predict_proba") else "predict")
        super().__init__(getattr(model, method), arguments, f"{name} ({type(model).__name__})")
        classes = [str(c) for c in getattr(model, "classes_", [])]
        if method != "predict" and len(classes) > 2:
            self.outputs = classes
        self.deterministic = True


class Onnx:
    """An ONNX model with one matrix of inputs, or an input for each column."""

    def __init__(self, path, arguments):
        runtime = importlib.import_module("onnxruntime")
        options = runtime.SessionOptions()
        options.log_severity_level = 3
        self.session = runtime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self.missing, self.name, self.deterministic = arguments.missing, os.path.basename(path), True
        found = self.session.get_outputs()
        wide = [o for o in found if "float" in o.type or "double" in o.type]
        self.output = ([o for o in wide if len(o.shape or []) == 2] or wide or found)[-1]
        width = self.output.shape[1] if len(self.output.shape or []) == 2 else 1
        self.outputs = [str(k) for k in range(width)] if isinstance(width, int) and width > 2 else ["score"]

    def tensor(self, values, wanted):
        if "string" in wanted:
            return numpy.array([self.missing if v is None or v != v else str(v) for v in values], dtype=object)
        if "int" in wanted and numpy.isnan(values).any():
            raise ValueError(f"missing numbers for an input of the type {wanted}")
        kinds = {"tensor(double)": "f8", "tensor(int64)": "i8", "tensor(int32)": "i4"}
        return numpy.asarray(values, dtype=kinds.get(wanted, "f4"))

    def score(self, columns):
        inputs = self.session.get_inputs()
        if len(inputs) == 1 and inputs[0].name not in columns:
            feed = {inputs[0].name: numpy.column_stack([self.tensor(v, inputs[0].type) for v in columns.values()])}
        else:
            feed = {i.name: self.tensor(columns[i.name], i.type).reshape(-1, 1) for i in inputs}
        result = self.session.run([self.output.name], feed)[0]
        if isinstance(result, list):  # a map from class to probability for each row
            result = [list(row.values()) for row in result]
        return result


def load(arguments):
    target = arguments.model
    if target.endswith(".onnx"):
        return Onnx(target, arguments)
    if os.path.exists(target):
        joblib = optional("joblib")
        with open(target, "rb") as file:
            model = joblib.load(file) if joblib else importlib.import_module("pickle").load(file)
        kind = Estimator if hasattr(model, "predict") or hasattr(model, "predict_proba") else Callable
        return kind(model, arguments, os.path.basename(target))
    module, found, name = target.partition(":")
    if not found:
        raise SystemExit(f"{target}: neither a file nor module:function")
    sys.path.insert(0, os.getcwd())
    function = importlib.import_module(module)
    for part in name.split("."):
        function = getattr(function, part)
    if hasattr(function, "predict"):
        return Estimator(function, arguments, target)
    return Callable(function, arguments, target)


# ---- scores ------------------------------------------------------------------------------------------------------


def score_columns(result, count, outputs):
    """The scores output by output. Of two columns for one output the second is taken: the positive class."""
    if numpy is not None:
        table = numpy.asarray(result, dtype="<f8").reshape(count, -1)
        columns = [table[:, k] for k in range(table.shape[1])]
    else:
        rows = [row if isinstance(row, (list, tuple)) else [row] for row in result]
        if len(rows) != count:
            raise ValueError(f"{len(rows)} scores for {count} rows")
        columns = [list(map(float, column)) for column in zip(*rows)]
    if len(outputs) == 1 and len(columns) == 2:
        columns = columns[1:]
    if len(columns) != len(outputs):
        raise ValueError(f"the model gives {len(columns)} numbers a row; name them by --outputs")
    return columns


def payload(columns, form):
    if form == "csv":
        return "".join(",".join(repr(float(x)) for x in row) + "\n" for row in zip(*columns)).encode()
    if numpy is not None:
        return b"".join(numpy.ascontiguousarray(column, "<f8").tobytes() for column in columns)
    return b"".join(struct.pack(f"<{len(column)}d", *column) for column in columns)


# ---- protocol ----------------------------------------------------------------------------------------------------


def exactly(source, count):
    data = bytearray(count)
    view, place = memoryview(data), 0
    while place < count:
        got = source.readinto(view[place:])
        if not got:
            raise EOFError("the input ends inside a frame")
        place += got
    return data


def greet(source, sink, arguments):
    """Reads the first line, loads the model and answers; the model and the reader of rows."""
    line = json.loads(source.readline())
    answer = {"version": 1, "ok": False}
    try:
        if line.get("version") != 1:
            raise ValueError(f"version {line.get('version')} of the protocol is not known here")
        model = load(arguments)
        model.outputs = arguments.outputs.split(",") if arguments.outputs else model.outputs
        if len(line.get("outputs") or []) == len(model.outputs):
            model.outputs = line["outputs"]
        form = next((f for f in line["formats"] if f in ([arguments.format] if arguments.format else FORMATS)), None)
        if form is None:
            raise ValueError(f"none of the formats {line['formats']} is known or allowed here")
        answer = {"version": 1, "ok": True, "format": form, "outputs": model.outputs, "model": model.name}
        if model.deterministic:
            answer["deterministic"] = True
        return model, Rows(line["columns"], form)
    except BaseException as error:
        answer["error"] = f"{type(error).__name__}: {error}"
        raise
    finally:
        sink.write(json.dumps(answer).encode() + b"\n")
        sink.flush()


def serve(source, sink, arguments):
    model, rows = greet(source, sink, arguments)
    while True:
        head = source.read(HEADER.size)
        if not head:
            return
        magic, kind, sequence, count, size = HEADER.unpack(head)
        if magic != MAGIC:
            raise ValueError("what comes is no frame")
        if kind == END:
            return
        body = memoryview(exactly(source, size))
        if kind == CATEGORIES:
            rows.categories = json.loads(bytes(body))
            continue
        try:
            columns = score_columns(model.score(rows.read(count, body)), count, model.outputs)
            answer = payload(columns, rows.form)
        except Exception as error:
            words = f"{type(error).__name__}: {error}".encode()
            sink.write(HEADER.pack(MAGIC, ERROR, sequence, 0, len(words)) + words)
            sink.flush()
            raise
        sink.write(HEADER.pack(MAGIC, BATCH, sequence, count, len(answer)) + answer)
        sink.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", help="a pickle, an ONNX file or module:function")
    parser.add_argument("--method", help="of an estimator: predict_proba (default where there is one), predict, …")
    parser.add_argument("--input", choices=["frame", "dict", "matrix"], help="what the model is given")
    parser.add_argument("--outputs", help="names of the outputs, by commas")
    parser.add_argument("--format", choices=FORMATS, help="of the frames; by default the first that is offered")
    parser.add_argument("--missing", default="", help="the text that stands for a missing category (ONNX)")
    arguments = parser.parse_args()
    # What the model prints goes to standard error; standard output is for answers alone.
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    try:
        serve(sys.stdin.buffer, sink, arguments)
    except BrokenPipeError:
        sys.exit(1)
    except Exception:
        traceback.print_exc()
        sys.exit(1)


if __name__ == "__main__":
    main()
