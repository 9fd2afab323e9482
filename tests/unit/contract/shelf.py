"""A small API for tests of the suite: another kind than the described ones, and its mock.

Shelves hold books. Books come in pages of every style, may only be removed with a confirmation, and
are found by title too.
"""

from __future__ import annotations

from generator.api import Api
from tests.described import api_of

_PAGES = {
    "page-number": "{style: page-number, page: at, size: size, items: /items, total: /total}",
    "offset": "{style: offset, offset: at, size: size, items: /items, total: /total}",
    "cursor": "{style: cursor, cursor: token, size: size, items: /items, next: /next}",
    "link": "{style: link, page: at, size: size, items: /items}",
}

SHELF = """
x-lockstep-resources:
  shelf:
    schema: "#/components/schemas/Shelf"
    key: id
    fields: {id: {opaque: true}}
    seed: [{fields: {label: foreign}, children: {book: [{fields: {title: Old, pages: 3}}]}}]
  book:
    schema: "#/components/schemas/Book"
    key: id
    parent: shelf
    fields: {id: {opaque: true}}
    unique: [title]
x-lockstep-errors:
  code: /code
  everywhere: [415]
  faults:
    not-found: {status: 404, code: gone}
    unconfirmed: {status: 428, code: confirm}
paths:
  /shelves:
    get:
      operationId: listShelves
      x-lockstep-resource: {resource: shelf, role: list}
      responses:
        "200":
          description: All
          content:
            application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Shelf"}}}
    post:
      operationId: createShelf
      x-lockstep-resource: {resource: shelf, role: create}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Shelf"}}}
      responses:
        "201":
          description: Made
          content: {application/json: {schema: {$ref: "#/components/schemas/Shelf"}}}
        "400": {$ref: "#/components/responses/Error"}
  /shelves/{shelf}:
    parameters: [{$ref: "#/components/parameters/shelf"}]
    get:
      operationId: getShelf
      x-lockstep-resource: {resource: shelf, role: read, parameters: {shelf: shelf}}
      responses:
        "200":
          description: One
          content: {application/json: {schema: {$ref: "#/components/schemas/Shelf"}}}
        "404": {$ref: "#/components/responses/Error"}
    delete:
      operationId: deleteShelf
      x-lockstep-resource: {resource: shelf, role: delete, parameters: {shelf: shelf}}
      x-lockstep-guard: [{has: book, status: 409, code: full}]
      responses:
        "204": {description: Gone}
        "404": {$ref: "#/components/responses/Error"}
        "409": {$ref: "#/components/responses/Error"}
  /shelves/{shelf}/books:
    parameters: [{$ref: "#/components/parameters/shelf"}]
    get:
      operationId: listBooks
      parameters:
        - {name: at, in: query, schema: {type: integer, minimum: 0}}
        - {name: token, in: query, schema: {type: string}}
        - {name: size, in: query, schema: {type: integer, minimum: 1, maximum: 50, default: 4}}
        - name: title
          in: query
          schema: {type: string}
          x-lockstep-filter: {field: title, match: contains-ignore-case}
      x-lockstep-resource: {resource: book, role: list, parameters: {shelf: shelf}}
      x-lockstep-pagination: {style: offset, offset: at, size: size, items: /items, total: /total}
      responses:
        "200":
          description: Some
          content:
            application/json:
              schema:
                type: object
                required: [items]
                properties:
                  items: {type: array, items: {$ref: "#/components/schemas/Book"}}
                  total: {type: integer}
                  next: {type: string}
        "400": {$ref: "#/components/responses/Error"}
        "404": {$ref: "#/components/responses/Error"}
    post:
      operationId: createBook
      x-lockstep-resource: {resource: book, role: create, parameters: {shelf: shelf}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/Book"}}}
      responses:
        "201":
          description: Made
          content: {application/json: {schema: {$ref: "#/components/schemas/Book"}}}
        "400": {$ref: "#/components/responses/Error"}
        "404": {$ref: "#/components/responses/Error"}
        "409": {$ref: "#/components/responses/Error"}
  /shelves/{shelf}/books/{book}:
    parameters:
      - {$ref: "#/components/parameters/shelf"}
      - {name: book, in: path, required: true, schema: {type: string}}
    get:
      operationId: getBook
      x-lockstep-resource: {resource: book, role: read, parameters: {shelf: shelf, book: book}}
      responses:
        "200":
          description: One
          content: {application/json: {schema: {$ref: "#/components/schemas/Book"}}}
        "404": {$ref: "#/components/responses/Error"}
    patch:
      operationId: updateBook
      x-lockstep-resource: {resource: book, role: update, parameters: {shelf: shelf, book: book}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/BookChange"}}}
      responses:
        "200":
          description: Changed
          content: {application/json: {schema: {$ref: "#/components/schemas/Book"}}}
        "400": {$ref: "#/components/responses/Error"}
        "404": {$ref: "#/components/responses/Error"}
        "409": {$ref: "#/components/responses/Error"}
    delete:
      operationId: deleteBook
      parameters:
        - name: sure
          in: query
          required: true
          schema: {type: string}
          x-lockstep-confirm: {value: "yes", ignoreCase: true}
      x-lockstep-resource: {resource: book, role: delete, parameters: {shelf: shelf, book: book}}
      responses:
        "204": {description: Gone}
        "404": {$ref: "#/components/responses/Error"}
        "428": {$ref: "#/components/responses/Error"}
components:
  parameters:
    shelf: {name: shelf, in: path, required: true, schema: {type: string}}
  responses:
    Error:
      description: Not done
      content:
        application/json:
          schema: {type: object, properties: {code: {type: string}}}
  schemas:
    Shelf:
      type: object
      required: [id, label]
      properties:
        id: {type: string, readOnly: true}
        label: {type: string, minLength: 1, maxLength: 40}
    Book:
      type: object
      required: [id, title]
      properties:
        id: {type: string, readOnly: true}
        title: {type: string, minLength: 1, maxLength: 40, examples: [Emma]}
        pages: {type: [integer, "null"], minimum: 1, examples: [12]}
    BookChange:
      type: object
      additionalProperties: false
      properties:
        title: {type: string, minLength: 1, maxLength: 40}
        pages: {type: [integer, "null"], minimum: 1}
"""


def shelf_api(style: str = "offset") -> Api:
    """The API with pages of a style."""
    return api_of(SHELF.replace(_PAGES["offset"], _PAGES[style]))
