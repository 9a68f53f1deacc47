"""`commonplace demo`."""

import secrets
import sys

import typer

from app.cli.program import open_house, progress_bar, say
from app.demo.content import load
from app.demo.life import bring_to_life, load_life
from app.demo.pictures import hang_pictures
from app.demo.stage import is_staged, open_sign_ins, put_on_stage
from app.digests.compiling.compile import compile_all
from app.digests.period import month_of
from app.files.store import store_for

# fmt: off
_WORDS = (
    "amber", "anchor", "barley", "basalt", "beacon", "birch", "bramble", "canvas", "cedar",
    "cinder", "clover", "copper", "coral", "cotton", "ember", "fennel", "flint", "gravel",
    "harbour", "hazel", "heron", "indigo", "juniper", "kestrel", "lantern", "larch", "linen",
    "maple", "marble", "meadow", "mortar", "nettle", "oaken", "orchard", "otter", "pebble",
    "pepper", "pewter", "plover", "quarry", "raven", "reed", "river", "saffron", "sage",
    "sparrow", "spruce", "tallow", "teal", "thistle", "timber", "tundra", "velvet", "walnut",
    "willow", "winter", "wren",
)
# fmt: on


def add_to(program: typer.Typer) -> None:
    program.command()(demo)


def demo() -> None:
    """Load a sample organisation into an empty memory and print four sign-ins.

    Run again, it leaves the sample as it is and prints a new password.
    """
    sample = load()
    password = "-".join(secrets.choice(_WORDS) for _ in range(4))
    with open_house() as house:
        now = house.clock()
        with house.database.writing() as session:
            if not is_staged(session, sample):
                with progress_bar("Lessons", len(sample.lessons)) as progress:
                    stage = put_on_stage(session, sample, now=now, progress=progress)
                    bring_to_life(stage, load_life(now.date()))
                    hang_pictures(stage, store_for(house.settings))
        with house.database.writing() as session:
            people = open_sign_ins(session, sample, password, now=now)
            lines = [(what, person.email, person.name) for what, person in people]
        house.follower.start()
        # As the worker does when a month is over; so the last one is there at the first look.
        compile_all(house.database, month_of(now.date()).previous, now=now)
        base_url = house.settings.base_url
    say.print(
        f"{sample.name} is ready. `make run`, open {base_url}/ and sign in as one of:", markup=False
    )
    for what, email, name in lines:
        sys.stdout.write(f"{what:<14} {email:<36} {password}   ({name})\n")
    month = month_of(now.date()).previous
    say.print(f"The manager's month on one page: {base_url}/digests/{month.key}", markup=False)
