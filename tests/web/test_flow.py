from sayso.web.flow import Station, draw


def stations(*counts: int) -> list[Station]:
    whole = max(counts)
    return [
        Station(what=f"Stop {number}", count=count, more="a <b> & c", share=count / whole)
        for number, count in enumerate(counts)
    ]


def test_the_picture_says_its_numbers_in_words_too() -> None:
    assert draw(stations(14, 9)).says == "14 stop 0 (a <b> & c), then 9 stop 1 (a <b> & c)."


def test_labels_in_the_picture_are_escaped() -> None:
    flow = draw(stations(14, 9, 8, 3))

    assert "<b>" not in flow.wide
    assert "<b>" not in flow.tall
    assert "a &lt;b&gt; &amp; c" in flow.wide


def test_a_stop_that_nothing_reaches_is_drawn_apart() -> None:
    assert "station none" not in draw(stations(4, 2)).wide
    assert "station none" in draw(stations(4, 0)).wide
    assert "left-out" in draw(stations(4, 0)).tall


def test_a_member_is_i_within_a_sentence_too() -> None:
    wrote = Station(what="I wrote", count=23, more="texts", share=1.0)

    assert draw([wrote, *stations(9)]).says.startswith("23 I wrote (texts), then 9 stop 0")
