"""A made-up site's dump as Stack Exchange writes one: every quirk of it in a row of its own.

python -m archives.stackexchange FOLDER        (from tests/) writes one to look at
"""

import sys
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

SITE = "gardens.example.org"
Rows = list[dict[str, str]]
Dump = dict[str, Rows]
FILES = {
    "Posts": "posts",
    "Users": "users",
    "Comments": "comments",
    "PostHistory": "posthistory",
    "Votes": "votes",
}
ANA, BEN, CLEO = "1", "2", "3"
DAY = "2024-03-0{}T09:30:00.457"


def dump() -> Dump:
    """Return a whole dump; change it and give it to `write`."""
    return {
        "Users": users(),
        "Posts": posts(),
        "Comments": comments(),
        "PostHistory": history(),
        "Votes": [{"Id": "1", "PostId": "1", "VoteTypeId": "2", "CreationDate": DAY.format(1)}],
    }


def users() -> Rows:
    return [
        {"Id": "-1", "DisplayName": "Community", "CreationDate": DAY.format(1), "AccountId": "-1"},
        {
            "Id": ANA,
            "Reputation": "101",
            "CreationDate": "2020-05-13T21:29:22.820",
            "DisplayName": "Ana Lopez",
            "LastAccessDate": DAY.format(9),
            "WebsiteUrl": "https://ana.example.org",
            "Location": "Porto, Portugal",
            "AboutMe": "<p>I grow <b>beans</b> &amp; peas.</p>\r\n",
            "Views": "3",
            "UpVotes": "1",
            "DownVotes": "0",
            "AccountId": "700001",
        },
        {"Id": BEN, "DisplayName": "Ben", "CreationDate": DAY.format(1), "AccountId": "700002"},
        {"Id": CLEO, "DisplayName": "Cleo", "CreationDate": DAY.format(1), "Age": "16"},
    ]


def post(number: int, owner: str = ANA, **said: str) -> dict[str, str]:
    row = {
        "Id": f"{number}",
        "PostTypeId": "2",
        "ParentId": "1",
        "CreationDate": DAY.format(2),
        "Score": "0",
        "Body": f"<p>Water the beans, answer {number}.</p>\n",
        "OwnerUserId": owner,
        "LastActivityDate": DAY.format(9),
        "CommentCount": "0",
        "ContentLicense": "CC BY-SA 4.0",
    }
    return {name: value for name, value in {**row, **said}.items() if value}


def question(number: int, owner: str = ANA, **said: str) -> dict[str, str]:
    asked = {"PostTypeId": "1", "ParentId": "", "Title": "How deep do beans <root>?"}
    return post(number, owner, **{**asked, "Tags": "<soil><c++>", **said})


def posts() -> Rows:
    body = (
        "<p>Ben wrote:</p>\n<blockquote>\n  <p>Never dig &amp; never hoe</p>\n</blockquote>\n\n"
        "<p>Is that so?</p>\n\n<pre><code>dig(2) &lt; 3\n</code></pre>\n"
    )
    edited = {"LastEditorUserId": BEN, "LastEditDate": DAY.format(4)}
    return [
        question(1, Body=body, **edited),
        post(2, BEN),
        post(3, "", OwnerDisplayName="user77"),
        question(4, CLEO, Tags="|soil|c++|", ClosedDate=DAY.format(5), ContentLicense=""),
        post(5, ANA, PostTypeId="4", ParentId="", Body="What soil is."),
        post(6, "-1", PostTypeId="5", ParentId=""),
        post(7, BEN, CommunityOwnedDate=DAY.format(3), **edited),
        post(8, BEN, PostTypeId="6", ParentId=""),
        post(9, BEN),
        post(10, BEN, LastEditorDisplayName="user78", LastEditDate=DAY.format(4)),
        post(11, BEN, LastEditorUserId="-1", LastEditDate=DAY.format(4)),
        post(12, BEN, LastEditorUserId="-1", LastEditDate=DAY.format(4)),
        post(13, CLEO, LastEditorUserId=ANA, LastEditDate=DAY.format(4)),
        post(14, "9"),  # of someone whom Users.xml does not know
    ]


def edit(number: int, post_id: int, kind: int, who: str, **said: str) -> dict[str, str]:
    row = {
        "Id": f"{number}",
        "PostHistoryTypeId": f"{kind}",
        "PostId": f"{post_id}",
        "RevisionGUID": "00000000-0000-0000-0000-000000000000",
        "CreationDate": DAY.format(2),
        "UserId": who,
        "Text": "Water the beans & wait.",
    }
    return {name: value for name, value in {**row, **said}.items() if value}


