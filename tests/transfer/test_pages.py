"""Importing and exporting in the browser."""

import csv
import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from httpx2 import Response
from sqlmodel import select

from app.config import Settings
from app.kit.headers import CONTENT_POLICY
from app.lessons.models import Lesson
from app.transfer.job import ImportJob
from app.transfer.models import ImportRun, RunState
from app.transfer.runs import LEASE, MOST_ATTEMPTS
from app.transfer.uploads import Uploads, safe_name, uploads_in
from tests.cast import Cast
from tests.house_fixture import Browser, House

TABLE = (
    b"Number,Headline,What we learned,Notes,When\n"
    b"1,Loose screws,Torque them twice,x,2025-03-04\n"
    b"2,Wet relays,Seal the box,y,2025-03-05\n"
    b"3,No lesson at all,,z,2025-03-06\n"
)


@pytest.fixture
def root(house: House, cast: Cast) -> Browser:
    return house.browser(cast.root)


@pytest.fixture
def uploads(settings: Settings) -> Uploads:
    return uploads_in(settings.data_dir)


@pytest.fixture
def job(house: House, uploads: Uploads) -> ImportJob:
    return job_of(house, uploads)


def job_of(house: House, uploads: Uploads) -> ImportJob:
    """A worker's job that takes a hundred rows at a turn."""
    return ImportJob(house.database, uploads, house.clock, turn_seconds=0)


def bring(browser: Browser, content: bytes = TABLE, name: str = "lessons.csv") -> Response:
    return browser.send("/import", files={"file": (name, content)})


def begin(browser: Browser, url: str, **fields: str) -> Response:
    return browser.send(f"{url}/mapping", {"act": "start"} | fields)


def path_of(answer: Response) -> str:
    return answer.url.path


def work(job: ImportJob) -> None:
    while job.step():
        pass


def run_of(house: House) -> ImportRun:
    with house.reading() as session:
        return session.exec(select(ImportRun)).one()


def titles(house: House) -> set[str]:
    with house.reading() as session:
        return set(session.exec(select(Lesson.title)))


def test_only_administrators_may_import_and_export(house: House, cast: Cast) -> None:
    for person in (cast.ada, cast.mara, cast.kit):
        browser = house.browser(person)
        for page in ("/import", "/export.csv", "/export.jsonl", "/export.zip"):
            assert browser.get(page).status_code == 403
        assert bring(browser).status_code == 403
    assert "/sign-in" in str(house.stranger().get("/import").url)


def test_runs_of_others_cannot_be_seen_or_changed(house: House, cast: Cast, root: Browser) -> None:
    url = path_of(bring(root))
    ada = house.browser(cast.ada)
    assert ada.get(url).status_code == 403
    assert ada.get(f"{url}/rejected.csv").status_code == 403
    assert begin(ada, url).status_code == 403
    assert ada.send(f"{url}/removal").status_code == 403
    assert run_of(house).is_preview


def test_a_file_is_shown_before_anything_is_imported(house: House, root: Browser) -> None:
    answer = bring(root)
    assert answer.status_code == 200
    assert re.fullmatch(r"/import/\w{16}", path_of(answer))
    for words in (
        "3 rows",
        "CSV, comma",
        "Loose screws",
        "Torque them twice",
        "4 March 2025",
        "Row 3 would be rejected",
        "nothing to learn from",
        "Import 3 rows",
    ):
        assert words in answer.text
    assert '<option value="external_id" selected>Id</option>' in answer.text
    assert titles(house) == set()


def test_the_columns_can_be_mapped_by_hand_and_shown_again(root: Browser) -> None:
    url = path_of(bring(root))
    fields = {"column-1": "title", "column-2": "", "column-3": "lesson"}
    answer = root.send(f"{url}/mapping", {"act": "show", "default_kind": "near_miss"} | fields)
    assert path_of(answer) == url
    assert "Torque them twice</td>" in answer.text
    assert '<p class="entry__snippet">x</p>' in answer.text
    assert "Near miss</span>" in answer.text
    assert '<option value="near_miss" selected>' in answer.text


