"""Dates in a text are intervals of instants, read from the day of publication on the clock of the place."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.extraction.article import Article
from provenance.extraction.dates import find_dates, publication_date
from provenance.extraction.reading import DateFound
from provenance.extraction.zones import find_zones
from provenance.vocabulary import TimeBasis

# A Thursday, eleven in the morning in Almaty.
THURSDAY = datetime(2022, 1, 6, 5, tzinfo=UTC)
ALMATY = timezone(timedelta(hours=6))


def dates(
    text: str, published_at: datetime | None = THURSDAY, place: str | None = "KZ", language: str | None = "en"
) -> list[DateFound]:
    return list(find_dates(Article(text, (), language, published_at, place)))


def days(text: str) -> list[tuple[str, str, str]]:
    """Each date's words with its first and last day in Almaty, the hour where it is not the day's first or last."""
    return [(date.text, _local(date.earliest), _local(date.latest, ends=True)) for date in dates(text)]


def _local(moment: datetime | None, ends: bool = False) -> str:
    assert moment is not None
    here = (moment + timedelta(microseconds=1) if ends else moment).astimezone(ALMATY)
    if here.hour == here.minute == 0:
        here -= timedelta(days=1) if ends else timedelta()
        return here.strftime("%Y-%m-%d")
    return here.strftime("%Y-%m-%d %H:%M")


ONE_DAY = {
    "It happened on Thursday.": ("Thursday", "2022-01-06"),
    "It happened on Wednesday.": ("Wednesday", "2022-01-05"),
    "It happened on Friday.": ("Friday", "2021-12-31"),
    "Parliament will meet on Friday.": ("Friday", "2022-01-07"),
    "On Friday, parliament will meet.": ("Friday", "2022-01-07"),
    "The minister said on Tuesday that parliament was closed.": ("Tuesday", "2022-01-04"),
    "WEDNESDAY": ("WEDNESDAY", "2022-01-05"),
    "They fled yesterday.": ("yesterday", "2022-01-05"),
    "They fled the day before yesterday.": ("the day before yesterday", "2022-01-04"),
    "They fled two days ago.": ("two days ago", "2022-01-04"),
    "It began on January 2.": ("January 2", "2022-01-02"),
    "It began on Jan. 2nd.": ("Jan. 2nd", "2022-01-02"),
    "It began on the 2nd of January.": ("2nd of January", "2022-01-02"),
    "It began on 30 December.": ("30 December", "2021-12-30"),
    "A vote is due on 30 January.": ("30 January", "2022-01-30"),
    "6 January 2022": ("6 January 2022", "2022-01-06"),
    "January 6, 2022": ("January 6, 2022", "2022-01-06"),
    "Thursday, January 6, 2022": ("Thursday, January 6, 2022", "2022-01-06"),
    "Thursday , January 6 , 2022": ("Thursday , January 6 , 2022", "2022-01-06"),
    "06.01.2022": ("06.01.2022", "2022-01-06"),
    "2022-01-06": ("2022-01-06", "2022-01-06"),
    "25/12/2021": ("25/12/2021", "2021-12-25"),
    "12/25/2021": ("12/25/2021", "2021-12-25"),
    "am 6. Januar 2022": ("6. Januar 2022", "2022-01-06"),
    "le 6 janvier 2022": ("6 janvier 2022", "2022-01-06"),
    "6 января 2022 года": ("6 января 2022", "2022-01-06"),
    "Es geschah am Mittwoch.": ("Mittwoch", "2022-01-05"),
    "Это произошло в среду.": ("в среду", "2022-01-05"),
    "It is over since last Friday.": ("last Friday", "2021-12-31"),
    "He left on Monday last week.": ("Monday last week", "2021-12-27"),
}


@pytest.mark.parametrize("text", ONE_DAY)
def test_words_that_name_a_day(text: str) -> None:
    words, day = ONE_DAY[text]
    assert days(text) == [(words, day, day)]


STRETCHES = {
    "It burned on Thursday night.": ("Thursday night", "2022-01-05 18:00", "2022-01-06 06:00"),
    "On the night of Thursday it burned.": ("On the night of Thursday", "2022-01-05 18:00", "2022-01-06 06:00"),
    "It burned on Wednesday night.": ("Wednesday night", "2022-01-05 18:00", "2022-01-06 06:00"),
    "It burned last night.": ("last night", "2022-01-05 18:00", "2022-01-06 06:00"),
    "They meet tonight.": ("tonight", "2022-01-06 18:00", "2022-01-07 06:00"),
    "They will meet on Thursday night.": ("Thursday night", "2022-01-06 18:00", "2022-01-07 06:00"),
    "It burned in the night to Wednesday.": ("in the night to Wednesday", "2022-01-04 18:00", "2022-01-05 06:00"),
    "It burned on the night of January 4.": ("on the night of January 4", "2022-01-03 18:00", "2022-01-05 06:00"),
    "It burned this morning.": ("this morning", "2022-01-06 05:00", "2022-01-06 12:00"),
    "It burned on Wednesday afternoon.": ("Wednesday afternoon", "2022-01-05 12:00", "2022-01-05 18:00"),
    "It burned early on Wednesday.": ("early on Wednesday", "2022-01-05", "2022-01-05 09:00"),
    "It began at the weekend.": ("at the weekend", "2022-01-01", "2022-01-02"),
    "They will vote at the weekend.": ("at the weekend", "2022-01-08", "2022-01-09"),
    "It rose at the turn of the year.": ("the turn of the year", "2021-12-31", "2022-01-01"),
    "It fell on New Year's Eve.": ("New Year's Eve", "2021-12-31", "2021-12-31"),
    "It rose last week.": ("last week", "2021-12-27", "2022-01-02"),
    "It ends next month.": ("next month", "2022-02-01", "2022-02-28"),
    "It rose last year.": ("last year", "2021-01-01", "2021-12-31"),
    "It began earlier this week.": ("earlier this week", "2022-01-03", "2022-01-06"),
    "It fell over the past three days.": ("over the past three days", "2022-01-03", "2022-01-06"),
    "It was cheap in 2019.": ("2019", "2019-01-01", "2019-12-31"),
    "It was cheap in the 2010s.": ("the 2010s", "2010-01-01", "2019-12-31"),
    "It began in January.": ("January", "2022-01-01", "2022-01-31"),
    "It was in November.": ("November", "2021-11-01", "2021-11-30"),
    "It was in May 2021.": ("May 2021", "2021-05-01", "2021-05-31"),
    "It lasted from January 2-5, 2022.": ("January 2-5, 2022", "2022-01-02", "2022-01-05"),
}


@pytest.mark.parametrize("text", STRETCHES)
def test_words_that_name_a_stretch_of_time(text: str) -> None:
    assert days(text) == [STRETCHES[text]]


HOURS = {
    "It began at 10:30 GMT.": ("10:30 GMT", "2022-01-06T10:30"),
    "It began at 10.30 a.m. local time.": ("10.30 a.m. local time", "2022-01-06T04:30"),
    "It began at 4 pm on Friday.": ("4 pm on Friday", "2021-12-31T10:00"),
    "It began on Wednesday at 4 p.m.": ("Wednesday at 4 p.m.", "2022-01-05T10:00"),
    "It began on Wednesday at 16:00 Moscow time.": ("Wednesday at 16:00 Moscow time", "2022-01-05T13:00"),
    "It began on January 6, 2022, 5:14 PM EST.": ("January 6, 2022, 5:14 PM EST", "2022-01-06T22:14"),
    "2022-01-06T10:30:00+06:00": ("2022-01-06T10:30:00+06:00", "2022-01-06T04:30"),
    "It began at noon on Wednesday.": ("at noon on Wednesday", "2022-01-05T06:00"),
}


@pytest.mark.parametrize("text", HOURS)
def test_an_hour_is_read_on_the_clock_that_the_words_name_or_on_that_of_the_place(text: str) -> None:
    [date] = dates(text)
    assert date.earliest is not None
    assert (date.text, date.earliest.isoformat()[:16]) == HOURS[text]
    assert date.latest == date.earliest + timedelta(minutes=1) - timedelta(microseconds=1)


@pytest.mark.parametrize(
    "text",
    [
        "Since then, it has been quiet.",
        "It may end. They march. May said so, and March was with her. April Example wrote it.",
        "Khabar 24 showed a second attack with 1,500 people.",
        "The 2022 people who came. Boeing 2000. Agenda 2030 was read. It cost $2020. Room 1999.",
        "They won 2:1, and the river is 12.30 m wide.",
        "31.02.2022 and 99/99/2022 and 2022-13-45 are no days.",
        "He is 14. She came in second. The sun sat low.",
        "Saturday Night Live and Black Friday",
        "9999 years ago",
        "Over the next year nothing is sure.",
        "Hier steht mai und mars.",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert dates(text) == []


def test_a_day_and_month_in_either_order_cover_both_readings() -> None:
    [date] = dates("It began on 1/6/2022.")
    assert date.basis is TimeBasis.AMBIGUOUS
    assert days("It began on 1/6/2022.") == [("1/6/2022", "2022-01-06", "2022-06-01")]


@pytest.mark.parametrize("text", ["It is closed until Monday.", "He would resign on Monday."])
def test_a_day_that_may_be_past_or_to_come_covers_both(text: str) -> None:
    assert days(text) == [("Monday", "2022-01-03", "2022-01-10")]
    assert [date.basis for date in dates(text)] == [TimeBasis.AMBIGUOUS]


def test_the_evening_paper_may_mean_either_night() -> None:
    [date] = dates("It burned on Thursday night.", datetime(2022, 1, 6, 15, tzinfo=UTC))
    assert date.basis is TimeBasis.AMBIGUOUS
    assert (_local(date.earliest), _local(date.latest, ends=True)) == ("2022-01-05 18:00", "2022-01-07 06:00")


@pytest.mark.parametrize("text", ["on Thursday", "yesterday", "last night", "two days ago", "January 6", "at 4 pm"])
def test_words_that_are_relative_to_an_unknown_day_have_no_instants(text: str) -> None:
    [date] = dates(text, None)
    assert (date.earliest, date.latest, date.basis) == (None, None, TimeBasis.UNANCHORED)


def test_a_full_date_needs_no_day_of_publication() -> None:
    [date] = dates("It began on January 2, 2022.", None)
    assert date.basis is TimeBasis.ABSOLUTE
    assert date.earliest == datetime(2022, 1, 1, 18, tzinfo=UTC)


def test_where_nobody_knows_the_place_a_day_is_as_long_as_it_is_somewhere_on_earth() -> None:
    named, relative = dates("On January 2, 2022, it was calm. It began on Wednesday.", place=None)
    assert (named.earliest, named.basis) == (datetime(2022, 1, 1, 10, tzinfo=UTC), TimeBasis.ABSOLUTE)
    assert named.latest == datetime(2022, 1, 3, 12, tzinfo=UTC) - timedelta(microseconds=1)
    assert relative.basis is TimeBasis.AMBIGUOUS


def test_the_town_in_the_dateline_tells_whose_clock_it_is() -> None:
    text = "TOKYO, Jan 6 (AFP) - It began on Wednesday."
    *_, date = find_dates(Article(text, find_zones(text), "en", THURSDAY))
    assert (date.text, date.earliest, date.basis) == (
        "Wednesday",
        datetime(2022, 1, 4, 15, tzinfo=UTC),
        TimeBasis.RELATIVE,
    )


def test_a_publication_at_exactly_midnight_is_a_day_without_an_hour() -> None:
    [date] = dates("It burned on Thursday night.", datetime(2022, 1, 6, tzinfo=UTC), "US")
    assert date.earliest == datetime(2022, 1, 5, 23, tzinfo=UTC)
    assert date.basis is TimeBasis.RELATIVE


def test_an_hour_earlier_is_counted_from_what_the_text_named_last() -> None:
    _, earlier = dates("It began on Wednesday at 4 pm. An hour earlier it had been quiet.".replace("An", "an"))
    assert (earlier.earliest, earlier.basis) == (datetime(2022, 1, 5, 9, tzinfo=UTC), TimeBasis.AMBIGUOUS)


def test_yesterday_in_another_language_counts_only_in_a_text_of_it() -> None:
    assert [date.text for date in dates("Es geschah gestern.", language="de")] == ["gestern"]
    assert dates("Hier geht es um den Fall.", language="de") == []


@pytest.mark.parametrize(
    "text",
    [
        "Riots in Almaty\nJanuary 6, 2022 5:14 PM GMT\nDozens were hurt. It is calm.",
        "Riots in Almaty\n\nALMATY, Jan 6, 2022 (Reuters) - Dozens were hurt on January 5, 2022.",
        "Riots in Almaty\n\nPublished: 06.01.2022\n\nDozens were hurt. It is calm.",
    ],
)
def test_the_day_of_publication_is_read_where_it_is_printed(text: str) -> None:
    printed = publication_date(text, find_zones(text))
    assert printed is not None
    assert printed.earliest is not None
    assert printed.latest is not None
    assert printed.earliest <= datetime(2022, 1, 6, 17, 14, tzinfo=UTC) <= printed.latest
    assert text[printed.start : printed.end] == printed.text


def test_a_date_in_the_running_text_is_not_that_of_publication() -> None:
    text = "Riots in Almaty\n\nOn January 5, 2022, dozens were hurt. It is calm."
    assert publication_date(text, find_zones(text)) is None


WORDS = [
    *(
        "on",
        "at",
        "the",
        "night",
        "of",
        "Thursday",
        "last",
        "next",
        "January",
        "May",
        "6",
        "2022",
        "10:30",
        "GMT",
        "pm",
    ),
    *("two", "days", "ago", "99", "9999", "years", "early", "06.01.2022", "1/6/2022", "\u2028", ".", ",", "weekend"),
]
INSTANTS = (
    st.none()
    | st.datetimes(timezones=st.just(UTC))
    | st.sampled_from([datetime.max, datetime.min]).map(lambda moment: moment.replace(tzinfo=UTC))
)


@given(
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join) | st.text(max_size=40),
    INSTANTS,
    st.sampled_from(["KZ", "US", "", "XX", None]),
)
def test_every_date_lies_in_its_text_and_ends_after_it_begins(
    text: str, published_at: datetime | None, place: str | None
) -> None:
    end = 0
    for date in dates(text, published_at, place):
        assert end <= date.start < date.end <= len(text)
        assert date.text == text[date.start : date.end]
        assert (date.earliest is None) == (date.latest is None) == (date.basis is TimeBasis.UNANCHORED)
        assert date.earliest is None or date.latest is None or date.earliest <= date.latest
        end = date.end


@pytest.mark.parametrize("text", ["the early late " * 5_000, "on January " * 5_000, "10:30 " * 9_000, "9" * 90_000])
def test_a_long_text_of_half_dates_is_read_in_its_share_of_time(text: str) -> None:
    began = time.process_time()
    dates(text)
    assert time.process_time() - began < 5
