"""Stores, their hours and their items: offsets and keysets, merge patches, errors as plain text.

It shares no code with the mock nor with boards: functions over one shop, found by a table of
patterns. Faults are planted into this text by `operators`; where one makes a handler wait, another
call comes in between.
"""

# mypy: ignore-errors
# pyright: basic
# ruff: noqa: B007, SIM102
import datetime
import json
import re
from urllib.parse import parse_qsl, unquote

KINDS = ("tool", "part", "toy")
DAYS = ("weekdays", "weekend")
NAME = re.compile(r"[A-Za-z][A-Za-z0-9 -]{0,29}")
SKU = re.compile(r"[A-Z]{2,4}-[0-9]{3}")


class Problem(Exception):
    """An answer that is an error: its status, its text, its headers."""

    def __init__(self, status, text, headers=None):
        super().__init__(text)
        self.status = status
        self.text = text
        self.headers = headers or {}


class Shop:
    """All that is kept, and who may call."""

    def __init__(self, keys):
        self.keys = keys
        self.stores = {}
        self.last = 0
        self.ticks = 0


async def list_stores(shop, who, query, sent, body):
    start, size, _ = window(query, ())
    mine = [each for each in shop.stores.values() if each["who"] == who and not each["closed"]]
    page = [each["shown"] for each in mine[start : start + size]]
    return 200, {"stores": page, "count": len(mine)}


async def create_store(shop, who, query, sent, body):
    window(query, None)
    given = document(sent, body, "application/json")
    if "name" not in given:
        raise Problem(422, "name is missing")
    check_store(given)
    name_is_free(shop, given["name"], None)
    shop.last += 1
    number = shop.last
    shown = {"number": number, "name": given["name"]}
    shown["city"] = given.get("city")
    shown["open"] = given.get("open", True)
    hours = {"weekdays": "09-17", "weekend": None}
    shop.stores[str(number)] = {
        "who": who,
        "shown": shown,
        "hours": hours,
        "items": {},
        "closed": False,
    }
    return 201, shown


async def read_store(shop, who, query, sent, body, store):
    window(query, None)
    return 200, find_store(shop, who, store)["shown"]


async def patch_store(shop, who, query, sent, body, store):
    window(query, None)
    given = document(sent, body, "application/merge-patch+json")
    found = find_store(shop, who, store)
    check_store(given)
    if "name" in given:
        name_is_free(shop, given["name"], found)
    shown = found["shown"]
    for field in given:
        shown[field] = given[field]
    return 200, shown


async def close_store(shop, who, query, sent, body, store):
    window(query, None)
    found = find_store(shop, who, store)
    if any(not item["gone"] for item in found["items"].values()):
        raise Problem(409, "items are left")
    found["closed"] = True
    return 204, None


async def read_hours(shop, who, query, sent, body, store):
    window(query, None)
    return 200, find_store(shop, who, store)["hours"]


async def patch_hours(shop, who, query, sent, body, store):
    window(query, None)
    given = document(sent, body, "application/merge-patch+json")
    hours = find_store(shop, who, store)["hours"]
    for day in given:
        if day not in DAYS:
            raise Problem(422, f"{day} is unknown")
        if given[day] is None and day == "weekend":
            continue
        if not isinstance(given[day], str) or not re.fullmatch(r"\d\d-\d\d", given[day], re.ASCII):
            raise Problem(422, f"{day} is wrong")
    for day in given:
        hours[day] = given[day]
    return 200, hours


async def list_items(shop, who, query, sent, body, store):
    _, size, asked = window(query, ("kind", "name", "from"))
    kept = [each for each in find_store(shop, who, store)["items"].values() if not each["gone"]]
    kept.sort(key=lambda each: each["shown"]["sku"])
    if "kind" in asked:
        if asked["kind"] not in KINDS:
            raise Problem(400, "kind is wrong")
        kept = [each for each in kept if each["shown"]["kind"] == asked["kind"]]
    if "name" in asked:
        start = asked["name"].lower()
        kept = [each for each in kept if each["shown"]["name"].lower().startswith(start)]
    if "from" in asked:
        kept = [each for each in kept if each["shown"]["sku"] > asked["from"]]
    page = [each["shown"] for each in kept[:size]]
    told = {"items": page}
    if len(kept) > size:
        told["more"] = page[-1]["sku"]
    return 200, told


