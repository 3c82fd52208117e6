"""Makes archives as LinkedIn exports them, of people who do not exist.

`python -m archives.linkedin FILE.zip` (from the folder `tests`) writes one to look at.
"""

import random
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from archives.hostile import folder, tarred, zipped

MEMBER = "7789716"
Rows = Iterable[Sequence[str]]

FIRST = ("Ada", "Bruno", "Chioma", "Dmitri", "Elif", "Farid", "Greta", "Hana")
LAST = ("Abara", "Bergqvist", "Castell", "Dorn", "Ekwueme", "Ferrer", "Gruber", "Holm")
WORDS = (
    "We repaired the tide clock and nobody noticed, which is the point.",
    "A year of apprentices: what they taught me about patience.",
    "Ask the night shift first. They know where the leak is.",
    'My old foreman used to say "measure twice" and then cut anyway.',
)
SHARES = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility"
COMMENTS = "Date,Link,Message"
NOTES = (
    'Notes:\n"When exporting, some addresses may be missing, for ""privacy"".\n'
    'See https://example.org/help."\n\n'
)


def urn(at: datetime, kind: str = "share", more: int = 77) -> str:
    """The name of something made then: its number counts milliseconds in all but 22 bits."""
    return f"urn:li:{kind}:{(int(at.timestamp() * 1000) << 22) | more}"


def update(name: str) -> str:
    """The address of a post, encoded as LinkedIn encodes it."""
    return "https://www.linkedin.com/feed/update/" + quote(name, safe="")


def doubled(header: str, rows: Rows, *, wrapped: bool = False, end: str = "\n") -> str:
    """As Shares is written: quotes twice; wrapped, every paragraph in quotes of its own."""

    def cell(text: str) -> str:
        text = text.replace('"', '""')
        if wrapped:
            text = text.replace("\n", '""\n""')
        return f'"{text}"' if any(sign in text for sign in '",\r\n') else text

    return _table(header, rows, cell, end)


def escaped(header: str, rows: Rows, *, end: str = "\n") -> str:
    """As Comments is written: a backslash before quotes and backslashes."""

    def cell(text: str) -> str:
        needs = any(sign in text for sign in '",\r\n')
        text = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{text}"' if needs else text

    return _table(header, rows, cell, end)


def article(title: str, body: str, *, created: str, published: str = "", slug: str = "") -> str:
    """A page of an article; without a day of publishing it is a draft."""
    heading = f'<a href="https://www.linkedin.com/pulse/{slug}">{title}</a>' if slug else title
    day = f'  <p class="published">Published on {published}</p>\n' if published else ""
    return (
        f"<html>\n<head>\n  <title>{title}</title>\n  <style>p {{ margin: 0 }}</style>\n</head>\n"
        f'<body>\n    <img src="https://media.example.org/x" alt="" title="" />\n'
        f'      <h1>{heading}</h1>\n    <p class="created">Created on {created}</p>\n{day}'
        f"  <div>{body}</div>\n</body>\n</html>\n"
    )


def export(seed: int = 1, member: str = MEMBER, posts: int = 6) -> dict[str, bytes]:
    """A whole archive: every file that is known, and every quirk in the file that has it."""
    chance = random.Random(seed)
    suffix = f"_{member}" if member else ""
    start = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    days = [start + timedelta(days=9 * number, seconds=number) for number in range(posts)]
    first, link = f"{days[0]:%F %T}", update(urn(days[0]))
    files = {
        f"Shares{suffix}.csv": shares(days, chance),
        f"Comments{suffix}.csv": comments(days, chance),
        f"Reactions{suffix}.csv": f"Date,Type,Link\n{first},PRAISE,{link}\n",
        f"Votes{suffix}.csv": f"Date,Link,OptionText\n{first},{link},Yes\n",
        f"InstantReposts{suffix}.csv": f"Date,Link\n{first},{link}\n",
        **written(),
        **about(),
        **others(chance),
        **private(),
        **never_read(suffix),
    }
    return {name: text.encode("utf-8") for name, text in files.items()}


def shares(days: Sequence[datetime], chance: random.Random) -> str:
    """Posts for everyone and for some, wrapped paragraphs, a repost without a word."""
    rows = [
        (
            f"{day:%F %T}",
            update(urn(day)),
            f"{chance.choice(WORDS)}\n\nNumber {number}.",
            "https://example.org/read" if number % 2 else "",
            "https://media.example.org/a.png" if number % 3 else "",
            ("PUBLIC", "MEMBER_NETWORK", "CONNECTIONS")[number % 3],
        )
        for number, day in enumerate(days)
    ]
    repost = update(urn(days[0], more=3))
    wordless = (f"{days[0]:%F %T}", repost, "", "https://example.org", "", "PUBLIC")
    return doubled(SHARES, [*rows, wordless], wrapped=True)


