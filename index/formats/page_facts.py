"""The title, the day and the address a web page states of itself."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import deque
from collections.abc import Iterator

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


def page_day(tree: LexborHTMLParser, main: LexborNode) -> dt.date | None:
    """The day of publication; a <time> counts only in the main content, where it is no clock of the site."""
    candidates = [_content(tree, selector) for selector in _DAY_IN_META]
    candidates += _days_in_json(tree)
    candidates += [node.attributes.get("datetime") for node in main.css("time[datetime]")]
    return next(filter(None, map(stated.day, candidates)), None)


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
