"""A generated client does what its description says: calls, values, pages, errors."""

from __future__ import annotations

import asyncio
import importlib
from pathlib import Path
from typing import Any

import pytest

from tests.behaviour.client.conftest import Make
from tests.behaviour.client.server import Server

JSON = "application/json"
VERSIONED = "application/vnd.books.2024-05-01+json"
BOOKS = """\
x-lockstep-errors: {schema: '#/components/schemas/Fault', code: /code, detail: /text, everywhere: [429]}
x-lockstep-version: {template: 'application/vnd.books.{version}+json', current: '2024-05-01', known: ['2024-05-01']}
paths:
  /books:
    get:
      operationId: listBooks
      tags: [Books]
      x-lockstep-pagination: {style: cursor, cursor: after, items: /items, next: /next}
      parameters:
        - {name: after, in: query, schema: {type: string}}
        - {name: isOld, in: query, schema: {type: boolean, default: false}}
      responses:
        "200":
          description: A page.
          content:
            application/vnd.books.2024-05-01+json:
              schema:
                type: object
                required: [items]
                properties:
                  items: {type: array, items: {$ref: '#/components/schemas/Book'}}
                  next: {type: string}
  /books/{isbn}:
    parameters: [{name: isbn, in: path, required: true, schema: {type: string}}]
    get:
      operationId: getBook
      tags: [Books]
      responses:
        "200":
          description: A book.
          content: {application/vnd.books.2024-05-01+json: {schema: {$ref: '#/components/schemas/Book'}}}
        "404":
          description: None.
          content: {application/json: {schema: {$ref: '#/components/schemas/Fault'}}}
    put:
      operationId: replaceBook
      tags: [Books]
      requestBody:
        required: true
        content: {application/vnd.books.2024-05-01+json: {schema: {$ref: '#/components/schemas/Book'}}}
      responses:
        "200":
          description: The book.
          content: {application/vnd.books.2024-05-01+json: {schema: {$ref: '#/components/schemas/Book'}}}
    delete:
      operationId: deleteBook
      tags: [Books]
      responses: {"204": {description: Gone.}}
  /text:
    get:
      operationId: getText
      tags: [Books]
      responses: {"200": {description: Text., content: {text/csv: {schema: {type: string}}}}}
components:
  schemas:
    Book:
      type: object
      required: [isbn, title]
      properties:
        isbn: {type: string, readOnly: true}
        title: {type: string}
        subTitle: {type: [string, 'null']}
        genre: {enum: [novel, poem]}
        printedAt: {type: string, format: date-time}
    Fault: {type: object, required: [code], properties: {code: {type: string}, text: {type: string}}}
"""


@pytest.fixture(scope="module")
def books(make: Make) -> Any:
    return make(BOOKS)


def opened(package: Any, answers: dict[str, tuple[int, str, Any]]) -> tuple[Any, Server]:
    """A client of the package whose transport is a server with these answers."""
    server = Server(answers)
    asgi = importlib.import_module(f"{package.__name__}._runtime.asgi")
    return package.Client(transport=asgi.AsgiTransport(server)), server


BOOK = {"isbn": "1", "title": "Dune"}


def test_a_call_sends_what_the_description_says_and_returns_the_model(books: Any) -> None:
    client, server = opened(books, {"GET /books/1": (200, VERSIONED, BOOK)})
    book = client.books.get_book("1")
    assert isinstance(book, books.models.Book)
    assert (book.isbn, book.title, book.sub_title) == ("1", "Dune", books.UNSET)
    assert server.asked[0].headers["accept"] == f"{VERSIONED}, {JSON}"


def test_absent_null_and_value_arrive_and_leave_apart(books: Any) -> None:
    client, server = opened(
        books, {"PUT /books/1": (200, VERSIONED, {**BOOK, "subTitle": None, "genre": "novel"})}
    )
    write = books.models.BookInput
    for body in (
        write(title="a"),
        write(title="a", sub_title=None),
        write(title="a", sub_title="b"),
    ):
        answer = client.books.replace_book("1", body)
        assert answer.sub_title is None
    sent = [asked.body for asked in server.asked]
    assert sent == [
        {"title": "a"},
        {"title": "a", "subTitle": None},
        {"title": "a", "subTitle": "b"},
    ]