async def create_item(shop, who, query, sent, body, store):
    window(query, None)
    given = document(sent, body, "application/json")
    check_item(given, ("sku", "name", "kind", "amount", "note"), ("sku", "name", "kind"))
    items = find_store(shop, who, store)["items"]
    if given["sku"] in items and not items[given["sku"]]["gone"]:
        raise Problem(409, "sku is taken")
    shown = {"sku": given["sku"], "store": int(store), "amount": 0, "note": None}
    for field in given:
        shown[field] = given[field]
    shown["added"] = moment(shop)
    items[given["sku"]] = {"shown": shown, "gone": False}
    return 201, shown


async def read_item(shop, who, query, sent, body, store, sku):
    window(query, None)
    return 200, find_item(shop, who, store, sku)["shown"]


async def replace_item(shop, who, query, sent, body, store, sku):
    window(query, None)
    given = document(sent, body, "application/json")
    needed = ("name", "kind", "amount")
    check_item(given, ("name", "kind", "amount", "note"), needed)
    found = find_item(shop, who, store, sku)
    fresh = {"sku": sku, "store": int(store), "note": None, "added": found["shown"]["added"]}
    for field in given:
        fresh[field] = given[field]
    found["shown"] = fresh
    return 200, fresh


async def patch_item(shop, who, query, sent, body, store, sku):
    window(query, None)
    given = document(sent, body, "application/merge-patch+json")
    check_item(given, ("name", "kind", "amount", "note"), ())
    found = find_item(shop, who, store, sku)
    fresh = dict(found["shown"])
    for field in given:
        fresh[field] = given[field]
    found["shown"] = fresh
    return 200, fresh


async def remove_item(shop, who, query, sent, body, store, sku):
    window(query, None)
    found = find_item(shop, who, store, sku)
    found["gone"] = True
    return 204, None


def find_store(shop, who, key):
    found = shop.stores.get(key)
    if found is None or found["closed"]:
        raise Problem(404, "no such store")
    if found["who"] != who:
        raise Problem(403, "not your store")
    return found


def find_item(shop, who, store, sku):
    found = find_store(shop, who, store)["items"].get(sku)
    if found is None or found["gone"]:
        raise Problem(404, "no such item")
    return found


def name_is_free(shop, name, own):
    for other in shop.stores.values():
        if other is not own and other["shown"]["name"] == name and not other["closed"]:
            raise Problem(409, "name is taken")


def check_store(given):
    for field in given:
        if field not in ("name", "city", "open"):
            raise Problem(422, f"{field} is unknown")
    if "name" in given:
        if not isinstance(given["name"], str) or not NAME.fullmatch(given["name"]):
            raise Problem(422, "name is wrong")
    if given.get("city") is not None:
        if not isinstance(given["city"], str) or len(given["city"]) > 50:
            raise Problem(422, "city is wrong")
    if "open" in given and not isinstance(given["open"], bool):
        raise Problem(422, "open is wrong")


def check_item(given, known, needed):
    for field in given:
        if field not in known:
            raise Problem(422, f"{field} is unknown")
    for field in needed:
        if field not in given:
            raise Problem(422, f"{field} is missing")
    if "sku" in given:
        if not isinstance(given["sku"], str) or not SKU.fullmatch(given["sku"]):
            raise Problem(422, "sku is wrong")
    if "name" in given:
        if not isinstance(given["name"], str) or not 1 <= len(given["name"]) <= 60:
            raise Problem(422, "name is wrong")
    if "kind" in given and given["kind"] not in KINDS:
        raise Problem(422, "kind is wrong")
    if "amount" in given:
        if type(given["amount"]) is not int or not 0 <= given["amount"] <= 1000:
            raise Problem(422, "amount is wrong")
    if given.get("note") is not None:
        if not isinstance(given["note"], str) or len(given["note"]) > 80:
            raise Problem(422, "note is wrong")