def comments(days: Sequence[datetime], chance: random.Random) -> str:
    """Two under one address, one without a date, one below a post that few may read."""
    under = update(urn(days[0] + timedelta(hours=1), "activity"))
    few = update(urn(days[1] + timedelta(seconds=2), "activity"))
    return escaped(
        COMMENTS,
        [
            (f"{days[0]:%F %T}", under, f'You "know", {chance.choice(FIRST)}:\n\nit holds.'),
            (f"{days[0]:%F %T}", under, "And C:\\temp stays C:\\temp."),
            ("", under, "The date of this one is blank."),
            (f"{days[2]:%F %T}", few, "Thank you all!"),
        ],
    )


def written() -> dict[str, str]:
    """Articles, published and not."""
    return {
        "Articles/Articles/2024-07-01 10:11:12.0-On tide clocks.html": article(
            "On tide clocks",
            "<p>They are patient.</p><blockquote>Nothing waits.</blockquote><h3>Why</h3>"
            "<p>Because &amp; so.</p>",
            created="2024-07-01 10:11",
            published="2024-07-02 09:00",
            slug="on-tide-clocks-ada-abara-x1",
        ),
        "Articles/Articles/2024-08-01 10:11:12.0-Unsaid.html": article(
            "Unsaid", "<p>I may never send this.</p>", created="2024-08-01 10:11"
        ),
    }


def about() -> dict[str, str]:
    """The member's own page, in its tables."""
    return {
        "Profile.csv": doubled(
            "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,"
            "Zip Code,Geo Location,Twitter Handles,Websites,Instant Messengers",
            [
                (
                    "Ada",
                    "Abara",
                    "Holm",
                    "1 Example Quay",
                    "Jan 15, 1985",
                    "Keeper of tide clocks",
                    "I mend clocks.\n\nI teach others to.",
                    "Maritime",
                    "00000",
                    "Exampleport",
                    "[ada_example]",
                    "[PERSONAL:https://ada.example.org]",
                    "",
                )
            ],
        ),
        "Profile Summary.csv": doubled("Profile Summary", [("I mend clocks.",)]),
        "Positions.csv": doubled(
            "Company Name,Title,Description,Location,Started On,Finished On",
            [
                ("Quay Works", "Clockkeeper", "Forty clocks.", "Exampleport", "Jan 2015", ""),
                ("Dry Dock", "Apprentice", "", "Exampleport", "Jan 2010", "Dec 2014"),
            ],
        ),
        "Education.csv": doubled(
            "School Name,Start Date,End Date,Notes,Degree Name,Activities",
            [("School of Tides", "2006", "2009", "", "Diploma", "Rowing")],
        ),
        "Skills.csv": doubled("Name", [("Soldering",), ("Teaching",)]),
        "Languages.csv": doubled(
            "Name,Proficiency",
            [("English", "Native or bilingual proficiency"), ("German (DE)", "")],
        ),
        "Projects.csv": doubled(
            "Title,Description,Url,Started On,Finished On",
            [("Harbour bell", "It rings again.", "https://example.org/bell", "Jan 2019", "")],
        ),
        "Publications.csv": doubled(
            "Name,Published On,Description,Publisher,Url",
            [("Tides", "Jan 2020", "A short book.", "Example Press", "")],
        ),
        "Email Addresses.csv": doubled(
            "Email Address,Confirmed,Primary,Updated On",
            [
                ("old@example.org", "Yes", "No", "Not Available"),
                ("ada@example.org", "Yes", "Yes", "3/14/16, 9:36 PM"),
            ],
        ),
        "Registration.csv": "Registered At,Registration Ip,Subscription Types\n"
        '"3/8/16, 9:36 PM",203.0.113.9,Not Available\n',
    }


def others(chance: random.Random) -> dict[str, str]:
    """Files that hold other people's names, some with their words."""
    known = [(chance.choice(FIRST), last) for last in LAST]
    return {
        "Connections.csv": NOTES
        + doubled(
            "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
            [
                *(
                    (*name, "https://example.org/in/x", "", "Works", "Mate", "05 Jun 2026")
                    for name in known
                ),
                ("Ines \U0001f30a", "Quist, PhD (she/her)", "", "", "", "", "06 Jun 2026"),
                ("", "", "", "", "", "", "07 Jun 2026"),
            ],
        ),
        "Recommendations_Given.csv": doubled(
            "First Name,Last Name,Company,Job Title,Text,Creation Date,Status",
            [
                (
                    "Bruno",
                    "Dorn",
                    "",
                    "",
                    "Bruno finds every leak.",
                    "11/23/23, 01:22 PM",
                    "VISIBLE",
                ),
                ("Elif", "Holm", "", "", "Elif is exact.", "11/24/23, 01:22 PM", "HIDDEN"),
            ],
        ),
        "Recommendations_Received.csv": doubled(
            "First Name,Last Name,Company,Job Title,Text,Creation Date,Status",
            [
                (
                    "Greta",
                    "Gruber",
                    "",
                    "",
                    "Ada taught me to wait.",
                    "11/25/23, 01:22 PM",
                    "VISIBLE",
                )
            ],
        ),
        "Endorsement_Given_Info.csv": doubled(
            "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name,"
            "Endorsee Public Url,Endorsement Status",
            [("2026/08/01 10:00:00 UTC", "Rowing", "Farid", "Castell", "", "ACCEPTED")],
        ),
        "Endorsement_Received_Info.csv": doubled(
            "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,"
            "Endorser Public Url,Endorsement Status",
            [("2026/08/01 10:00:00 UTC", "Rowing", "Hana", "Ekwueme", "", "ACCEPTED")],
        ),
        "Invitations.csv": doubled(
            "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl",
            [
                ("Ada Abara", "Farid Dorn", "9/5/26, 1:12 AM", SECRET, "OUTGOING", "", ""),
                ("Hana Holm", "Ada Abara", "9/25/26, 1:12 PM", "", "INCOMING", "", ""),
            ],
        ),
    }


