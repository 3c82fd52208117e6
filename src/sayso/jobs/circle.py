"""The whole circle on the made-up village, from the first notice to the first certificate."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sayso.consent.policy import load_policy
from sayso.consent.purposes import Purpose
from sayso.datasets.disk import replace_durably
from sayso.demo.acts import ChoiceAct
from sayso.demo.village import Village, village
from sayso.jobs.build import build_dataset
from sayso.jobs.choosing import say
from sayso.jobs.forget import forget_pending
from sayso.jobs.learn import train_model
from sayso.jobs.samples import keep_samples
from sayso.jobs.villagers import is_late, live_through
from sayso.training.models import Report
from sayso.wiring import Network

SEED = 7
_MOMENT_FILE = "village-moment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """What the tour speaks of."""

    says_yes: str
    says_no: str
    dataset_id: str
    model_id: str
    certificate_id: str


def complete_circle(
    network: Network,
    *,
    members: int,
    report: Callable[..., None] = lambda *_: None,
    tell: Callable[[str], None] = lambda _: None,
    size: str = "small",
) -> Circle:
    """Do what is not done yet; stopped at any moment, the same call goes on from there."""
    made = village(SEED, members=members, now=_moment(network))
    with network.writing() as stores:
        if not stores.notices.list():
            stores.policies.use(load_policy("opt-in"), made.notice.published_at or network.clock())
            live_through(stores, made, report)
    keep_samples(network, {sample.member_id: sample.story for sample in made.samples})
    tell(
        f"{len(made.members)} villagers with {len(made.documents)} documents were told, "
        "and have said yes, no, or nothing."
    )
    dataset_id = _dataset(network, report, tell)
    model_id = _model(network, dataset_id, size, report, tell)
    certificate_id = _leavers(network, made, report, tell)
    return Circle(
        says_yes=made.samples[0].name,
        says_no=_leaver_name(made),
        dataset_id=dataset_id,
        model_id=model_id,
        certificate_id=certificate_id,
    )


def _moment(network: Network) -> datetime:
    """The day on which the village is looked at: today, when it was first made."""
    path = network.settings.store / _MOMENT_FILE
    if not path.exists():
        replace_durably(path, network.clock().isoformat().encode())
    return datetime.fromisoformat(path.read_text(encoding="utf-8"))


def _dataset(network: Network, report: Callable[..., None], tell: Callable[[str], None]) -> str:
    with network.reading() as stores:
        model = stores.models.in_use()
        sealed = stores.datasets.ids()
    if model is not None:
        return model.model.dataset_id
    if sealed:
        return sealed[-1]
    built = build_dataset(network, Purpose.GENAI_TRAINING, report=report)
    manifest = built.manifest
    tell(
        f"{manifest.rows + manifest.held_out_rows} documents may be used and are sealed; "
        f"{sum(manifest.refusals.values())} were left out, each with its reason; "
        f"{sum(manifest.redactions.values())} pieces of personal data were taken out."
    )
    return built.dataset_id


def _model(
    network: Network,
    dataset_id: str,
    size: str,
    report: Callable[..., None],
    tell: Callable[[str], None],
) -> str:
    with network.reading() as stores:
        model = stores.models.in_use()
    if model is not None:
        return model.model.model_id
    trained = train_model(network, dataset_id, size=size, report=report)
    tell(
        f"{len(trained.shards)} groups of villagers taught the model in "
        f"{trained.report.seconds:.0f} seconds. {_measured(trained.report)}"
    )
    return trained.model_id


def _measured(report: Report) -> str:
    if report.mixture_bits is None or report.untrained_bits is None:
        return "So few villagers that no texts were kept aside to measure it with."
    return (
        f"On texts it never saw it needs {report.mixture_bits:.2f} bits a byte, "
        f"where an untaught one needs {report.untrained_bits:.2f}."
    )


def _leavers(
    network: Network,
    made: Village,
    report: Callable[..., None],
    tell: Callable[[str], None],
) -> str:
    late = [act for act in made.acts if isinstance(act, ChoiceAct) and is_late(act)]
    for act in late:
        say(network, act.choice)
    certificates = forget_pending(network, report=report)
    if certificates:
        tell(
            f"Then {len(late)} villagers said no. Suggestions stopped drawing on them at once; "
            "the model has been retrained without them, and certified."
        )
    with network.reading() as stores:
        issued = stores.takebacks.certificates()
    return issued[-1].id if issued else ""


def _leaver_name(made: Village) -> str:
    names = {member.id: member.name for member in made.members}
    late = [act for act in made.acts if isinstance(act, ChoiceAct) and is_late(act)]
    return names[late[0].member_id] if late else ""
