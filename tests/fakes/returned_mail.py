"""Delivery reports as mail servers write them (RFC 3464)."""


def report_of(
    mark: str,
    *actions: str,
    carriers: tuple[str, ...] = ("to", "envid", "message-id"),
    returned: bytes = b"",
    host: str = "hamlet.example",
) -> bytes:
    """Return a report about a letter with that mark, one group of fields for each action."""
    edge = f"edge{mark[:4]}"
    to = f"notices+{mark}@{host}" if "to" in carriers else f"notices@{host}"
    envid = f"Original-Envelope-Id: {mark}\n" if "envid" in carriers else ""
    groups = "\n".join(
        f"Final-Recipient: rfc822; someone@example.org\nAction: {action}\nStatus: 5.1.1\n"
        for action in actions
    )
    head = f"Message-ID: <{mark}@{host}>\n" if "message-id" in carriers else ""
    letter = returned.decode() if returned else f"Message-ID: <{mark}@{host}>\n\nText.\n"
    last = (
        f"--{edge}\nContent-Type: message/rfc822\n\n{letter}\n"
        if "returned letter" in carriers or returned
        else f"--{edge}\nContent-Type: text/rfc822-headers\n\n{head}Subject: Your words\n\n"
    )
    return (
        f"From: Mail Delivery System <postmaster@mail.example.org>\nTo: {to}\n"
        "Subject: Delivery report\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="{edge}"\n\n'
        f"--{edge}\nContent-Type: text/plain\n\nAbout your message.\n\n"
        f"--{edge}\nContent-Type: message/delivery-status\n\n"
        f"Reporting-MTA: dns; mail.example.org\n{envid}\n{groups}\n{last}--{edge}--\n"
    ).encode()
