"""Making the phrases and the credit index of the model in use, before anybody asks for words."""

from collections.abc import Callable

from sayso.jobs.suggest import Assistant
from sayso.wiring import Network


def prepare_serving(network: Network, report: Callable[..., None] = lambda *_: None) -> None:
    """Make them if they are not there; a site that is running finds them when it looks."""
    report(0.99, 1.0, "Noting whose words are whose")
    writer = Assistant(network).writer
    with network.reading() as stores:
        writer.load(stores)
    with network.writing() as stores:
        writer.prepare(stores)
