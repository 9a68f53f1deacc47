"""That a message left is noted, also when the database is busy just then."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from app.kit.db import Database
from app.mail.transport import Postman
from tests.house_fixture import House
from tests.mail.lines import SENDER, queue, waiting


class BusyDatabase(Database):
    """Refuses to write so many times."""

    busy = 0

    @contextmanager
    def writing(self) -> Iterator[Session]:
        if self.busy:
            self.busy -= 1
            raise OperationalError("", {}, Exception("database is locked"))
        with super().writing() as session:
            yield session


@pytest.mark.parametrize(("busy", "noted"), [(2, True), (3, False)])
def test_a_busy_database_is_asked_again_so_that_nothing_is_sent_twice(
    house: House, busy: int, noted: bool
) -> None:
    url = house.database.engine.url.render_as_string(hide_password=False)
    database, taken = BusyDatabase(url), []

    def take(message: EmailMessage) -> None:
        taken.append(message)
        database.busy = busy

    queue(house)
    sending = Postman(database, take, SENDER, house.clock, waits_seconds=(0, 0))
    if noted:
        sending.step()
    else:
        with pytest.raises(OperationalError):
            sending.step()
    database.close()
    assert len(taken) == 1
    assert bool(waiting(house)) is not noted
