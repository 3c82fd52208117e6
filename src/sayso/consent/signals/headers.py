"""One answer's header fields and its page's meta elements: the same said in each of them."""

from sayso.consent.signals import aipref, content_signal, noai, tdmrep
from sayso.consent.signals.usage import Usage, Use


def headers_of(usage: Usage, policy: str = "") -> dict[str, str]:
    """Return the header fields that say `usage`; a standard that cannot say it is left out."""
    said = {
        aipref.HEADER: aipref.emit(usage),
        content_signal.HEADER: content_signal.emit(usage),
        noai.HEADER: noai.emit(usage),
    }
    return {name.lower(): value for name, value in said.items() if value} | _reserved(usage, policy)


def metas_of(usage: Usage) -> dict[str, str]:
    """Return the meta elements, name and content, that say as much of it as a page can.

    The policy's address stays in the header: our pages name no address with a host in it.
    """
    directives = noai.emit(usage)
    return ({noai.META: directives} if directives else {}) | _reserved(usage, policy="")


def _reserved(usage: Usage, policy: str) -> dict[str, str]:
    said = {
        tdmrep.HEADER: tdmrep.emit(usage),
        tdmrep.POLICY: policy if usage.objects_to(Use.MINING) else "",
    }
    return {name: value for name, value in said.items() if value}
