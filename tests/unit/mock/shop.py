"""A small API of our own for the mock's tests, and a caller that keeps the state between steps.

It has what the committed descriptions lack: three more pagination styles, replace, upsert, a flat
path, unique fields, guards, confirmation, and an operation without a resource.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from generator.api.exchange import Headers, Principal, Request, Response
from generator.mock import MockModel, State, model_for
from tests.described import api_of

SHOP = """\
x-lockstep-errors:
  schema: "#/components/schemas/Problem"
  code: /code
  status: /status
  detail: /message
  faults:
    not-found: {status: 404, code: MISSING, detail: "no {name} {value}"}
    duplicate: {status: 409, code: TAKEN, detail: "{name} is taken"}
    unknown-field: {status: 422, code: UNKNOWN, detail: "{name}"}
x-lockstep-resources:
  shelf:
    schema: "#/components/schemas/Shelf"
    key: id
    order: [label]
    unique: [label]
    fields:
      id: {opaque: true}
      changedAt: {now: updated}
      note: {default: "-"}
      owner: {principal: name}
    seed:
      - fields: {label: b}
        children: {book: [{fields: {title: one}}, {fields: {title: two}}, {fields: {title: three}}]}
      - fields: {label: a}
  book:
    schema: "#/components/schemas/Book"
    key: id
    parent: shelf
    fields:
      id: {opaque: true}
      shelf: {parent: label}
      links: {links: {self: getBook}}
  tag:
    schema: "#/components/schemas/Tag"
    key: name
