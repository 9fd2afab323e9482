"""A program as a user writes it: every line of it type-checks, and has the types that it says."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import assert_type

from atlas_v1 import Client as FirstClient
from atlas_v2 import (
    UNSET,
    AsyncClient,
    AsyncHttpx2Transport,
    AsyncPage,
    Client,
    Digest,
    Hook,
    Httpx2Transport,
    Options,
    Page,
    RawResponse,
    Request,
    Response,
    StreamedResponse,
    TransportOptions,
    errors,
    models,
)


class Counting(Hook):
    """Counts what is sent."""

    def __init__(self) -> None:
        self.sent = 0

    def before(self, request: Request) -> Request:
        self.sent += 1
        return request

    def after(self, request: Request, outcome: Response | BaseException, seconds: float) -> None:
        if isinstance(outcome, Response):
            print(request.method, outcome.status, outcome.headers.get("x-request-id"), seconds)


def made() -> Client:
    options = Options(timeout=5, deadline=30.0, retries=0, hooks=(Counting(),))
    transport = Httpx2Transport(TransportOptions(http2=False, proxy=None))
    client = Client(auth=Digest("me", "secret"), options=options, transport=transport)
    return assert_type(client.with_options(Options(headers={"x-a": "b"})), Client)


def pages(client: Client) -> Iterator[str]:
    page = client.organizations.list_organizations(name="acme", items_per_page=10)
    assert_type(page, Page[models.Organization])
    assert_type(page.items, list[models.Organization])
    assert_type(page.total, int | None)
    assert_type(page.next(), Page[models.Organization] | None)
    for organization in page.all():
        yield assert_type(organization.name, str)


def bodies(client: Client, org_id: str) -> None:
    roles = [models.OrganizationRole.ORG_OWNER]
    invite = client.organizations.create_organization_invitation
    invitation = invite(org_id, username="a@example.com", roles=roles)
    assert_type(invitation, models.OrganizationInvitation)
    invite(org_id, models.OrganizationInvitationRequest(username="a@example.com", roles=roles))
    invite(org_id, {"username": "a@example.com", "roles": ["ORG_OWNER"]})
    for role in invitation.roles:
        print(role.value if role.is_known else f"{role} is new")


def absent(key: models.ApiKey) -> str:
    return "no description" if key.desc is UNSET else assert_type(key.desc, str)


def otherwise(client: Client, org_id: str) -> int:
    raw = client.organizations.with_raw_response.get_organization(org_id)
    assert_type(raw.parse(), models.Organization)
    assert_type(raw.status, int)
    plain: RawResponse[models.Organization] = raw
    with client.organizations.with_streaming_response.get_organization(org_id) as stream:
        assert_type(stream.parse(), models.Organization)
        streamed: StreamedResponse[models.Organization] = stream
    return len(plain.body) + streamed.status


def failing(client: Client, org_id: str) -> str | None:
    try:
        client.organizations.delete_organization(org_id)
    except errors.NotFound as error:
        assert_type(error.code, str | None)
        return error.detail
    except (errors.ConnectError, errors.TimeoutError_) as error:
        return error.curl
    except errors.DecodeError as error:
        return error.path
    except errors.Error:
        raise
    return None


def text(client: FirstClient, org_id: str, invoice_id: str) -> str:
    return assert_type(client.invoices.download_invoice_csv(org_id, invoice_id), str)


async def awaited(org_id: str) -> AsyncIterator[str]:
    async with AsyncClient(transport=AsyncHttpx2Transport()) as client:
        page = await client.organizations.list_organizations()
        assert_type(page, AsyncPage[models.Organization])
        async for organization in page.all():
            yield organization.name
        raw = await client.organizations.with_raw_response.get_organization(org_id)
        assert_type(raw.parse(), models.Organization)
        async with client.organizations.with_streaming_response.get_organization(org_id) as stream:
            assert_type(await stream.parse(), models.Organization)
