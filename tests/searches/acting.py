"""What becomes of searches behind the answer, step by step."""

from dataclasses import dataclass

from sqlmodel import select

from app.experts.routing import Routing
from app.people.models import Person
from app.searches.closing import Closing
from app.searches.missed import note_miss
from app.searches.models import Miss, MissedBy
from tests.house_fixture import House


@dataclass
class Behind:
    """The jobs that follow what is wanted; made before anything happens."""

    house: House

    def __post_init__(self) -> None:
        given = self.house.database, self.house.index, self.house.clock
        self.closing, self.routing = Closing(*given), Routing(*given)
        self.closing.start()
        self.routing.start()

    def follow(self) -> None:
        """Let the index, and then they, hear of everything that was done."""
        self.house.follow()
        while self.closing.step() or self.routing.step():
            pass


def looked_for(house: House, by: Person, words: str, source: MissedBy = MissedBy.SEARCH) -> None:
    with house.database.writing() as session:
        note_miss(session, words, by=by, now=house.clock(), source=source)


def misses(house: House) -> list[Miss]:
    with house.reading() as session:
        return list(session.exec(select(Miss).order_by(Miss.at, Miss.words)))
