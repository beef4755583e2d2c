"""The API is as bot/web/openapi.yml says: schemathesis tries every call with what fits it and with what does not.

schemathesis lives in .venv-tools, for its needs clash with Rasa's; `make test` installs both.
"""

import json
import os
import re
import subprocess
from collections import defaultdict

import requests
from ruamel.yaml import YAML

from tests.servers import ROOT
from tests.web.rasa_stand_in import ANSWER, CLARIFICATION, RECEIPT

DESCRIPTION = ROOT / "bot/web/openapi.yml"
SCHEMATHESIS = ROOT / ".venv-tools/bin/schemathesis"
# Accepting what the schema allows cannot be asked for: which payloads were offered is not the schema's to say.
LEFT_OUT = ["--exclude-checks", "positive_data_acceptance"]
# The stream has no end within a test, and the metrics are the console's.
CALLS = ["--exclude-operation-id", "streamMessages", "--exclude-path", "/metrics"]
SUCCESS = {
    ("POST", "/chat/conversations"): 201,
    ("POST", "/chat/messages"): 200,
    ("GET", "/chat/messages"): 200,
    ("POST", "/chat/messages/{id}/feedback"): 204,
    ("GET", "/chat/transcript"): 200,
    ("DELETE", "/chat/conversation"): 204,
    ("GET", "/healthz"): 200,
    ("GET", "/readyz"): 200,
}


def described():
    return YAML(typ="safe").load(DESCRIPTION.read_text(encoding="utf-8"))


def schemathesis(address, folder, examples=50):
    """Run schemathesis against the web; return the process and the recorded calls."""
    assert SCHEMATHESIS.exists(), "schemathesis is missing: run `python3 -m tools.setup test` first"
    record = folder / "calls.har"
    command = [
        str(SCHEMATHESIS),
        "run",
        str(DESCRIPTION),
        "--url",
        address,
        "--checks",
        "all",
        *LEFT_OUT,
        *CALLS,
    ]
    command += [
        "--phases",
        "examples,coverage,fuzzing",
        "--max-examples",
        str(examples),
        "--generation-deterministic",
    ]
    command += ["--report", "har", "--report-har-path", str(record), "--continue-on-failure", "--no-color"]
    here = str(ROOT / "tests/web")
    environment = {
        **os.environ,
        "PYTHONPATH": here,
        "SCHEMATHESIS_HOOKS": "schemathesis_hooks",
        "HOME": str(folder),
    }
    run = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    calls = json.loads(record.read_text(encoding="utf-8"))["log"]["entries"] if record.exists() else []
    return run, calls


def statuses(calls):
    """Return the statuses of each call, by method and path as the description has it."""
    found = defaultdict(set)
    for call in calls:
        path = re.sub(r"^https?://[^/]+|[?#].*$", "", call["request"]["url"])
        path = re.sub(r"/messages/[^/]+/feedback", "/messages/{id}/feedback", path)
        found[call["request"]["method"], path].add(call["response"]["status"])
    return found


def test_the_description_is_served_as_it_is(web):
    reply = requests.get(f"{web.address}/openapi.yml", timeout=20)
    assert reply.status_code == 200
    assert reply.headers["Content-Type"] == "application/yaml"
    assert reply.content == DESCRIPTION.read_bytes()


def test_the_description_has_every_call_of_the_api_and_no_other(web):
    served = set()
    for route in web.app.router.routes:
        path = re.sub(r"<number:str>", "{id}", f"/{route.path}")
        if path.startswith("/chat/") or path in ("/healthz", "/readyz"):
            served |= {(method, path) for method in route.methods}
    documented = {
        (method.upper(), path)
        for path, methods in described()["paths"].items()
        for method in methods
        if method in ("get", "post", "delete", "put", "patch") and path != "/metrics"
    }
    assert documented == served


def test_what_the_api_does_is_what_the_description_says(web, rasa, tmp_path):
    rasa.says(*ANSWER, *CLARIFICATION, *RECEIPT)
    run, calls = schemathesis(web.address, tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr
    found = statuses(calls)
    assert {call for call, status in SUCCESS.items() if status not in found[call]} == set()
    for call in (("POST", "/chat/messages"), ("POST", "/chat/conversations")):
        assert {400, 415} <= found[call]


def test_a_reply_that_breaks_the_description_is_found(web, rasa, tmp_path):
    [text, beside] = ANSWER
    source = {"title": "Uden lås", "url": "http://example.dk", "checked": "i går"}
    rasa.says(text, {"custom": {**beside["custom"], "sources": [source]}})
    run, _ = schemathesis(web.address, tmp_path, examples=5)
    assert run.returncode == 1
    assert "Response violates schema" in run.stdout
