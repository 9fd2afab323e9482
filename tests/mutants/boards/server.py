"""Boards and cards: a small server of its own kind, with cursors, entity tags and soft delete.

It shares no code with the mock: a class with a dict of rows, one method an operation. Faults are
planted into this text by `operators`, so it says everything out loud; where one makes a method
wait, another call comes in between.
"""

# mypy: ignore-errors
# pyright: basic
import base64
import datetime
import json
import re
import uuid
from urllib.parse import parse_qsl, unquote

LABELS = ("red", "green", "blue", None)


class Refusal(Exception):
    """An error answer: a status and a code."""

    def __init__(self, status, code, headers=()):
        super().__init__(code)
        self.status = status
        self.code = code
        self.headers = list(headers)


class Boards:
    """The server; `keys` are the callers by their key, and what they own is theirs alone."""

    def __init__(self, keys):
        self.keys = keys
        self.boards = {}
        self.cards = {}
        self.clock = 0

    async def answer(self, method, target, headers, body):
        """Status, headers and body of the answer to one call."""
        try:
            return await self.routed(method, target, headers, body)
        except Refusal as refused:
            text = {"code": refused.code, "message": "It was refused."}
            return refused.status, refused.headers, json.dumps(text).encode()

    async def routed(self, method, target, headers, body):
        path, _, query = target.partition("?")
        owner = None
        parts = [unquote(part) for part in path.split("/")[1:]]
        table = self.table(parts)
        if table is None:
            raise Refusal(404, "nowhere")
        if method == "HEAD" and "GET" in table:
            method = "GET"
        if method not in table:
            raise Refusal(405, "method", [("Allow", ", ".join(table))])
        if self.keys:
            owner = self.keys.get(headers.get("x-key", ""))
            if owner is None:
                raise Refusal(401, "key", [("WWW-Authenticate", "Key")])
        return await table[method](owner, parts, query, headers, body)

    def table(self, parts):
        if parts == ["boards"]:
            return {"GET": self.list_boards, "POST": self.create_board}
        if len(parts) == 2 and parts[0] == "boards" and parts[1]:
            return {"GET": self.get_board, "PUT": self.replace_board, "DELETE": self.delete_board}
        if len(parts) == 3 and parts[0] == "boards" and parts[2] == "cards":
            return {"GET": self.list_cards, "POST": self.create_card}
        if len(parts) == 4 and parts[0] == "boards" and parts[2] == "cards" and parts[3]:
            return {"GET": self.get_card, "PATCH": self.update_card, "DELETE": self.delete_card}
        return None

    async def list_boards(self, owner, parts, query, headers, body):
        asked = self.queried(query, ["limit", "after"])
        rows = [row for row in self.boards.values() if self.seen(row, owner)]
        return self.paged(rows, asked)

    async def create_board(self, owner, parts, query, headers, body):
        self.queried(query, [])
        given = self.read(headers, body)
        self.judge_board(given)
        self.unique(owner, given["title"], None)
        row = {
            "id": uuid.uuid4().hex,
            "title": given["title"],
            "archived": given.get("archived", False),
            "made": self.now(),
        }
        self.boards[row["id"]] = {"row": row, "owner": owner, "deleted": None}
        return self.shown(201, row)

    async def get_board(self, owner, parts, query, headers, body):
        self.queried(query, [])
        return self.shown(200, self.board(owner, parts[1])["row"])

    async def replace_board(self, owner, parts, query, headers, body):
        self.queried(query, [])
        given = self.read(headers, body)
        self.judge_board(given)
        if "archived" not in given:
            raise Refusal(422, "invalid")
        held = self.board(owner, parts[1])
        self.unique(owner, given["title"], held)
        row = dict(held["row"])
        row["title"] = given["title"]
        row["archived"] = given["archived"]
        held["row"] = row
        return self.shown(200, row)

    async def delete_board(self, owner, parts, query, headers, body):
        self.queried(query, [])
        held = self.board(owner, parts[1])
        if self.cards_of(parts[1]):
            raise Refusal(409, "cards")
        held["deleted"] = self.now()
        return 204, [], b""

    async def list_cards(self, owner, parts, query, headers, body):
        asked = self.queried(query, ["limit", "after", "text"])
        self.board(owner, parts[1])
        rows = self.cards_of(parts[1])
        if "text" in asked:
            if not asked["text"]:
                raise Refusal(400, "query")
            word = asked["text"].casefold()
            rows = [row for row in rows if word in row["row"]["text"].casefold()]
        return self.paged(rows, asked)

    async def create_card(self, owner, parts, query, headers, body):
        self.queried(query, [])
        given = self.read(headers, body)
        self.judge_card(given)
        if "text" not in given:
            raise Refusal(422, "invalid")
        self.board(owner, parts[1])
        row = {
            "id": uuid.uuid4().hex,
            "board": parts[1],
            "text": given["text"],
            "rank": given.get("rank", 0),
            "made": self.now(),
        }
        row["changed"] = row["made"]
        if "label" in given:
            row["label"] = given["label"]
        self.cards[row["id"]] = {"row": row, "owner": owner, "deleted": None}
        return self.shown(201, row)

    async def get_card(self, owner, parts, query, headers, body):
        self.queried(query, [])
        return self.shown(200, self.card(owner, parts)["row"])

    async def update_card(self, owner, parts, query, headers, body):
        self.queried(query, [])
        given = self.read(headers, body)
        self.judge_card(given)
        held = self.card(owner, parts)
        wanted = headers.get("if-match")
        if wanted and wanted != self.tag(held["row"]):
            raise Refusal(412, "changed")
        row = dict(held["row"])
        row.update(given)
        row["changed"] = self.now()
        held["row"] = row
        return self.shown(200, row)

    async def delete_card(self, owner, parts, query, headers, body):
        self.queried(query, [])
        held = self.card(owner, parts)
        held["deleted"] = self.now()
        return 204, [], b""

    def board(self, owner, key):
        held = self.boards.get(key)
        if held is None or not self.seen(held, owner):
            raise Refusal(404, "missing")
        return held

    def card(self, owner, parts):
        self.board(owner, parts[1])
        held = self.cards.get(parts[3])
        if held is None or held["deleted"] or held["row"]["board"] != parts[1]:
            raise Refusal(404, "missing")
        return held

    def cards_of(self, key):
        return [
            row for row in self.cards.values() if row["row"]["board"] == key and not row["deleted"]
        ]

    def seen(self, held, owner):
        return held["owner"] == owner and not held["deleted"]

    def unique(self, owner, title, held):
        for other in self.boards.values():
            if other is not held and not other["deleted"] and other["row"]["title"] == title:
                raise Refusal(409, "duplicate")

    def read(self, headers, body):
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if body and kind != "application/json":
            raise Refusal(415, "media")
        try:
            value = json.loads(
                body.decode("utf-8"), object_pairs_hook=self.pairs, parse_float=self.number
            )
            json.dumps(value, ensure_ascii=False).encode("utf-8")
        except ValueError:
            raise Refusal(400, "malformed") from None
        if not isinstance(value, dict):
            raise Refusal(422, "invalid")
        return value

    def pairs(self, pairs):
        made = dict(pairs)
        if len(made) != len(pairs):
            raise ValueError("twice")
        return made

    def number(self, text):
        value = float(text)
        return int(value) if value.is_integer() else value

    def judge_board(self, given):
        if set(given) - {"title", "archived"}:
            raise Refusal(422, "invalid")
        if not self.text(given.get("title"), 40):
            raise Refusal(422, "invalid")
        if not isinstance(given.get("archived", False), bool):
            raise Refusal(422, "invalid")

    def judge_card(self, given):
        if set(given) - {"text", "rank", "label"}:
            raise Refusal(422, "invalid")
        if "text" in given and not self.text(given["text"], 200):
            raise Refusal(422, "invalid")
        rank = given.get("rank", 0)
        if isinstance(rank, bool) or not isinstance(rank, int) or rank < 0 or rank > 100:
            raise Refusal(422, "invalid")
        if isinstance(given.get("label"), (list, dict)) or given.get("label") not in LABELS:
            raise Refusal(422, "invalid")

    def text(self, value, most):
        return isinstance(value, str) and 1 <= len(value) <= most

    def queried(self, query, names):
        pairs = parse_qsl(query, keep_blank_values=True)
        asked = dict(pairs)
        if len(asked) != len(pairs) or set(asked) - set(names):
            raise Refusal(400, "query")
        if "limit" in asked:
            if not re.fullmatch("[0-9]{1,4}", asked["limit"]):
                raise Refusal(400, "query")
            if int(asked["limit"]) < 1 or int(asked["limit"]) > 20:
                raise Refusal(400, "query")
        return asked

    def paged(self, rows, asked):
        limit = int(asked.get("limit", 5))
        start = 0
        if "after" in asked:
            start = self.position(rows, asked["after"])
        page = rows[start : start + limit]
        body = {"items": [row["row"] for row in page], "total": len(rows)}
        if start + limit < len(rows):
            last = page[-1]["row"]["id"]
            body["next"] = base64.urlsafe_b64encode(last.encode()).decode()
        return 200, [], json.dumps(body).encode()

    def position(self, rows, cursor):
        try:
            last = base64.urlsafe_b64decode(cursor.encode()).decode()
        except ValueError:
            raise Refusal(400, "query") from None
        for place, row in enumerate(rows):
            if row["row"]["id"] == last:
                return place + 1
        return len(rows)

    def shown(self, status, row):
        return status, [("ETag", self.tag(row))], json.dumps(row).encode()

    def tag(self, row):
        return f'"{uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(row, sort_keys=True)).hex}"'

    def now(self):
        self.clock += 1
        moment = datetime.datetime(2024, 1, 1) + datetime.timedelta(seconds=self.clock)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class App:
    """The ASGI shell around a server."""

    def __init__(self, boards):
        self.boards = boards

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            await lifespan(receive, send)
            return
        body = b""
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        target = scope["raw_path"].decode("latin-1").partition("?")[0]
        if scope["query_string"]:
            target += "?" + scope["query_string"].decode("latin-1")
        sent = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        status, headers, answer = await self.boards.answer(scope["method"], target, sent, body)
        headers = [(name.lower().encode(), value.encode()) for name, value in headers]
        if status != 204:
            headers.append((b"content-length", str(len(answer)).encode()))
            headers.append((b"content-type", b"application/json"))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send(
            {"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer}
        )


async def lifespan(receive, send):
    """Begin and end with the server."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
