"""The title, the day and the address a web page states of itself."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import deque
from collections.abc import Collection, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from index.formats import stated

_DAY_IN_META = (
    'meta[property="article:published_time"]',
    'meta[itemprop="datePublished"]',
    'meta[name="dcterms.issued" i]',
    'meta[name="dc.date.issued" i]',
    'meta[name="dc.date" i]',
    'meta[name="pubdate" i]',
)
_BEFORE_SITE_NAME = re.compile(r"\s(?:[|\-–—:·•»]|::)\s")


def page_title(tree: LexborHTMLParser) -> str | None:
    """The title without the name of the site after it.

    The name is cut off only where the page itself shows what is title and what is site: by its
    og:site_name, or by a first heading equal to the rest.
    """
    site = _content(tree, 'meta[property="og:site_name"]')
    heading = _text(tree, "h1")
    for whole in (_content(tree, 'meta[property="og:title"]'), _text(tree, "head title")):
        if named := stated.title(whole):
            return _without_site(named, site=stated.title(site), heading=stated.title(heading))
    return stated.title(heading)


def _without_site(title: str, *, site: str | None, heading: str | None) -> str:
    for separator in reversed(list(_BEFORE_SITE_NAME.finditer(title))):
        before, after = title[: separator.start()].strip(), title[separator.end() :].strip()
        if before and (after == site or before == heading):
            return before
    return title


def page_day(tree: LexborHTMLParser, main: LexborNode, left_out: Collection[int]) -> dt.date | None:
    """The day of publication, where the page states it.

    A <time> that does not say what it is counts only where it is the one day in the main content:
    others are clocks, events and the days of related reports.
    """
    candidates = [_content(tree, selector) for selector in _DAY_IN_META]
    candidates += _days_in_json(tree)
    times = [node for node in main.css("time[datetime]") if not _is_within(node, left_out)]
    candidates += [time.attributes.get("datetime") for time in times if _is_publication(time)]
    if named := next(filter(None, map(stated.day, candidates)), None):
        return named
    days = {stated.day(time.attributes.get("datetime")) for time in times} - {None}
    return days.pop() if len(days) == 1 else None


def _is_publication(time: LexborNode) -> bool:
    attributes = time.attributes
    return "pubdate" in attributes or attributes.get("itemprop") == "datePublished"


def _is_within(node: LexborNode, left_out: Collection[int]) -> bool:
    ancestor: LexborNode | None = node
    while ancestor is not None and ancestor.mem_id not in left_out:
        ancestor = ancestor.parent
    return ancestor is not None


def _days_in_json(tree: LexborHTMLParser) -> Iterator[str]:
    """Every schema.org datePublished, the outermost first."""
    for script in tree.css('script[type="application/ld+json"]'):
        try:
            waiting = deque([json.loads(script.text())])
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.popleft()
            if isinstance(value, list):
                waiting.extend(value)
            elif isinstance(value, dict):
                if isinstance(found := value.get("datePublished"), str):
                    yield found
                waiting.extend(value.values())


def page_address(tree: LexborHTMLParser) -> str | None:
    """The address the page says is its own."""
    canonical = tree.css_first('link[rel~="canonical" i]')
    candidates = [canonical.attributes.get("href") if canonical else None]
    candidates.append(_content(tree, 'meta[property="og:url"]'))
    return next(filter(None, map(stated.address, candidates)), None)


def _content(tree: LexborHTMLParser, selector: str) -> str | None:
    node = tree.css_first(selector)
    return node.attributes.get("content") if node else None


def _text(tree: LexborHTMLParser, selector: str) -> str | None:
    node = tree.css_first(selector)
    return node.text() if node else None
