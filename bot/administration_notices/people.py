"""People with rights, invitations and the audit log, as administrators see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

from bot.administration_notices.paging import paged
from bot.administration_notices.saying import short
from bot.buttons import ButtonKind, Rendered, button, row
from bot.markup import bold, escaped, isolated, one_line
from bot.phrases import PhraseName, Phrases
from bot.staff import Member
from bot.state.values import Deed, Role

Invited: TypeAlias = Literal[Role.OFFICIAL, Role.ADMINISTRATOR]

PEOPLE_ON_A_PAGE: Final = 8
DEEDS_ON_A_PAGE: Final = 10
_LONGEST_NAME: Final = 60  # code points of a person's name, or of what is known of a deed only by its name
_ROLES: Final = {
    Role.CITIZEN: PhraseName.ROLE_CITIZEN,
    Role.OFFICIAL: PhraseName.ROLE_OFFICIAL,
    Role.ADMINISTRATOR: PhraseName.ROLE_ADMINISTRATOR,
}
_OF_NOBODY: Final = {
    "asked": PhraseName.AUDIT_ASKED,
    "stopped": PhraseName.AUDIT_STOPPED,
    "dropped": PhraseName.AUDIT_DROPPED,
    "switched anyway": PhraseName.AUDIT_SWITCHED,
    "questions added": PhraseName.AUDIT_ADDED,
    "backup": PhraseName.AUDIT_BACKUP,
    "questions ignored": PhraseName.AUDIT_IGNORED,
}

Names: TypeAlias = Mapping[int, str]
"""What Telegram calls some people; the others are shown by their ids."""


def invite_menu(phrases: Phrases) -> Rendered:
    """As what somebody shall be invited."""
    labels = ((Role.OFFICIAL, PhraseName.ROLE_OFFICIAL), (Role.ADMINISTRATOR, PhraseName.ROLE_ADMINISTRATOR))
    shown = [button(phrases.say(label), ButtonKind.INVITE, "0", role.value) for role, label in labels]
    return Rendered(escaped(phrases.say(PhraseName.INVITE_WHOM)), (row(phrases, *shown),))


def invitation(role: Role, link: str, phrases: Phrases) -> Rendered:
    """The link of an invitation, to be sent on."""
    said = phrases.say(PhraseName.INVITATION, role=phrases.say(_ROLES[role]))
    return Rendered(f"{escaped(said)}\n{escaped(link)}")


def accepted(person: int, name: str, role: Role, phrases: Phrases) -> Rendered:
    """To whoever invited: who has accepted."""
    shown = one_line(name, _LONGEST_NAME) or str(person)
    said = phrases.say(PhraseName.INVITATION_ACCEPTED, name=shown, id=str(person), role=phrases.say(_ROLES[role]))
    return Rendered(escaped(said))


def people_page(members: Sequence[Member], number: int, names: Names, phrases: Phrases) -> Rendered:
    """The page ``number`` of everybody with rights, with a button for each who can lose them."""
    page = paged(members, number, PEOPLE_ON_A_PAGE)
    lines = [bold(phrases.say(PhraseName.PEOPLE_HEADING, count=len(members)))]
    lines += [escaped(_member(each, names, phrases)) for each in page.shown]
    dismissing = tuple(
        (
            button(
                phrases.say(PhraseName.BUTTON_DISMISS, name=_name(each.person, names)),
                ButtonKind.DISMISS,
                str(each.person),
                "ask",
            ),
        )
        for each in page.shown
        if not each.fixed
    )
    return Rendered("\n".join([*lines, *page.line(phrases)]), (*dismissing, *page.turning(ButtonKind.PEOPLE, phrases)))


def dismissal(member: Member, names: Names, phrases: Phrases) -> Rendered:
    """Whether somebody shall really lose their rights."""
    said = phrases.say(
        PhraseName.DISMISS_WHOM,
        name=_name(member.person, names),
        id=str(member.person),
        role=phrases.say(_ROLES[member.role]),
    )
    yes = button(phrases.say(PhraseName.BUTTON_DISMISS_YES), ButtonKind.DISMISS, str(member.person), "yes")
    no = button(phrases.say(PhraseName.BUTTON_DISMISS_NO), ButtonKind.PEOPLE, "0", 1)
    return Rendered(escaped(said), (row(phrases, yes, no),))


def audit_page(deeds: Sequence[Deed], number: int, names: Names, phrases: Phrases) -> Rendered:
    """The page ``number`` of what people with rights did: all ``deeds`` that there are, the newest first."""
    if not deeds:
        return Rendered(escaped(phrases.say(PhraseName.AUDIT_EMPTY)))
    page = paged(deeds, number, DEEDS_ON_A_PAGE)
    lines = [bold(phrases.say(PhraseName.AUDIT_HEADING))]
    for deed in page.shown:
        at = dt.datetime.fromtimestamp(deed.at, dt.UTC)
        lines.append(f"{escaped(_deed(deed, names, phrases))} · {isolated(f'{at:%Y-%m-%d %H:%M}')}")
    return Rendered("\n".join([*lines, *page.line(phrases)]), page.turning(ButtonKind.AUDIT, phrases))


def people_of(deeds: Sequence[Deed]) -> set[int]:
    """Everybody who is named in ``deeds``."""
    return {person for deed in deeds for person in (deed.who, deed.whom) if person is not None}


def _member(member: Member, names: Names, phrases: Phrases) -> str:
    name, role = _name(member.person, names), phrases.say(_ROLES[member.role])
    if member.fixed:
        return phrases.say(PhraseName.PERSON_BY_SETTINGS, name=name, id=str(member.person), role=role)
    return phrases.say(PhraseName.PERSON_OF_ROLE, name=name, id=str(member.person), role=role)


def _deed(deed: Deed, names: Names, phrases: Phrases) -> str:
    who = phrases.say(PhraseName.AUDIT_TERMINAL) if deed.who is None else _name(deed.who, names)
    whom = who if deed.whom is None else _name(deed.whom, names)
    match deed.what:
        case "invited":
            return phrases.say(PhraseName.AUDIT_INVITED, who=who, role=_role(deed, "role", phrases))
        case "accepted":
            return phrases.say(PhraseName.AUDIT_ACCEPTED, whom=whom, role=_role(deed, "after", phrases))
        case "role":
            before, role = _role(deed, "before", phrases), _role(deed, "after", phrases)
            return phrases.say(PhraseName.AUDIT_ROLE, who=who, whom=whom, before=before, role=role)
        case "invitations withdrawn":
            return phrases.say(PhraseName.AUDIT_INVITATIONS_WITHDRAWN, who=who)
        case "rolled back":
            return phrases.say(PhraseName.AUDIT_ROLLED_BACK, who=who, number=str(deed.details.get("to", "?")))
        case "discarded":
            name = short(str(deed.details.get("document", "")))
            return phrases.say(PhraseName.AUDIT_DISCARDED, who=who, name=name)
        case what if what in _OF_NOBODY:
            return phrases.say(_OF_NOBODY[what], who=who)
        case what:
            return phrases.say(PhraseName.AUDIT_OTHER, who=who, deed=one_line(what, _LONGEST_NAME))


def _role(deed: Deed, name: str, phrases: Phrases) -> str:
    told = str(deed.details.get(name, ""))
    return phrases.say(_ROLES[Role(told)]) if told in set(Role) else one_line(told, _LONGEST_NAME)


def _name(person: int, names: Names) -> str:
    return one_line(names.get(person, ""), _LONGEST_NAME) or str(person)
