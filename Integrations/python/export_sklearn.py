"""Writes a fitted scikit-learn linear model, tree, forest or gradient boosting as JSON for fairslice (Documentation/Models.md)."""
import json

import numpy as np


def _tree(tree, value, output=None):
    flags = getattr(tree, "missing_go_to_left", np.zeros(tree.node_count))
    part = {"input": tree.feature.tolist(), "threshold": tree.threshold.tolist(), "missing_left": flags.astype(int).tolist(),
            "left": tree.children_left.tolist(), "right": tree.children_right.tolist(), "value": np.ravel(value).tolist()}
    return part if output is None else {**part, "output": output}


def export_model(model, path, inputs):
    """inputs: names of the columns of the model's matrix, in their order."""
    classes = [str(c) for c in getattr(model, "classes_", [])]
    outputs = classes if len(classes) > 2 else ["score"]
    out = {"format": "fairslice-model", "version": 1, "inputs": list(inputs), "outputs": outputs, "link": "identity"}
    boosted_link = "softmax" if len(classes) > 2 else "logistic" if classes else "identity"
    if hasattr(model, "coef_"):
        out.update(model="linear", link=boosted_link, coefficients=np.atleast_2d(model.coef_).tolist(),
                   intercepts=np.broadcast_to(model.intercept_, len(outputs)).tolist())
    elif hasattr(model, "init_"):  # gradient boosting
        base = np.ravel(model._raw_predict_init(np.zeros((1, len(inputs)), dtype=np.float32)))
        trees = [_tree(t.tree_, t.tree_.value, k) for row in model.estimators_ for k, t in enumerate(row)]
        out.update(model="trees", link=boosted_link, float32_inputs=True, scale=model.learning_rate, base=base.tolist(), trees=trees)
    elif hasattr(model, "tree_") or hasattr(getattr(model, "estimators_", [None])[0], "tree_"):
        single = [e.tree_ for e in getattr(model, "estimators_", [model])]
        share = lambda v: v[:, 0, :] / v[:, 0, :].sum(axis=1, keepdims=True) if classes else v[:, 0, :]
        trees = [_tree(t, share(t.value)[:, 1:] if len(classes) == 2 else share(t.value)) for t in single]
        out.update(model="trees", float32_inputs=True, average=True, trees=trees)
    else:
        raise TypeError(f"{type(model).__name__} is not supported: linear models, trees, forests, gradient boosting are")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(out, file)  # a threshold may be Infinity, which fairslice reads