SECRET = "This is between the two of us."
"""What stands in every private file; it must never be seen in a document."""

CHATS = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,"


def private() -> dict[str, str]:
    """Messages and all else that nothing may ever be made of."""
    chat = doubled(
        CHATS + "DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT",
        [("1", "", "Ada", "", "Bo", "", "2026-01-01 10:00:00 UTC", "", SECRET, "INBOX", "", "No")]
        * 2,
    )
    answers = doubled("Question,Answer", [("What do you earn?", SECRET)])
    return {
        **dict.fromkeys(
            (
                "messages.csv",
                "guide_messages.csv",
                "learning_role_play_messages.csv",
                "learning_coach_messages.csv",
                "LearningCoachMessages.csv",
            ),
            chat,
        ),
        "Jobs/Job Applications.csv": doubled(
            "Application Date,Company Name,Job Title,Question And Answers",
            [("9/5/26, 1:12 AM", "Works", "Mate", SECRET)],
        ),
        "Jobs/Job Applicant Saved Answers.csv": answers,
        "Jobs/Job Seeker Preferences.csv": answers,
        "Jobs/Saved Jobs.csv": doubled("Saved Date,Job Url", [("9/5/26, 1:12 AM", SECRET)]),
        "Job Applicant Saved Screening Question Responses.csv": answers,
        "SavedJobAlerts.csv": answers,
        "Salary.csv": answers,
        "Receipts_v2.csv": doubled("Invoice Number,Description", [("1", SECRET)]),
        "Logins.csv": "Login Date,IP Address,User Agent,Login Type\n2026-01-01,203.0.113.9,x,y\n",
        "PhoneNumbers.csv": "Extension,Number,Type\n,000,Mobile\n",
        "Whatsapp Phone Numbers.csv": "Number\n000\n",
        "Verifications/Verifications.csv": doubled("Name,Document", [("Ada", SECRET)]),
        "SearchQueries.csv": doubled("Time,Search Query", [("2026/01/01 10:00:00 UTC", SECRET)]),
    }


def never_read(suffix: str) -> dict[str, str]:
    """Files that hold nothing anyone wrote, or what others wrote."""
    return {
        "Ad_Targeting.csv": "Company Names,Company Names,Degrees\nWorks,Works,None\n",
        "Ads Clicked.csv": "Ad clicked Date,Ad Title/Id\n2026-01-01,1\n",
        "Inferences_about_you.csv": "Category,Type of inference,Description,Inference\nx,y,z,No\n",
        "Company Follows.csv": "Organization,Followed On\nGESAMPLE,Sat Sep 05 08:12:14 UTC 2026\n",
        f"Member_Follows{suffix}.csv": NOTES + "Date,Status,FullName\n2026-01-01,Active,Bo Holm\n",
        "Learning.csv": doubled("Content Title,Content Description", [("Knots", "Learn\nknots")]),
        "Rich_Media.csv": "Date/Time,Media Description,Media Link\nYou uploaded a photo,-,-\n",
        "Events.csv": "Event Name,Event Time\nRegatta,-\n",
    }


def write(path: Path, files: Mapping[str, bytes], *, under: str = "") -> Path:
    """Write an archive of the kind that `path` is named after, its files under one folder."""
    named = {f"{under}/{name}" if under else name: data for name, data in files.items()}
    if path.suffix == ".zip":
        return zipped(path, named)
    return tarred(path, named) if path.suffix == ".gz" else folder(path, named)


def _table(header: str, rows: Rows, cell: Callable[[str], str], end: str) -> str:
    lines = (",".join(cell(text) for text in row) for row in rows)
    return end.join((header, *lines, ""))


def good(tmp_path: Path) -> Path:
    """Write a sound archive to read."""
    return write(tmp_path / "linkedin", export())


if __name__ == "__main__":
    write(Path(sys.argv[1]), export())