def test_read_only_fields_are_not_sent_even_when_handed_over(books: Any) -> None:
    client, server = opened(books, {"PUT /books/1": (200, VERSIONED, BOOK)})
    client.books.replace_book("1", {"isbn": "2", "title": "x"})
    client.books.replace_book("1", books.models.Book(isbn="2", title="x"))
    assert [asked.body for asked in server.asked] == [{"title": "x"}] * 2
    assert server.asked[0].headers["content-type"] == VERSIONED


def test_what_the_description_does_not_know_is_kept(books: Any) -> None:
    answer = {**BOOK, "genre": "opera", "shelf": 7}
    client, _ = opened(books, {"GET /books/1": (200, VERSIONED, answer)})
    book = client.books.get_book("1")
    genre: Any = book.genre
    assert (genre, genre.is_known) == ("opera", False)
    assert isinstance(genre, books.models.BookGenre)
    assert book.extra_fields == {"shelf": 7}


def test_a_date_stays_the_text_it_was(books: Any) -> None:
    answer = {**BOOK, "printedAt": "2024-01-01T00:00:00.120+02:00"}
    client, _ = opened(books, {"GET /books/1": (200, VERSIONED, answer)})
    assert client.books.get_book("1").printed_at == answer["printedAt"]


PAGES = {
    "GET /books": (200, VERSIONED, {"items": [BOOK], "next": "x"}),
    "GET /books?after=x": (200, VERSIONED, {"items": [{**BOOK, "isbn": "2"}]}),
}


def test_pages_are_walked_and_defaults_are_not_sent(books: Any) -> None:
    client, server = opened(books, dict(PAGES))
    page = client.books.list_books()
    assert [book.isbn for book in page.items] == ["1"]
    assert [book.isbn for book in page.all()] == ["1", "2"]
    assert [asked.query for asked in server.asked] == ["", "after=x"]


def test_an_argument_that_is_given_is_sent(books: Any) -> None:
    client, server = opened(books, {"GET /books?isOld=true": (200, VERSIONED, {"items": []})})
    assert client.books.list_books(is_old=True).items == []
    assert server.asked[0].query == "isOld=true"


def test_a_deletion_returns_none_and_still_names_the_version(books: Any) -> None:
    client, server = opened(books, {"DELETE /books/1": (204, "", None)})
    assert client.books.delete_book("1") is None
    assert server.asked[0].headers["accept"].startswith(VERSIONED)


@pytest.mark.parametrize(
    ("status", "name"), [(404, "NotFound"), (418, "ClientError"), (501, "ServerError")]
)
def test_errors_have_a_class_a_status_and_the_declared_fields(
    books: Any, status: int, name: str
) -> None:
    body = {"code": "NO_BOOK", "text": "There is none."}
    client, _ = opened(books, {"GET /books/9": (status, JSON, body)})
    with pytest.raises(getattr(books.errors, name)) as caught:
        client.books.get_book("9")
    error: Any = caught.value
    assert isinstance(error, books.errors.Error)
    assert (error.status, error.code, error.detail) == (status, "NO_BOOK", "There is none.")


def test_a_declared_error_has_its_model(books: Any) -> None:
    client, _ = opened(books, {"GET /books/9": (404, JSON, {"code": "x"})})
    with pytest.raises(books.errors.NotFound) as caught:
        client.books.get_book("9")
    error: Any = caught.value
    assert error.body == books.models.Fault(code="x")


def test_a_body_that_does_not_fit_names_the_path(books: Any) -> None:
    client, _ = opened(books, {"GET /books/1": (200, VERSIONED, {"isbn": "1", "title": 3})})
    with pytest.raises(books.errors.DecodeError, match="title"):
        client.books.get_book("1")


def test_text_is_text(books: Any) -> None:
    client, _ = opened(books, {"GET /text": (200, "text/csv", "a,b\r\n")})
    assert client.books.get_text() == "a,b\r\n"


@pytest.mark.parametrize("bad", ["", "..", "."])
def test_a_path_parameter_that_is_nothing_is_refused_unsent(books: Any, bad: str) -> None:
    client, server = opened(books, {})
    with pytest.raises(ValueError, match="getBook"):
        client.books.get_book(bad)
    assert server.asked == []


