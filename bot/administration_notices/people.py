"""People with rights, invitations and the audit log, as administrators see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias

from bot.administration_notices.paging import paged
from bot.administration_notices.saying import listed, short
from bot.buttons import ButtonKind, Rendered, button, row
from bot.markup import bold, escaped, isolated, one_line
from bot.phrases import PhraseName, Phrases
from bot.staff import Member
from bot.state.values import Deed, Role

Invited: TypeAlias = Literal[Role.OFFICIAL, Role.ADMINISTRATOR]

PEOPLE_ON_A_PAGE: Final = 8
DEEDS_ON_A_PAGE: Final = 10
_LONGEST_NAME: Final = 60  # code points of a person's name, or of what is known of a deed only by its name
_NAMES_SHOWN: Final = 3
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
        case "canary added" | "canary removed":
            name = PhraseName.AUDIT_CANARY_ADDED if deed.what == "canary added" else PhraseName.AUDIT_CANARY_REMOVED
            return phrases.say(name, who=who, question=short(str(deed.details.get("question", ""))))
        case what if what in _OF_NOBODY:
            done = phrases.say(_OF_NOBODY[what], who=who)
            of = listed(_update(deed, phrases), phrases)
            return f"{done}: {of}" if of else done
        case what:
            return phrases.say(PhraseName.AUDIT_OTHER, who=who, deed=one_line(what, _LONGEST_NAME))


def _update(deed: Deed, phrases: Phrases) -> Iterator[str]:
    """What an update was to publish and to withdraw; nothing for what is no update."""
    if "publish" not in deed.details:
        return
    names = {"publish": deed.details.get("names", ()), "withdraw": deed.details.get("withdraw", ())}
    said = {"publish": PhraseName.AUDIT_PUBLISHING, "withdraw": PhraseName.AUDIT_WITHDRAWING}
    for kind in ("publish", "withdraw"):
        if some := [short(str(each)) for each in names[kind]]:
            more = [phrases.say(PhraseName.AND_OTHERS)] if len(some) > _NAMES_SHOWN else []
            yield phrases.say(said[kind], names=listed([*some[:_NAMES_SHOWN], *more], phrases))
    if not deed.details["publish"] and not deed.details.get("withdraw"):
        yield phrases.say(PhraseName.AUDIT_FROM_FOLDER)


def _role(deed: Deed, name: str, phrases: Phrases) -> str:
    told = str(deed.details.get(name, ""))
    return phrases.say(_ROLES[Role(told)]) if told in set(Role) else one_line(told, _LONGEST_NAME)


def _name(person: int, names: Names) -> str:
    return one_line(names.get(person, ""), _LONGEST_NAME) or str(person)
