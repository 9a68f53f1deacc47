"""What readers may not know stands in no edition that they get: not by a number, an order, or by
taking one digest from another."""

from app.briefs.follow_up import end
from app.briefs.models import Brief, Disposition
from app.digests.compiling.editions import edition_for, editions_of
from app.digests.models import NOBODY, About, Edition
from app.following.follow import follow
from app.following.models import SubjectKind
from app.lessons.access import reader
from app.lessons.content import content_of
from app.lessons.revise import edit
from app.lessons.schemas import LessonInput
from app.people.models import Person, Team
from app.people.teams import all_teams
from app.searches.missed import note_miss
from app.searches.models import MissedBy
from app.searches.wanted import ask_for
from tests.digests.month import Month, as_kept

TOPICS = ("Seals", "Valves")
#: More of what is wanted is said by it than by any topic that others know.
SECRET = "Lake valves"
ALL = (Disposition.WILL_APPLY, Disposition.DOES_NOT_APPLY, Disposition.ALREADY_DO)


def work_in_small_teams(march: Month) -> list[Brief]:
    """Briefs of small teams and of nobody's, decided on and followed up."""
    cast, lessons = march.cast, list(march.lessons.values())
    briefs = [
        march.brief(person, team, lessons, *ALL)
        for person, team in ((cast.otto, cast.sales), (cast.kit, cast.valves), (cast.nora, None))
    ]
    for brief in briefs:
        brief.asked_at = march.tick(hours=1)
        march.session.add(brief)
    end(march.session, briefs[0], by=cast.otto, now=march.tick())
    return briefs


def what_is_kept_to_teams(march: Month) -> None:
    """Lessons of each team for itself, and whatever can be done with them."""
    cast, seal = march.cast, march.lessons["Cold seals leak"]
    for by, team, other in (
        (cast.ada, cast.pumps, cast.ben),
        (cast.otto, cast.sales, None),
        (cast.kit, cast.valves, cast.mara),
    ):
        kept = {"visibility": "team", "recommendation": "Do this.", "topics": [*TOPICS, SECRET]}
        own = march.post(by, f"Only for {team.name}", team, **kept)
        newer = march.post(by, f"It leaked again in {team.name}", team, **kept)
        march.used(own, by, team, work="In secret", measure="Leaks", before=2, after=1)
        if other:
            march.used(own, other, None, result="worse")
        march.again(own, by, team)
        march.again(seal, by, team, newer=newer)
        march.owed(own, by)


def test_what_is_private_changes_nothing_that_everybody_is_told(march: Month) -> None:
    cast = march.cast
    ask_for(march.session, "valves for the lake", by=cast.nora, now=march.tick())
    before = march.told_to_everyone(*TOPICS)
    what_is_kept_to_teams(march)
    work_in_small_teams(march)
    follow(march.session, SubjectKind.TEAM, cast.sales.id, by=cast.nora, now=march.now)
    for person in (cast.otto, cast.ada):
        words = f"seals for {person.name} alone"
        note_miss(march.session, words, by=person, now=march.tick(), source=MissedBy.BRIEF)
    assert march.told_to_everyone(*TOPICS) == before


def test_a_small_teams_work_cannot_be_had_by_subtraction(march: Month) -> None:
    """Neither what everybody is told changes, nor what members of a team above are told; only those
    who read what the small team keeps are told more."""
    engineering = march.cast.engineering
    before = march.told_to_everyone(), march.of(engineering, Edition.MEMBERS)
    managed = march.of(engineering, Edition.MANAGERS).contents.counts
    work_in_small_teams(march)
    assert (march.told_to_everyone(), march.of(engineering, Edition.MEMBERS)) == before
    told = march.of(engineering, Edition.MANAGERS).contents.counts
    assert (managed["briefs"], told["briefs"], told["briefs.waiting"]) == (1, 2, 1)
    assert before[1].contents.small_teams_left_out
    assert not march.of(engineering, Edition.MANAGERS).contents.small_teams_left_out