def test_the_asynchronous_client_does_the_same(books: Any) -> None:
    server = Server({**PAGES, "GET /books/1": (200, VERSIONED, BOOK)})
    asgi = importlib.import_module(f"{books.__name__}._runtime.asgi")

    async def calls() -> tuple[Any, list[Any]]:
        async with books.AsyncClient(transport=asgi.AsyncAsgiTransport(server)) as client:
            book = await client.books.get_book("1")
            page = await client.books.list_books()
            return book, [each async for each in page.all()]

    book, found = asyncio.run(calls())
    assert book == books.models.Book(isbn="1", title="Dune")
    assert [each.isbn for each in found] == ["1", "2"]


UNION = """\
paths:
  /pet:
    get:
      operationId: getPet
      responses:
        "200":
          description: A pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
    put:
      operationId: putPet
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {"204": {description: Done.}}
components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind, mapping: {cat: Cat, dog: Dog}}
    Cat: {type: object, required: [kind], properties: {kind: {type: string}, lives: {type: integer}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string}, friend: {$ref: '#/components/schemas/Pet'}}}
"""


def test_tagged_unions_are_read_and_sent_by_their_tag(make: Make) -> None:
    package = make(UNION)
    client, server = opened(
        package,
        {
            "GET /pet": (200, JSON, {"kind": "dog", "friend": {"kind": "cat", "lives": 9}}),
            "PUT /pet": (204, "", None),
        },
    )
    dog = client.pet.get_pet()
    assert isinstance(dog, package.models.Dog)
    assert dog.kind == "dog"
    assert dog.friend == package.models.Cat(lives=9)
    client.pet.put_pet(dog)
    assert server.asked[-1].body == {"kind": "dog", "friend": {"kind": "cat", "lives": 9}}


def test_an_unknown_tag_is_kept_with_its_value(make: Make) -> None:
    package = make(UNION)
    client, _ = opened(package, {"GET /pet": (200, JSON, {"kind": "newt", "wet": True})})
    pet = client.pet.get_pet()
    assert isinstance(pet, package.models.UnknownPet)
    assert pet.raw == {"kind": "newt", "wet": True}


def test_every_method_answers_raw_and_in_a_stream(books: Any, tmp_path: Path) -> None:
    answers: dict[str, tuple[int, str, Any]] = {
        **PAGES,
        "GET /books/1": (200, VERSIONED, BOOK),
        "GET /text": (200, "text/csv", "a,b\r\nc"),
        "DELETE /books/1": (204, "", None),
    }
    client, _ = opened(books, answers)
    raw = client.books.with_raw_response
    response = raw.get_book("1")
    assert (response.status, response.parse().title) == (200, "Dune")
    assert [book.isbn for book in raw.list_books().parse().all()] == ["1", "2"]
    assert raw.delete_book("1").parse() is None
    with client.books.with_streaming_response.get_text() as stream:
        assert list(stream.lines()) == ["a,b", "c"]
    with client.books.with_streaming_response.get_text() as stream:
        assert stream.save(tmp_path / "x.csv") == 6
    with pytest.raises(ValueError, match="getBook"):
        raw.get_book("")


def test_so_does_the_asynchronous_client(books: Any) -> None:
    server = Server({"GET /books/1": (200, VERSIONED, BOOK), "GET /text": (200, "text/csv", "a")})
    asgi = importlib.import_module(f"{books.__name__}._runtime.asgi")

    async def calls() -> tuple[str, bytes]:
        async with books.AsyncClient(transport=asgi.AsyncAsgiTransport(server)) as client:
            response = await client.books.with_raw_response.get_book("1")
            async with client.books.with_streaming_response.get_text() as stream:
                return response.parse().title, await stream.read()

    assert asyncio.run(calls()) == ("Dune", b"a")


def test_unknown_fields_go_back_on_an_update(books: Any) -> None:
    came = {**BOOK, "shelf": 7}
    answers: dict[str, tuple[int, str, Any]] = {
        "GET /books/1": (200, VERSIONED, came),
        "PUT /books/1": (200, VERSIONED, came),
    }
    client, server = opened(books, answers)
    client.books.replace_book("1", client.books.get_book("1"))
    assert server.asked[-1].body == {"title": "Dune", "shelf": 7}


def test_what_a_user_needs_is_at_the_top(books: Any) -> None:
    transport = books.Httpx2Transport(books.TransportOptions(http2=False))
    books.Client("http://127.0.0.1", transport=transport, auth=books.OAuth2("a", "b", "http://c/t"))
    assert [name for name in books.__all__ if not hasattr(books, name)] == []