def window(query, more):
    """Where a page starts, its size, and what else is asked; without `more` nothing may be."""
    asked = dict(query)
    if len(asked) < len(query):
        raise Problem(400, "a parameter comes twice")
    known = () if more is None else ("limit", *more) if more else ("limit", "offset")
    for name in asked:
        if name not in known:
            raise Problem(400, f"{name} is unknown")
    for name in ("limit", "offset"):
        if name in asked and not re.fullmatch(r"[0-9]{1,6}", asked[name]):
            raise Problem(400, f"{name} is wrong")
    size = int(asked.get("limit", 4))
    if size < 1 or size > 30:
        raise Problem(400, "limit is wrong")
    return int(asked.get("offset", 0)), size, asked


def document(sent, body, kind):
    """The object that was sent."""
    given = sent.get("content-type", "").split(";")[0].strip().lower()
    if body and given != kind:
        raise Problem(415, "another media type is needed")
    try:
        value = json.loads(body.decode(), object_pairs_hook=distinct, parse_float=whole)
        json.dumps(value, ensure_ascii=False).encode()
    except ValueError:
        raise Problem(400, "that is no JSON") from None
    if not isinstance(value, dict):
        raise Problem(422, "that is no object")
    return value


def distinct(pairs):
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a member comes twice")
    return dict(pairs)


def whole(text):
    return int(float(text)) if float(text).is_integer() else float(text)


def moment(shop):
    shop.ticks += 1
    then = datetime.datetime(2025, 5, 1) + datetime.timedelta(seconds=shop.ticks)
    return then.isoformat() + "Z"


ROUTES = (
    ("/stores", {"GET": list_stores, "POST": create_store}),
    ("/stores/([^/]+)", {"GET": read_store, "PATCH": patch_store, "DELETE": close_store}),
    ("/stores/([^/]+)/hours", {"GET": read_hours, "PATCH": patch_hours}),
    ("/stores/([^/]+)/items", {"GET": list_items, "POST": create_item}),
    (
        "/stores/([^/]+)/items/([^/]+)",
        {"GET": read_item, "PUT": replace_item, "PATCH": patch_item, "DELETE": remove_item},
    ),
)


async def respond(shop, method, path, query, sent, body):
    """Status, headers and body of the answer to one call."""
    for pattern, handlers in ROUTES:
        found = re.fullmatch(pattern, path)
        if found:
            break
    else:
        raise Problem(404, "nothing is here")
    handler = handlers.get("GET" if method == "HEAD" else method)
    if handler is None:
        raise Problem(405, "that cannot be done here", {"Allow": ", ".join(handlers)})
    who = shop.keys.get(sent.get("stock-key"))
    if who is None:
        raise Problem(401, "a key is needed", {"WWW-Authenticate": "Stock"})
    pairs = parse_qsl(query, keep_blank_values=True)
    parts = [unquote(part) for part in found.groups()]
    return await handler(shop, who, pairs, sent, body, *parts)


class App:
    """The ASGI shell around a shop."""

    def __init__(self, shop):
        self.shop = shop

    async def __call__(self, scope, receive, send):
        while scope["type"] == "lifespan":
            kind = (await receive())["type"]
            await send({"type": f"{kind}.complete"})
            if kind == "lifespan.shutdown":
                return
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        sent = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        path, query = scope["raw_path"].decode("latin-1"), scope["query_string"].decode("latin-1")
        extra, kind = {}, b"application/json"
        try:
            status, told = await respond(
                self.shop, scope["method"], path.partition("?")[0], query, sent, body
            )
            text = b"" if told is None else json.dumps(told).encode()
        except Problem as problem:
            status, extra, kind = problem.status, problem.headers, b"text/plain"
            text = problem.text.encode()
        headers = [(name.lower().encode(), value.encode()) for name, value in extra.items()]
        if status != 204:
            headers += [(b"content-type", kind), (b"content-length", str(len(text)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send(
            {"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else text}
        )