def test_a_large_teams_work_is_told_as_a_sum_that_opens_nothing(march: Month) -> None:
    pumps = march.cast.pumps
    (brief,) = march.of(pumps).lists["briefs"]
    row = march.session.get_one(Brief, brief)
    row.asked_at = march.tick(hours=1)
    everyone, members = march.of(pumps).contents, march.of(pumps, Edition.MEMBERS).contents
    assert (everyone.counts["briefs"], everyone.counts["briefs.waiting"]) == (1, 1)
    assert (everyone.waiting, members.waiting) == ([], [brief])
    assert (
        march.of(march.cast.sales)
        .contents.counts.keys()
        .isdisjoint({"briefs", "briefs.waiting", "work", "work.briefed", "overdue.follow_ups"})
    )
    trend = march.of(march.cast.sales).contents.trend
    assert trend is not None
    assert (trend.work, trend.briefed, len(trend.better)) == ([], [], 12)


def test_whoever_wrote_a_protected_lesson_every_edition_is_the_same(march: Month) -> None:
    cast = march.cast
    assert _protected_by(march, cast.ada) == _protected_by(march, cast.ben)


def _protected_by(march: Month, author: Person) -> list[str]:
    """Every edition, with a protected lesson by this author that others used, and that says of an
    older one that it happened again; then it is as if it had never been."""
    cast = march.cast
    began, lessons = march.now, dict(march.lessons)
    with march.session.begin_nested() as undone:
        secret = march.post(author, "I flooded the hall", cast.pumps, author_mode="protected")
        march.session.flush()
        named = [secret.id, march.used(secret, cast.otto, cast.sales, result="unknown").id]
        older = march.lessons["Valves stick in frost"]
        named.append(march.again(older, author, cast.pumps, newer=secret))
        teams = all_teams(march.session)
        subjects = [
            (About.TEAM, team.id, edition)
            for team in teams
            for edition in editions_of(About.TEAM, team.id, teams)
        ]
        subjects.append((About.ORGANISATION, NOBODY, Edition.EVERYONE))
        found = [as_kept(digest) for digest in march.at_once(subjects).values()]
        undone.rollback()
    march.now, march.lessons = began, lessons
    march.session.expire_all()
    for number, known in enumerate(named):
        found = [text.replace(known, f"<{number}>") for text in found]
    return found


def test_what_is_kept_to_a_team_later_is_told_to_the_team_alone(march: Month) -> None:
    cast, sold = march.cast, march.lessons["Ask for the lake's depth"]
    uses = set(march.compiled(About.ORGANISATION).lists["used"])
    assert any(sold.id in text for text in march.told_to_everyone(*TOPICS).values())
    content = content_of(march.session, sold).model_copy(update={"visibility": "team"})
    edit(
        march.session,
        sold,
        LessonInput.model_validate(content.model_dump()),
        by=cast.otto,
        revision=sold.revision,
        now=march.tick(),
    )
    gone = uses - set(march.compiled(About.ORGANISATION).lists["used"])
    assert len(gone) == 2
    for text in march.told_to_everyone(*TOPICS).values():
        assert sold.id not in text
        assert not any(use in text for use in gone)
    own = march.of(cast.sales, Edition.MEMBERS)
    assert own.lists["fresh.ours"] == [sold.id]
    assert gone == set(own.lists["reach"])


def test_a_reader_gets_the_edition_with_most_of_what_they_may_read(march: Month) -> None:
    cast, teams = march.cast, all_teams(march.session)

    def gets(person: Person, team: Team) -> Edition:
        return edition_for(reader(march.session, person), About.TEAM, team.id, teams)

    assert gets(cast.mara, cast.engineering) is Edition.MANAGERS
    assert gets(cast.mara, cast.pumps) is Edition.MEMBERS
    assert gets(cast.ada, cast.pumps) is Edition.MEMBERS
    assert gets(cast.ada, cast.engineering) is Edition.EVERYONE
    assert gets(cast.root, cast.engineering) is Edition.EVERYONE
    (plain,) = march.enlarge(cast.engineering, 1)
    assert gets(plain, cast.engineering) is Edition.MEMBERS
    who = reader(march.session, cast.mara)
    assert edition_for(who, About.ORGANISATION, NOBODY, teams) is Edition.EVERYONE
    assert editions_of(About.TOPIC, "", teams) == [Edition.EVERYONE]
    assert len(editions_of(About.TEAM, cast.sales.id, teams)) == 2
