"""Reference values for linear models, decision trees and temperature scaling, by scikit-learn and SciPy.

Run as `python small-models.py > small-models.json`.
"""

import json

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.tree import DecisionTreeRegressor

random = np.random.RandomState(7)
n, d, k = 60, 4, 3
x = random.randn(n, d).astype(np.float32).round(3)
y = (x @ random.randn(d, k) + 0.8 * random.randn(n, k)).argmax(1)
value = (3 + 2 * x[:, 0] - x[:, 2] + 0.3 * random.randn(n)).round(3)
weights = (0.5 + random.rand(n)).round(3)
l2 = 0.05

# mean loss + l2/2 |w|²  <=>  scikit-learn's sum of losses + |w|² / (2 C)
logistic = LogisticRegression(C=1 / (l2 * weights.sum()), tol=1e-10, max_iter=10000)
logistic.fit(x, y, sample_weight=weights)

# Values are standardised while fitting: weighted mean squared error of z plus l2/2 |w|².
mean = np.average(value, weights=weights)
scale = np.sqrt(np.average((value - mean) ** 2, weights=weights))
ridge = Ridge(alpha=l2 / 2 * weights.sum(), tol=1e-12).fit(x, (value - mean) / scale, sample_weight=weights)

soft = np.exp(log_softmax(1.5 * (x @ random.randn(d, k)), axis=1))
tree = DecisionTreeRegressor(max_leaf_nodes=8, random_state=0).fit(x, soft, sample_weight=weights)

logits = (2.5 * random.randn(n, k)).round(3)
labels = np.where(random.rand(n) < 0.5, logits.argmax(1), random.randint(0, k, n))
nll = lambda t: -log_softmax(logits / np.exp(t), axis=1)[np.arange(n), labels].mean()
temperature = float(np.exp(minimize_scalar(nll, bounds=(-3, 3), method="bounded", options={"xatol": 1e-9}).x))

listed = lambda a: np.asarray(a, dtype=float).round(7).tolist()
print(json.dumps({
    "about": "Made by small-models.py with scikit-learn and SciPy.",
    "features": listed(x), "labels": y.tolist(), "values": listed(value), "weights": listed(weights), "l2": l2,
    "soft": listed(soft),
    "logistic": listed(logistic.predict_proba(x)),
    "ridge": listed(ridge.predict(x) * scale + mean),
    "tree": listed(tree.predict(x)),
    "logits": listed(logits), "logitLabels": labels.tolist(), "temperature": round(temperature, 6),
}))