paths:
  /shelves:
    get:
      operationId: listShelves
      responses: {"200": {description: x, content: {application/json: {schema: {$ref: "#/components/schemas/Shelves"}}}}}
      parameters:
        - {name: offset, in: query, schema: {type: integer, minimum: 0}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 50, default: 10}}
      x-lockstep-resource: {resource: shelf, role: list}
      x-lockstep-pagination: {style: offset, offset: offset, size: limit, items: /items, total: /total, next: /next}
    post:
      operationId: createShelf
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Shelf"}}}}
      responses: {"201": {description: x, content: {application/json: {schema: {$ref: "#/components/schemas/Shelf"}}}}}
      x-lockstep-resource: {resource: shelf, role: create}
  /shelves/{shelf}:
    parameters: [{name: shelf, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getShelf
      responses: {"200": {description: x, content: {application/json: {schema: {$ref: "#/components/schemas/Shelf"}}}}}
      x-lockstep-resource: {resource: shelf, role: read, parameters: {shelf: shelf}}
    patch:
      operationId: updateShelf
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/ShelfUpdate"}}}}
      responses: {"200": {description: x, content: {application/json: {schema: {$ref: "#/components/schemas/Shelf"}}}}}
      x-lockstep-resource: {resource: shelf, role: update, parameters: {shelf: shelf}}
    put:
      operationId: replaceShelf
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Shelf"}}}}
      responses: {"200": {description: x, content: {application/json: {schema: {$ref: "#/components/schemas/Shelf"}}}}}
      x-lockstep-resource: {resource: shelf, role: replace, parameters: {shelf: shelf}}
    delete:
      operationId: deleteShelf
      parameters:
        - {name: sure, in: query, schema: {type: string}, x-lockstep-confirm: {value: "yes", ignoreCase: true}}
      responses: {"204": {description: x}}
      x-lockstep-resource: {resource: shelf, role: delete, parameters: {shelf: shelf}}
  /shelves/{shelf}/books:
    parameters: [{name: shelf, in: path, required: true, schema: {type: string}}]
    get:
      operationId: listBooks
      responses: {"200": {description: x, content: {application/json: {schema: {$ref: "#/components/schemas/Books"}}}}}
      parameters:
        - {name: after, in: query, schema: {type: string}}
        - {name: size, in: query, schema: {type: integer, minimum: 1, default: 2}}
        - {name: title, in: query, schema: {type: array, items: {type: string}}, x-lockstep-filter: {field: title, match: contains-ignore-case}}
      x-lockstep-resource: {resource: book, role: list, parameters: {shelf: shelf}}
      x-lockstep-pagination: {style: cursor, cursor: after, size: size, items: /items, next: /next}
  /shelves/{shelf}/titles:
    parameters: [{name: shelf, in: path, required: true, schema: {type: string}}]
    get:
      operationId: listTitles
      responses: {"200": {description: x, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Book"}}}}}}
      parameters:
        - {name: page, in: query, schema: {type: integer, minimum: 1}}
        - {name: size, in: query, schema: {type: integer, minimum: 1, default: 2}}
      x-lockstep-resource: {resource: book, role: list, parameters: {shelf: shelf}}
      x-lockstep-pagination: {style: link, page: page, size: size}
  /books/{book}:
    parameters: [{name: book, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getBook
      responses: {"200": {description: x, content: {application/json: {schema: {$ref: "#/components/schemas/Book"}}}}}
      x-lockstep-resource: {resource: book, role: read, parameters: {book: book}}
  /tags/{tag}:
    parameters: [{name: tag, in: path, required: true, schema: {type: string, maxLength: 8}}]
    put:
      operationId: putTag
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Tag"}}}}
      responses:
        "200": {description: x, content: {application/json: {schema: {$ref: "#/components/schemas/Tag"}}}}
        "201": {description: x, content: {application/json: {schema: {$ref: "#/components/schemas/Tag"}}}}
      x-lockstep-resource: {resource: tag, role: upsert, parameters: {tag: tag}}
  /weather:
    get:
      operationId: getWeather
      responses: {"200": {description: x, content: {application/json: {schema: {$ref: "#/components/schemas/Weather"}}}}}
components:
  schemas:
    Problem:
      type: object
      required: [code, trace]
      properties: {code: {type: string}, status: {type: integer}, message: {type: string}, trace: {type: string, format: uuid}}
    Shelf:
      type: object
      required: [id, label, note]
      properties:
        id: {type: string, readOnly: true, pattern: "^[a-f0-9]{8}$"}
        label: {type: string, minLength: 1}
        note: {type: string}
        colour: {type: [string, "null"]}
        owner: {type: string, readOnly: true}
        secret: {type: string, writeOnly: true}
        changedAt: {type: string, format: date-time, readOnly: true}
    ShelfUpdate:
      type: object
      additionalProperties: false
      properties: {label: {type: string}, note: {type: [string, "null"]}, colour: {type: [string, "null"]}}
    Shelves:
      type: object
      required: [items, total]
      properties:
        items: {type: array, items: {$ref: "#/components/schemas/Shelf"}}
        total: {type: integer}
        next: {type: string}
    Book:
      type: object
      required: [id, title, shelf]
      properties: {id: {type: string, format: uuid, readOnly: true}, title: {type: string}, shelf: {type: string}, links: {type: array, items: {type: object}}}
    Books:
      type: object
      required: [items]
      properties: {items: {type: array, items: {$ref: "#/components/schemas/Book"}}, next: {type: string}}
    Tag:
      type: object
      properties: {name: {type: string, readOnly: true}, size: {type: integer}}
    Weather:
      type: object
      required: [wind, sky]
      properties: {wind: {type: integer, minimum: 3, multipleOf: 5}, sky: {enum: [grey, blue]}}
"""


class Caller:
    """Steps a model and remembers its state."""

    def __init__(
        self, model: MockModel, principals: Sequence[Principal] = (), seed: int = 0
    ) -> None:
        self.model = model
        self.state: State = model.start(seed, principals)

    def __call__(
        self, method: str, target: str, body: object = None, *, headers: Headers = ()
    ) -> Response:
        """Call; a body that is not bytes is sent as JSON."""
        data = (
            body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        )
        given = {name.lower() for name, _ in headers}
        if data and "content-type" not in given:
            headers = (*headers, ("Content-Type", "application/json"))
        request = Request(method, target, headers, data)
        self.state, response, _ = self.model.step(self.state, request)
        return response


def caller(text: str = SHOP, principals: Sequence[Principal] = ()) -> Caller:
    """A caller of the API that the fragment describes."""
    return Caller(model_for(api_of(text)), principals)


def value(response: Response) -> Any:
    """The answer's JSON."""
    return json.loads(response.body)
