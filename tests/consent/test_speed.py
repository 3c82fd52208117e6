"""Deciding for a network's build is not what the operator waits for."""

import time

from fakes.consent import person, village, writing
from sayso.community import DocumentId, MemberId
from sayso.consent.notices import Delivery


def test_three_thousand_documents_of_six_hundred_members_take_under_two_seconds() -> None:
    world = village("linkedin-2025")
    names = [f"m{number}" for number in range(600)]
    for number, name in enumerate(names):
        member = MemberId(name)
        world.join(person(name))
        world.hears(who=member, delivery=Delivery.SHOWN)
        if number % 3:
            world.says_yes(member_id=member)
        if number % 5 == 0:
            world.says_no(member_id=member)
        world.say(member)
    documents = [
        writing(names[number % 600], id=DocumentId(f"d{number}")) for number in range(3000)
    ]

    started = time.process_time()
    permitted = sum(world.decides(document).permit for document in documents)

    assert time.process_time() - started < 2
    assert permitted == 2400
