"""Makes small models of trees whose files say less than their libraries know, in `meanings/`, and `meanings/answers.json` with what XGBoost and LightGBM answer themselves.

    python make_meanings.py        (xgboost-cpu 3.2, lightgbm 4.7, pandas)

For each case NAME there are NAME.csv, the rows, and the models NAME.json of XGBoost and NAME.txt of LightGBM. Answers are the probabilities of the second class.
"""

import json
from pathlib import Path

import lightgbm
import numpy as np
import pandas
import xgboost

FOLDER = Path(__file__).parent / "meanings"
FOLDER.mkdir(exist_ok=True)
rng = np.random.default_rng(7)
ROWS = 80
answers = {}


def save(name, table, flags, missing=np.nan, libraries="xl", asked=None, objective="binary:logistic"):
    """Trains on a table, and asks about it, or about another of the same columns."""
    asked = table if asked is None else asked
    asked.to_csv(FOLDER / f"{name}.csv", index=False)
    if "x" in libraries:
        rows = xgboost.DMatrix(table, flags.astype(int), missing=missing, enable_categorical=True)
        if objective.startswith("rank"):
            rows.set_group([len(table)])
        settings = {"objective": objective, "max_depth": 3, "nthread": 1}
        model = xgboost.train(settings, rows, 3)
        model.save_model(FOLDER / f"{name}.json")
        own = xgboost.DMatrix(asked, missing=missing, enable_categorical=True)
        answers[f"{name}.json"] = model.predict(own).tolist()
    if "l" in libraries:
        settings = {"objective": "binary", "verbose": -1, "min_data_in_leaf": 3, "min_data_per_group": 1, "cat_smooth": 1, "num_threads": 1, "num_leaves": 5, "max_cat_to_onehot": 1}
        model = lightgbm.train(settings, lightgbm.Dataset(table, flags.astype(int)), 4)
        model.save_model(FOLDER / f"{name}.txt")
        answers[f"{name}.txt"] = model.predict(asked).tolist()


def numbers(*names):
    return pandas.DataFrame(rng.normal(size=(ROWS, len(names))).round(2), columns=list(names))


def categories(values):
    table = numbers("a")
    table["s"] = pandas.Categorical(values)
    return table


# Names that differ in a blank or an underscore only. LightGBM refuses such tables itself.
table = numbers("a b", "a_b", "c")
save("names", table, (table["a b"] > table["a_b"]).to_numpy(), libraries="x")
# A value that stands for "missing", which no file tells.
table = numbers("a", "b")
table.loc[rng.random(ROWS) < 0.3, "a"] = -999.0
save("missing", table, ((table.a == -999) | (table.b > 1)).to_numpy(), missing=-999.0, libraries="x")
# Categories that a reader makes one of, or something else.
for name, own in [
    ("blanks", [" red", "red", "red "]),
    ("beyond-ascii", ["red", "grün", "naïve"]),
    ("numbers", ["1.0", "2", "3e1"]),
    ("absent", ["NA", "red", "nan"]),
]:
    values = rng.choice(own, ROWS)
    save(f"categories-{name}", categories(values), values == own[0])
# Whole numbers beyond what 32-bit floats hold, as categories.
values = rng.choice([20240101, 20240102, 20240103, 20240104], ROWS)
save("categories-dates", categories(values), values == 20240104, libraries="l")
# Truth values as numbers, and as categories.
values = rng.choice([True, False], ROWS)
table = numbers("a")
table["s"] = values
save("truths", table, values)
save("categories-truths", categories(values), values, libraries="l")
# Times that 32-bit floats do not tell apart.
table = pandas.DataFrame({"t": 1_700_000_000.0 + 3 * np.arange(ROWS)})
save("times", table, (np.arange(ROWS) // 7 % 2 == 0), libraries="l")
# Values that stand on the thresholds: a float of them may be larger or smaller.
table = pandas.DataFrame({"a": (np.arange(ROWS) * 0.02).round(2)})
between = pandas.DataFrame({"a": (np.arange(ROWS) * 0.02 + 0.01).round(2)})
save("decimals", table, (np.arange(ROWS) // 5 % 2 == 0), libraries="l", asked=between)
# Nobody's names.
table = numbers("a", "b")
nameless = xgboost.DMatrix(table.to_numpy(), (table.a > table.b).astype(int).to_numpy())
model = xgboost.train({"objective": "binary:logistic", "max_depth": 3, "nthread": 1}, nameless, 3)
model.save_model(FOLDER / "nameless.json")
answers["nameless.json"] = model.predict(nameless).tolist()
table["y"] = np.where(table.a > table.b, "yes", "no")
table.to_csv(FOLDER / "nameless.csv", index=False)
# A model of ranks.
table = numbers("a", "b")
save("ranks", table, (table.a > 0).to_numpy(), libraries="x", objective="rank:pairwise")

(FOLDER / "answers.json").write_text(json.dumps({name: np.round(rows, 7).tolist() for name, rows in answers.items()}))
