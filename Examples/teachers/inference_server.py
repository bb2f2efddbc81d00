"""A server of the Open Inference Protocol (KServe v2) for a scikit-learn classifier, on this machine: what Triton, MLServer and KServe do, in as
few lines as show what Attar asks of one.

    python3 inference_server.py 8000 model.joblib

The model is then at http://127.0.0.1:8000/v2/models/model. Loading a pickle runs what it holds, so load only your own.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import joblib
import numpy

model = joblib.load(sys.argv[2])
METADATA = {
    "name": "model", "versions": ["1"], "platform": "sklearn",
    "inputs": [{"name": "input", "datatype": "FP32", "shape": [-1, model.n_features_in_]}],
    "outputs": [{"name": "probabilities", "datatype": "FP64", "shape": [-1, len(model.classes_)]}],
}


class Inference(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet an answer, else each waits for the acknowledgement of its head

    def do_GET(self):
        if self.path == "/v2/models/model":
            self.reply(METADATA)
        else:
            self.reply({"error": "there is only /v2/models/model"}, 404)

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        (tensor,) = asked["inputs"]
        rows = numpy.array(tensor["data"], dtype="float32").reshape(tensor["shape"])
        answers = model.predict_proba(rows)
        output = {"name": "probabilities", "datatype": "FP64", "shape": answers.shape, "data": answers.ravel().tolist()}
        self.reply({"model_name": "model", "model_version": "1", "outputs": [output]})

    def reply(self, value, status=200):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Inference).serve_forever()