def history() -> Rows:
    machine = "replaced http://gardens.example.org/ with https://gardens.example.org/"
    return [
        edit(1, 1, 2, ANA),
        edit(2, 1, 1, ANA),
        edit(3, 1, 3, ANA),
        edit(4, 1, 5, BEN),
        edit(5, 1, 6, CLEO),  # tags alone
        edit(6, 2, 2, BEN),
        edit(7, 2, 5, CLEO),
        edit(8, 2, 8, BEN),  # rolls Cleo's edit back
        edit(9, 5, 2, ANA),
        edit(10, 5, 5, CLEO),
        edit(11, 7, 2, BEN),
        edit(12, 7, 5, ANA),
        edit(13, 7, 5, CLEO),
        edit(14, 9, 2, BEN),
        edit(15, 9, 12, "-1"),
        edit(16, 10, 2, BEN),
        edit(17, 10, 5, "", UserDisplayName="user78"),
        edit(18, 11, 2, BEN),
        edit(19, 11, 5, "-1", Comment=machine),
        edit(20, 12, 2, BEN),
        edit(21, 12, 5, "-1", Comment="fixed a word"),
        edit(22, 1, 10, BEN),  # closed
    ]


def comment(number: int, post_id: int, who: str, text: str = "Thanks!") -> dict[str, str]:
    row = {
        "Id": f"{number}",
        "PostId": f"{post_id}",
        "Score": "0",
        "Text": text,
        "CreationDate": DAY.format(3),
        "UserId": who,
        "ContentLicense": "CC BY-SA 4.0",
    }
    return {name: value for name, value in row.items() if value}


def comments() -> Rows:
    return [
        comment(1, 1, BEN, "@Ana, see `dig@2` and [this](https://example.org/a) **twice**"),
        comment(2, 1, "", "gone"),
        comment(3, 1, "-1", "automatic"),
        comment(4, 99, BEN, "under nothing"),
        comment(5, 3, ANA, "under a deleted user's post"),
    ]


def without(rows: Rows, *numbers: int) -> Rows:
    """Return `rows` less those of these ids."""
    return [row for row in rows if int(row["Id"]) not in numbers]


def xml(root: str, rows: Iterable[Mapping[str, str]], *, begins: str = "\ufeff") -> str:
    """Return a file as the dump has it: a byte order mark, CRLF, one row a line."""
    lines = [f'{begins}<?xml version="1.0" encoding="utf-8"?>', f"<{root}>"]
    for row in rows:
        said = " ".join(
            f"{name}={quoteattr(value, {chr(10): '&#xA;', chr(13): '&#xD;', chr(34): '&quot;'})}"
            for name, value in row.items()
        )
        lines.append(f"  <row {said} />")
    return "\r\n".join((*lines, f"</{root}>"))


def write(folder: Path, said: Dump | None = None, *, encoding: str = "utf-8") -> Path:
    """Write a dump's folder; a key that is missing from `said` is a file that is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.xml"):
        old.unlink()
    for name, rows in (dump() if said is None else said).items():
        begins = "" if encoding == "utf-16" else "\ufeff"  # UTF-16 has its own
        text = xml(FILES[name], rows, begins=begins)
        (folder / f"{name}.xml").write_bytes(text.encode(encoding, errors="surrogatepass"))
    return folder


def zipped(folder: Path) -> Path:
    """Pack a dump's folder as a zip beside it, called as the folder is."""
    path = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(folder.iterdir()):
            packed.writestr(zipfile.ZipInfo(file.name), file.read_bytes(), zipfile.ZIP_DEFLATED)
    return path


def good(tmp_path: Path) -> Path:
    """Write a sound dump to read."""
    return write(tmp_path / SITE)


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
DOCUMENT_TYPES = {
    "a billion laughs": f'<!DOCTYPE posts [<!ENTITY a0 "ha">{LAUGHS}]>',
    "an outside entity": '<!DOCTYPE posts [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>',
    "an outside document type": '<!DOCTYPE posts SYSTEM "http://example.org/x.dtd">',
    "a parameter entity": '<!DOCTYPE posts [<!ENTITY % a9 SYSTEM "file:///etc/passwd"> %a9;]>',
}
"""What a dump never has; each would read `&a9;` as something from elsewhere."""


def with_document_type(folder: Path, document_type: str) -> Path:
    """Write a dump whose posts declare `document_type` and use its entity."""
    write(folder)
    rows = xml("posts", [post(1, Body="&a9;")], begins="").replace("&amp;a9;", "&a9;")
    head, _, rest = rows.partition("\r\n")
    (folder / "Posts.xml").write_text(f"{head}\r\n{document_type}\r\n{rest}", encoding="utf-8")
    return folder


if __name__ == "__main__":
    print(write(Path(sys.argv[1])))  # noqa: T201 - says where it is
