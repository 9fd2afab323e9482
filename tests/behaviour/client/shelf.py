"""A small API with a page, an error format, a union and a map: what clients are planted faults in."""

BODY = """\
x-lockstep-resources:
  book: {schema: "#/components/schemas/Book", key: id, seed: [{fields: {title: first}}]}
x-lockstep-errors:
  schema: "#/components/schemas/Fault"
  code: /code
  detail: /detail
  faults:
    not-found: {status: 404, code: NONE}
    invalid-body: {status: 400, code: WRONG}
    missing-body: {status: 400, code: WRONG}
    malformed-body: {status: 400, code: WRONG}
    missing-field: {status: 400, code: WRONG}
    invalid-query: {status: 400, code: WRONG}
  everywhere: [400, 404]
paths:
  /books:
    get:
      operationId: listBooks
      tags: [Books]
      x-lockstep-resource: {resource: book, role: list}
      x-lockstep-pagination:
        {style: page-number, page: page, size: size, items: /results, total: /count}
      parameters:
        - {name: page, in: query, schema: {type: integer, minimum: 1, default: 1}}
        - {name: size, in: query, schema: {type: integer, minimum: 1, maximum: 5, default: 2}}
      responses:
        "200":
          description: A page.
          content: {application/json: {schema: {$ref: "#/components/schemas/Books"}}}
    post:
      operationId: createBook
      tags: [Books]
      x-lockstep-resource: {resource: book, role: create}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/NewBook"}}}
      responses:
        "201":
          description: The book.
          content: {application/json: {schema: {$ref: "#/components/schemas/Book"}}}
  /books/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getBook
      tags: [Books]
      x-lockstep-resource: {resource: book, role: read, parameters: {id: book}}
      responses:
        "200":
          description: The book.
          content: {application/json: {schema: {$ref: "#/components/schemas/Book"}}}
components:
  schemas:
    Fault:
      type: object
      required: [code]
      properties: {code: {type: string}, detail: {type: string}}
    NewBook:
      type: object
      required: [title]
      properties:
        title: {type: string, minLength: 1, maxLength: 20}
        pages: {type: integer}
    Book:
      type: object
      required: [id, title]
      properties:
        id: {type: string, readOnly: true, pattern: "^[0-9a-f]{8}$"}
        title: {type: string, minLength: 1, maxLength: 20}
        pages: {type: integer}
        cover: {type: string, enum: [SOFT, HARD]}
        note: {type: [string, "null"]}
        shelf: {$ref: "#/components/schemas/Place"}
        marks: {type: object, additionalProperties: {type: integer}}
    Place:
      oneOf: [{$ref: "#/components/schemas/Room"}, {$ref: "#/components/schemas/Lent"}]
      discriminator: {propertyName: kind, mapping: {room: "#/components/schemas/Room", lent: "#/components/schemas/Lent"}}
    Room:
      type: object
      required: [kind, name]
      properties: {kind: {type: string}, name: {type: string}}
    Lent:
      type: object
      required: [kind, to]
      properties: {kind: {type: string}, to: {type: string}}
    Books:
      type: object
      required: [results, count]
      properties:
        results: {type: array, items: {$ref: "#/components/schemas/Book"}}
        count: {type: integer}
"""
