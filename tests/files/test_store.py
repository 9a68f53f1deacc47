"""What is kept is kept for good, in a folder or a bucket, and tells no times; faults say so."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from app.config import Settings, SettingsError
from app.files.bucket import Bucket
from app.files.folder import Folder
from app.files.refusals import FileMissing, FilesUnavailable
from app.files.store import Store, store_for
from app.kit.answers import StorageFull
from app.kit.ids import random_id
from tests.files.fake_s3 import FakeS3, fake_s3

NOW = datetime(2026, 3, 2, 9, 31, 7, tzinfo=UTC)


@pytest.fixture
def bucket() -> Iterator[FakeS3]:
    with fake_s3() as server:
        yield server


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path, bucket: FakeS3) -> Store:
    url = bucket.url if request.param == "bucket" else ""
    return store_for(Settings(_env_file=None, data_dir=tmp_path / "data", files_url=url))


def test_what_is_put_is_read_listed_and_erased(store: Store) -> None:
    contents = {random_id(): bytes([n]) * n * 150_000 for n in range(4)}
    for name, content in contents.items():
        store.put(name, BytesIO(content), now=NOW)
    assert set(store.names()) == set(contents)
    for name, content in contents.items():
        assert b"".join(store.read(name)) == content
        store.remove(name)
        store.remove(name)  # again: it is gone already
        with pytest.raises(FileMissing):
            store.read(name)
    assert not list(store.names())


def test_the_folder_is_private_and_tells_the_day_alone(tmp_path: Path) -> None:
    Folder(tmp_path / "data" / "files").put(random_id(), BytesIO(b"x"), now=NOW)
    midnight = datetime(2026, 3, 2, tzinfo=UTC).timestamp()
    made = sorted((tmp_path / "data").rglob("*"))
    assert [path.stat().st_mode & 0o777 for path in made] == [0o700, 0o700, 0o600]
    for path in made[1:]:
        assert path.stat().st_mtime == midnight


def test_an_interrupted_write_leaves_nothing(tmp_path: Path) -> None:
    class Broken(BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise InterruptedError("pulled")

    with pytest.raises(FilesUnavailable):
        Folder(tmp_path).put(random_id(), Broken(), now=NOW)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_folder_that_cannot_be_written_is_away(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("no folder")
    with pytest.raises(FilesUnavailable):
        Folder(tmp_path / "files").put(random_id(), BytesIO(b"x"), now=NOW)


def test_a_bucket_is_asked_under_its_prefix_and_with_its_key(bucket: FakeS3) -> None:
    Bucket.at(bucket.url).put("ab34567890abcdef", BytesIO(b"x"), now=NOW)
    assert list(bucket.objects) == ["shelf/deep/ab/ab34567890abcdef"]
    assert bucket.signed_by == {"AWS4-HMAC-SHA256 Credential=AKEY"}


def test_a_bucket_says_whether_it_is_full_or_away(bucket: FakeS3) -> None:
    store = Bucket.at(bucket.url)
    bucket.refuses_with = 507
    with pytest.raises(StorageFull):
        store.put(random_id(), BytesIO(b"x"), now=NOW)
    bucket.refuses_with = 403
    with pytest.raises(FilesUnavailable):
        store.read(random_id())
    bucket.refuses_with = None
    store.put(random_id(), BytesIO(b"x"), now=NOW)


def test_a_bucket_that_is_not_there_is_away() -> None:
    with fake_s3() as gone:
        url = gone.url
    with pytest.raises(FilesUnavailable):
        list(Bucket.at(url).names())


@pytest.mark.parametrize(
    "address",
    [
        "s3://host/bucket",
        "s3://KEY:hidden@host",
        "s3://KEY:hidden@host/",
        "s3://KEY:hidden@host:port/bucket",
        "s3://KEY:hidden@/bucket",
        "s3://KEY:hidden@host/bucket?regoin=x",
    ],
)
def test_an_address_that_is_none_is_refused_without_telling_its_key(address: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Bucket.at(address)
    assert "COMMONPLACE_FILES_URL" in str(refused.value)
    assert "hidden" not in str(refused.value)
