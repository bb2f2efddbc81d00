"""Makes the small models of trees in this folder, and `answers.json` with what XGBoost and LightGBM answer themselves.

    python make_trees.py        (xgboost-cpu, lightgbm, pandas)
"""

import json
from pathlib import Path

import lightgbm
import numpy as np
import pandas
import xgboost

FOLDER = Path(__file__).parent
rng = np.random.default_rng(3)
ROWS = 80
table = pandas.DataFrame({
    "width": rng.normal(size=ROWS).round(2),
    "color": rng.choice(["red", "green", "blue", "teal", "grey"], ROWS),
    "a size": np.where(rng.random(ROWS) < 0.3, 0, rng.normal(size=ROWS).round(2)),
})  # fmt: skip
score = table["width"] + table["color"].isin(["red", "grey"]) * 2 - table["a size"]
for name in table.columns:
    table.loc[rng.random(ROWS) < 0.15, name] = np.nan
table["kind"] = np.select([score < score.quantile(0.3), score < score.quantile(0.7)], ["low", "mid"], "top")
table.to_csv(FOLDER / "table.csv", index=False)

features = table[["width", "color", "a size"]].copy()
features["color"] = pandas.Categorical(features["color"])
for name in ["width", "a size"]:
    features[name] = features[name].astype(np.float32)
kinds = np.unique(table["kind"], return_inverse=True)[1]
answers = {}

for objective, labels, ending in [("multi:softprob", kinds, "json"), ("binary:logistic", kinds == 2, "ubj")]:
    settings = {"objective": objective, "max_depth": 3, "max_cat_to_onehot": 1, "nthread": 1}
    if objective == "multi:softprob":
        settings["num_class"] = 3
    rows = xgboost.DMatrix(features, labels, enable_categorical=True)
    model = xgboost.train(settings, rows, 2)
    model.save_model(FOLDER / f"xgboost.{ending}")
    answers[f"xgboost.{ending}"] = model.predict(rows).reshape(ROWS, -1).tolist()

settings = {"objective": "multiclass", "num_class": 3, "num_leaves": 5, "verbosity": -1, "min_data_in_leaf": 4, "num_threads": 1, "min_data_per_group": 3, "cat_smooth": 1, "max_cat_to_onehot": 1}
model = lightgbm.train(settings, lightgbm.Dataset(features, kinds), 2)
model.save_model(FOLDER / "lightgbm.txt")
answers["lightgbm.txt"] = model.predict(features).tolist()

(FOLDER / "answers.json").write_text(json.dumps({name: np.round(rows, 7).tolist() for name, rows in answers.items()}))
