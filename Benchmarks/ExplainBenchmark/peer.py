"""The same work by scikit-learn and the xgboost package: peer.py FOLDER ROWS [time]

Writes FOLDER/model.json, FOLDER/encoding.json and FOLDER/rows.csv; with "time" prints the CPU seconds (all threads) of
permutation_importance, and its means.
"""
import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import xgboost
from sklearn.inspection import permutation_importance

folder, rows = Path(sys.argv[1]), int(sys.argv[2])
random = np.random.default_rng(42)
names = [f"x{i}" for i in range(12)]
x = random.normal(size=(rows, 12))
x[:, 5] = random.integers(0, 2, rows)
x[:, 6] = random.integers(0, 7, rows)
x[:, 7] = random.poisson(3, rows)
x[:, 8] = x[:, 0] * 0.7 + 0.7 * x[:, 8]
x[:, 9] = random.exponential(size=rows)
x = x.astype(np.float32)
margin = x[:, 0] + 0.8 * x[:, 1] * x[:, 5] - 0.5 * np.abs(x[:, 2]) + 0.2 * x[:, 6] * (x[:, 3] > 0) \
    + 0.15 * x[:, 7] - 0.3 * x[:, 9] + 0.2 * x[:, 4] - 0.5
y = (random.random(rows) < 1 / (1 + np.exp(-margin))).astype(int)
model = xgboost.XGBClassifier(n_estimators=100, max_depth=6, learning_rate=0.1, tree_method="hist", n_jobs=2,
                              random_state=0)
frame = pd.DataFrame(x, columns=names)
model.fit(frame, y)
model.save_model(folder / "model.json")
encoding = {"version": 1, "features": [{"column": name} for name in names]}
(folder / "encoding.json").write_text(json.dumps(encoding))
frame.assign(label=y).to_csv(folder / "rows.csv", index=False, float_format="%.9g")
if "time" in sys.argv[3:]:
    model.set_params(n_jobs=1)
    start = time.process_time()
    result = permutation_importance(model, frame, y, scoring=["accuracy", "roc_auc"], n_repeats=10, random_state=0)
    print(f"seconds {time.process_time() - start:.3f}")
    for metric in ("accuracy", "roc_auc"):
        print(metric, " ".join(f"{value:.6f}" for value in result[metric].importances_mean))
