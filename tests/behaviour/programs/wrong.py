"""Lines that are wrong, each of which a type checker refuses: an ignore without use is an error."""

# pyright: reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

from atlas_v2 import AsyncClient, Client, Digest, Options, errors, models


def arguments(client: Client) -> None:
    client.organizations.list_organizations(nmae="acme")  # type: ignore[call-arg]
    client.organizations.list_organizations("acme")  # type: ignore[arg-type, call-arg]
    client.organizations.list_organizations(page_num="1")  # type: ignore[arg-type]
    client.organizations.list_organizations(name=None)  # type: ignore[arg-type]
    client.organizations.get_organization()  # type: ignore[call-arg]
    client.organizations.get_organization(5)  # type: ignore[arg-type]
    client.organisations.list_organizations()  # type: ignore[attr-defined]
    client.organizations.list_organisations()  # type: ignore[attr-defined]


def bodies(client: Client, role: models.OrganizationRole) -> None:
    invite = client.organizations.create_organization_invitation
    invite("1", username="a", roles="ORG_OWNER")  # type: ignore[call-overload]
    invite("1", roles=[role])  # type: ignore[call-overload]
    invite("1", username="a", roles=[role], teamIds=[])  # type: ignore[call-overload]
    invite("1", [role])  # type: ignore[call-overload]
    models.OrganizationInvitationRequest(roles=[role])  # type: ignore[call-arg]
    models.OrganizationInvitationRequest("a", [role])  # type: ignore[call-arg]


def answers(client: Client, key: models.ApiKey) -> None:
    page = client.organizations.list_organizations()
    for _ in page:  # type: ignore[attr-defined]
        break
    len(page)  # type: ignore[arg-type]
    print(page.items[0].nmae)  # type: ignore[attr-defined]
    print(page.items[0].name.real)  # type: ignore[attr-defined]
    key.desc.upper()  # type: ignore[union-attr]
    print(client.organizations.with_raw_response.list_organizations().items)  # type: ignore[attr-defined]
    client.organizations.with_streaming_response.get_organization("1").read()  # type: ignore[attr-defined]


def settings() -> None:
    Client("http://h", Digest("a", "b"))  # type: ignore[call-arg]
    Client(auth="secret")  # type: ignore[arg-type]
    Client(timeout=5)  # type: ignore[call-arg]
    Options(timeout="5")  # type: ignore[arg-type]
    Options(5)  # type: ignore[call-arg]
    print(errors.NotFuond)  # type: ignore[attr-defined]


async def awaited(client: AsyncClient) -> None:
    print(client.organizations.list_organizations().items)  # type: ignore[attr-defined]
    page = await client.organizations.list_organizations()
    for _ in page.all():  # type: ignore[attr-defined]
        break
    with client:  # type: ignore[attr-defined]
        pass
