"""Links, and which of them point at a person: profiles, home folders, names in an address."""

import re
from collections.abc import Iterator

from sayso.redact.links import links
from sayso.redact.scan import Finder, Hit, Kind, Scan

PLAIN = "link"
"""The rule of a link in which nothing points at a person."""
PERSONAL = "personal link"

# `yourdomain.com/page`, `example.org/x`: a stand-in for an address, where no scheme shows that it
# leads somewhere.
_MADE_UP = re.compile(
    r"(?!www\.)(?:[a-z0-9-]+\.)*(?:(?:my|your|some|other|another)[a-z-]*|example|domain|host(?:name)?|"
    r"site|website|foo|bar|test|server)\d*\.[a-z]+/",
    re.IGNORECASE,
)

_FIRST = r"/@?[\w.%-]{2,}"
# Where a site keeps its people's pages, from the addresses the sites themselves show.
_PEOPLE: tuple[tuple[str, str], ...] = (
    ("about.me", _FIRST),
    ("behance.net", _FIRST),
    ("bsky.app", r"/profile/[^/]+"),
    ("dribbble.com", _FIRST),
    ("facebook.com", _FIRST),
    ("fb.com", _FIRST),
    ("flickr.com", r"/(?:photos|people)/[^/]+"),
    ("github.com", _FIRST),
    ("gitlab.com", _FIRST),
    ("instagram.com", _FIRST),
    ("keybase.io", _FIRST),
    ("ko-fi.com", _FIRST),
    ("linkedin.com", r"/(?:in|pub|profile)/[^/]+"),
    ("linktr.ee", _FIRST),
    ("medium.com", r"/@[^/]+"),
    ("orcid.org", r"/\d{4}-\d{4}"),
    ("patreon.com", _FIRST),
    ("paypal.me", _FIRST),
    ("pinterest.com", _FIRST),
    ("quora.com", r"/profile/[^/]+"),
    ("reddit.com", r"/u(?:ser)?/[^/]+"),
    ("soundcloud.com", _FIRST),
    ("stackexchange.com", r"/users/[^/]+"),
    ("stackoverflow.com", r"/users/[^/]+"),
    ("t.me", _FIRST),
    ("threads.net", _FIRST),
    ("tiktok.com", r"/@[^/]+"),
    ("twitch.tv", _FIRST),
    ("twitter.com", _FIRST),
    ("vimeo.com", r"/(?!\d+(?:/|$))[\w.%-]{2,}"),
    ("wa.me", r"/\d+"),
    ("x.com", _FIRST),
    ("youtube.com", r"/(?:@|user/|c/)[^/]+"),
)
_PAGES = {host: re.compile(path, re.IGNORECASE) for host, path in _PEOPLE}
# First parts of a path that are the site's own pages, not a person's.
_SITE_PAGES = {
    "about", "account", "api", "apps", "blog", "careers", "contact", "docs", "events",
    "explore", "features", "groups", "hashtag", "help", "home", "i", "intent", "jobs", "legal",
    "login", "marketplace", "orgs", "pages", "policies", "pricing", "privacy", "search",
    "security", "settings", "share", "sharer", "sharer.php", "signup", "status", "support",
    "terms", "topics", "tos", "watch", "website",
}  # fmt: skip
_OWN_HOSTS = (
    ".blogspot.com",
    ".deviantart.com",
    ".github.io",
    ".gitlab.io",
    ".livejournal.com",
    ".medium.com",
    ".substack.com",
    ".tumblr.com",
    ".wordpress.com",
)
_AFTER_SCHEME = re.compile(r"([^/?#:\s]*)(?::\d*)?([^?#]*)(.*)", re.DOTALL)
_PERSON_PATH = re.compile(
    r"/(?:~|%7e|%40)\w|/(?:users?|u|profiles?|people|members?|authors?|staff)/[^/?#]+",
    re.IGNORECASE,
)
_PERSON_QUERY = re.compile(
    r"[?&;#](?:user(?:_?(?:name|id))?|uid|e-?mail|phone|tel|author|member(?:_?id)?|login"
    r"|handle|profile|account)=[^&;]",
    re.IGNORECASE,
)


def find(scan: Scan) -> Iterator[Hit]:
    """Yield every link, whole; the rule says whether anything in it is personal."""
    for start, end in links(scan.text):
        link = scan.text[start:end]
        if _names_a_person(link):
            yield Hit(start, end, PERSONAL)
        elif "://" in link or not _MADE_UP.match(link):
            yield Hit(start, end, PLAIN)


def _names_a_person(link: str) -> bool:
    if "@" in link:
        return True
    host, path, rest = _parts(link)
    return (
        host.endswith(_OWN_HOSTS)
        or _is_profile(host, path)
        or bool(_PERSON_PATH.search(path))
        or bool(rest and _PERSON_QUERY.search(rest))
    )


def _parts(link: str) -> tuple[str, str, str]:
    """Return host, path, and query with fragment (RFC 3986 appendix B, without user and port)."""
    scheme = link.find("://")
    match = _AFTER_SCHEME.match(link, scheme + 3 if scheme != -1 else 0)
    host, path, rest = match.groups() if match else ("", "", "")
    return host.lower().removeprefix("www."), path, rest


def _is_profile(host: str, path: str) -> bool:
    for known in (host, host.partition(".")[2]):  # also de.linkedin.com, m.facebook.com
        page = _PAGES.get(known)
        if page and page.match(path):
            return path.split("/")[1].lower() not in _SITE_PAGES
    return False


URL = Finder(kind=Kind.URL, version="2", find=find, about="Links.", needs=(".", "://"))
