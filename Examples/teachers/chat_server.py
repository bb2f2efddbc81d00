"""A chat endpoint as OpenAI's, on this machine, without a language model: it scores the words of a review, and tells how likely each class is as
a language model tells how likely a token is. For trying out `attar label` with an endpoint that costs nothing.

    python3 chat_server.py 8080
"""

import json
import math
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

GOOD = {"good", "great", "lovely", "best", "fine", "warm", "quick", "happy", "love", "perfect"}
BAD = {"bad", "awful", "broken", "worst", "cold", "slow", "sad", "hate", "dull", "never"}


class Chat(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet an answer, else each waits for the acknowledgement of its head

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        text = asked["messages"][-1]["content"]
        words = re.findall(r"[a-z]+", text.lower())
        score = 1.5 * sum((word in GOOD) - (word in BAD) for word in words)
        positive = 1 / (1 + math.exp(-score))
        likely = sorted([("positive", positive), ("negative", 1 - positive)], key=lambda pair: -pair[1])
        top = [{"token": token, "logprob": math.log(p)} for token, p in likely]
        choice = {"index": 0, "message": {"role": "assistant", "content": likely[0][0]}, "finish_reason": "stop"}
        if asked.get("logprobs"):
            choice["logprobs"] = {"content": [{**top[0], "top_logprobs": top[: asked.get("top_logprobs", 0)]}]}
        self.reply({
            "id": "chat-1", "object": "chat.completion", "model": asked["model"], "choices": [choice],
            "usage": {"prompt_tokens": len(words), "completion_tokens": 1, "total_tokens": len(words) + 1},
        })

    def reply(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Chat).serve_forever()