def test_the_worker_imports_what_was_begun(house: House, root: Browser, job: ImportJob) -> None:
    url = path_of(bring(root))
    assert not job.step()
    answer = begin(root, url, id_prefix="T-")
    assert "Waiting for its turn" in answer.text
    work(job)
    answer = root.get(url)
    assert "3 rows: 2 imported, 0 updated, 0 unchanged, 1 rejected." in answer.text
    assert titles(house) == {"Loose screws", "Wet relays"}
    house.follow()
    assert "Loose screws" in root.get("/search?q=torque+screws").text
    with house.reading() as session:
        assert set(session.exec(select(Lesson.external_id))) == {"T-1", "T-2"}


def test_progress_is_a_fragment_that_asks_again_until_it_is_over(
    root: Browser, job: ImportJob
) -> None:
    url = path_of(bring(root, TABLE * 60))
    begin(root, url)
    job.step()
    fragment = root.get(url, headers={"HX-Request": "true"})
    assert fragment.text.startswith('<div id="run"')
    assert 'hx-trigger="every 1s"' in fragment.text
    assert 'max="239" value="100"' in fragment.text
    page = root.get(url)
    assert fragment.text in page.text
    assert '<noscript><meta http-equiv="refresh"' in page.text
    assert page.headers["Content-Security-Policy"] == CONTENT_POLICY
    work(job)
    over = root.get(url, headers={"HX-Request": "true"}).text
    assert "hx-trigger" not in over
    assert "239 rows: 2 imported" in over
    assert "refresh" not in root.get(url).text


def test_rejected_rows_are_downloaded_mended_and_imported(
    house: House, root: Browser, job: ImportJob
) -> None:
    url = path_of(bring(root))
    begin(root, url)
    work(job)
    answer = root.get(f"{url}/rejected.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["row"], row["Headline"]) for row in rows] == [("3", "No lesson at all")]
    assert "nothing to learn from" in rows[0]["reason"]
    mended = answer.content.replace(b"No lesson at all,", b"No lesson at all,Write one down")
    begin(root, path_of(bring(root, mended, "mended.csv")))
    work(job)
    assert "No lesson at all" in titles(house)


def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(
    root: Browser, uploads: Uploads
) -> None:
    for content, name, words in (
        (b"", "empty.csv", "Choose a file first"),
        (b"  \n", "blank.csv", "is empty"),
        (b"%PDF-1.7 ...", "report.pdf", "PDF"),
        (b"Title,Lesson\n", "no-rows.csv", "nothing"),
        (b"PK\x03\x04" + b"\0" * 40, "cut.xlsx", "damaged"),
    ):
        answer = bring(root, content, name)
        if not content:
            assert answer.status_code in (200, 422)
            continue
        assert answer.status_code == 422, name
        assert words in answer.text, name
        assert 'href="#file"' in answer.text
    assert uploads.present() == []


def test_a_form_without_a_file_is_shown_again(root: Browser) -> None:
    answer = root.send("/import", {})
    assert answer.status_code == 422
    assert "Choose a file first." in answer.text


def test_a_file_without_a_lesson_cannot_be_begun(house: House, root: Browser) -> None:
    url = path_of(bring(root, b"a,b\n1,2\n3,4\n"))
    assert "No column holds a lesson" in root.get(url).text
    answer = begin(root, url)
    assert answer.status_code == 422
    assert "No column holds a lesson" in answer.text
    assert run_of(house).is_preview


def test_two_columns_cannot_both_be_the_title(root: Browser) -> None:
    url = path_of(bring(root))
    fields = {"column-1": "title", "column-2": "lesson", "column-3": "title"}
    answer = begin(root, url, **fields)
    assert answer.status_code == 422
    assert 'href="#column-3"' in answer.text
    assert 'aria-describedby="column-3-error"' in answer.text


def test_a_prefix_that_is_too_long_is_refused_and_kept_in_the_form(root: Browser) -> None:
    url = path_of(bring(root))
    answer = begin(root, url, id_prefix="x" * 41)
    assert answer.status_code == 422
    assert 'href="#id_prefix"' in answer.text
    assert "x" * 41 in answer.text


def test_beginning_twice_imports_once(house: House, root: Browser, job: ImportJob) -> None:
    url = path_of(bring(root))
    begin(root, url)
    begin(root, url)
    work(job)
    begin(root, url)
    assert not job.step()
    assert run_of(house).attempts == 1


def test_a_run_that_was_cut_off_is_taken_up_when_its_lease_ends(
    house: House, root: Browser, job: ImportJob, uploads: Uploads
) -> None:
    url = path_of(bring(root, TABLE * 60))
    begin(root, url)
    job.step()
    other = job_of(house, uploads)
    assert not other.step()
    house.clock.turn(seconds=LEASE.total_seconds() + 1)
    work(other)
    run = run_of(house)
    assert (run.state, run.total, run.done) == (RunState.DONE, 239, 239)
    assert run.imported + run.unchanged + run.updated + run.rejected == 239
    assert any("cut off" in note for note in run.notes)
    assert titles(house) == {"Loose screws", "Wet relays"}


def test_a_worker_that_starts_takes_up_at_once_what_was_left(
    house: House, root: Browser, job: ImportJob, uploads: Uploads
) -> None:
    begin(root, path_of(bring(root, TABLE * 60)))
    job.step()
    next_worker = job_of(house, uploads)
    next_worker.start()
    work(next_worker)
    assert run_of(house).state is RunState.DONE


def test_a_run_that_is_cut_off_each_time_is_given_up(
    house: House, root: Browser, uploads: Uploads
) -> None:
    url = path_of(bring(root, TABLE * 60))
    begin(root, url)
    for _ in range(MOST_ATTEMPTS):
        job_of(house, uploads).step()
        house.clock.turn(seconds=LEASE.total_seconds() + 1)
    assert not job_of(house, uploads).step()
    assert "It was cut off each time" in root.get(url).text


def test_files_of_another_machine_are_left_to_it(
    house: House, root: Browser, tmp_path: Path
) -> None:
    begin(root, path_of(bring(root)))
    elsewhere = job_of(house, Uploads(tmp_path / "elsewhere"))
    assert not elsewhere.step()
    assert run_of(house).state is RunState.WAITING


def test_a_file_that_vanished_ends_the_run_with_a_sentence(
    root: Browser, job: ImportJob, uploads: Uploads, house: House
) -> None:
    url = path_of(bring(root))
    begin(root, url)
    run = run_of(house)
    uploads.file_of(run.id, run.file_name).unlink()
    work(job)
    assert "There is no file" in root.get(url).text


def test_a_discarded_run_leaves_no_file_but_its_lessons_stay(
    house: House, root: Browser, job: ImportJob, uploads: Uploads
) -> None:
    url = path_of(bring(root))
    begin(root, url)
    assert root.send(f"{url}/removal").status_code == 409
    work(job)
    answer = root.send(f"{url}/removal")
    assert path_of(answer) == "/import"
    assert "The file was removed." in answer.text
    assert root.get(url).status_code == 404
    assert uploads.present() == []
    assert titles(house) == {"Loose screws", "Wet relays"}


def test_files_are_removed_a_day_later_and_the_summary_stays(
    house: House, root: Browser, job: ImportJob, uploads: Uploads
) -> None:
    imported = path_of(bring(root))
    begin(root, imported)
    work(job)
    only_seen = path_of(bring(root, TABLE, "only-seen.csv"))
    house.clock.turn(hours=25)
    work(job)
    assert uploads.present() == []
    assert root.get(only_seen).status_code == 404
    page = root.get(imported).text
    assert "3 rows: 2 imported" in page
    assert "rejected.csv" not in page
    assert root.get(f"{imported}/rejected.csv").status_code == 404


def test_an_upload_without_a_run_is_removed_a_day_later(
    house: House, job: ImportJob, uploads: Uploads
) -> None:
    uploads.keep("orphan", "a.csv", io.BytesIO(b"a"))
    job.step()
    assert uploads.present() == ["orphan"]
    house.clock.now = datetime.now(UTC) + timedelta(hours=25)
    job.step()
    assert uploads.present() == []


def test_names_of_files_are_made_safe() -> None:
    assert safe_name("../../etc/passwd") == "passwd"
    assert safe_name("C:\\Users\\x\\Größe 1.csv") == "Größe 1.csv"
    assert safe_name(".hidden") == "hidden"
    assert safe_name("_rejected.csv") == "rejected.csv"
    assert safe_name("a\n<b>.csv") == "a-b-.csv"
    assert safe_name("") == "upload"
    assert safe_name("한" * 300 + ".jsonl").endswith(".jsonl")
    assert len(safe_name("한" * 300 + ".jsonl").encode()) < 255


def test_an_upload_is_kept_for_the_server_alone(
    root: Browser, uploads: Uploads, house: House
) -> None:
    bring(root)
    run = run_of(house)
    folder = uploads.file_of(run.id, run.file_name).parent
    assert folder.stat().st_mode & 0o077 == 0
    assert root.get(f"/uploads/{run.id}/{run.file_name}").status_code == 404


def test_an_export_of_our_own_is_read_back_without_mapping(
    house: House, cast: Cast, root: Browser, job: ImportJob
) -> None:
    house.post(cast.ada, "Seal the relay box")
    exported = root.get("/export.csv").content
    answer = bring(root, exported, "export.csv")
    assert "This is an export of Commonplace" in answer.text
    begin(root, path_of(answer))
    work(job)
    assert (
        "1 row: 0 imported, 0 updated, 1 unchanged, 0 rejected." in root.get(path_of(answer)).text
    )


def test_an_export_holds_what_its_reader_may_read(house: House, cast: Cast, root: Browser) -> None:
    house.post(cast.ada, "For everyone")
    house.post(cast.ada, "For the pumps alone", team="Pumps", visibility="team")
    house.post(cast.ada, "Not yet for anyone", visibility="draft")
    house.post(cast.ada, "From somebody", author_mode="protected")
    for ending in ("csv", "jsonl"):
        answer = root.get(f"/export.{ending}")
        assert answer.headers["Content-Disposition"].endswith(f'.{ending}"')
        assert "For everyone" in answer.text
        assert "From somebody" in answer.text
        assert "pumps alone" not in answer.text
        assert "Not yet" not in answer.text
    pages = zipfile.ZipFile(io.BytesIO(root.get("/export.zip").content))
    assert pages.testzip() is None
    names = pages.namelist()
    assert len(names) == 2
    protected = next(name for name in names if name.startswith("from-somebody"))
    assert cast.ada.email not in pages.read(protected).decode()
    assert root.get("/export.exe").status_code in (404, 422)


def test_a_form_from_elsewhere_cannot_import(root: Browser, house: House) -> None:
    answer = root.client.post("/import", files={"file": ("a.csv", TABLE)})
    assert answer.status_code == 403
    with house.reading() as session:
        assert session.exec(select(ImportRun)).all() == []


def test_recent_runs_stand_below_the_form(root: Browser, job: ImportJob) -> None:
    bring(root, TABLE, "seen.csv")
    begin(root, path_of(bring(root, TABLE, "imported.csv")))
    page = root.get("/import").text
    assert "looked at, not imported" in page
    assert "being imported" in page
    work(job)
    assert "2 imported, 0 updated" in root.get("/import").text
