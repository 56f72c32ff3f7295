"""Taking in files that somebody sends through the site."""

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from saferplan.errors import NotAllowed, SaferplanError
from saferplan.web.assessments.models import Upload
from saferplan.web.assessments.permissions import check_can_load_evidence
from saferplan.web.core.jobs import start_job
from saferplan.web.core.record import record_event
from saferplan.web.partnerships.models import Person

LOAD = "load files"


def receive(files: Iterable[UploadedFile], token: UUID, *, by: Person) -> Upload:
    """
    Keep the files and start loading them. The same token again is the same upload.

    Raises NotAllowed if `by` may not load evidence, and SaferplanError if the disk
    refuses.
    """
    membership = by.membership
    if membership is None:
        raise NotAllowed("Only people who work in a partnership can load evidence.")
    check_can_load_evidence(by, membership.partnership)
    mine = Upload.objects.filter(token=token, partnership=membership.partnership)
    earlier = mine.first()
    if earlier is not None:
        return earlier
    upload = Upload(
        partnership=membership.partnership, token=token, by=by, at=timezone.now()
    )
    # A folder of this request's own, until it is known to be the first of its token.
    aside = upload.folder.with_name(f"arriving-{uuid4()}")
    try:
        upload.names = keep_files(files, aside)
        begin(upload, aside)
    except IntegrityError:
        return mine.get()
    except OSError as error:
        raise SaferplanError(
            f"The files could not be kept ({error.strerror}). Nothing was loaded. "
            f"Tell whoever runs the site, and send them again later."
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return upload


def keep_files(files: Iterable[UploadedFile], folder: Path) -> list[str]:
    """Write the files into `folder`, and return what they are called."""
    names = []
    for number, file in enumerate(files, start=1):
        name = safe_name(file.name or "file")
        place = folder / str(number)  # two files may have the same name
        place.mkdir(parents=True)
        with (place / name).open("wb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
        names.append(name)
    return names


@transaction.atomic
def begin(upload: Upload, aside: Path) -> None:
    """Start loading what lies aside. IntegrityError if its token is known already."""
    upload.save()
    start(upload, by=upload.by, replace_months=False)
    record_event(
        "sent files",
        str(upload),
        by=upload.by,
        partnership=upload.partnership,
        link=reverse("assessments:upload", args=[upload.pk]),
        detail={"files": upload.names},
    )
    # Last, when nothing else can fail; the worker cannot see the job before.
    shutil.rmtree(upload.folder, ignore_errors=True)
    aside.rename(upload.folder)


def safe_name(name: str) -> str:
    """A file's own name, since some publishers say whose it is only there."""
    last = re.split(r"[/\\]", name)[-1]
    return re.sub(r"[^\w.\- ]", "_", last).lstrip(".")[-150:] or "file"


def start(upload: Upload, *, by: Person, replace_months: bool) -> None:
    upload.job = start_job(
        LOAD,
        title=f"Load {upload}",
        by=by,
        partnership=upload.partnership,
        key=f"upload {upload.token} {'replacing' if replace_months else 'first'}",
        arguments={"upload_id": upload.pk, "replace_months": replace_months},
    )
    upload.state = Upload.State.LOADING
    upload.save(update_fields=["job", "state"])


@transaction.atomic
def record_result(upload: Upload, report: dict[str, Any], *, waiting: bool) -> None:
    """Note what loading came to; the files go once nothing more is to be asked."""
    if upload.state != Upload.State.LOADING:
        return
    upload.report = both_times(upload.report, report)
    upload.state = Upload.State.WAITING if waiting else Upload.State.LOADED
    upload.save(update_fields=["report", "state"])
    if report["releases"]:
        record_event(
            "loaded evidence",
            str(upload),
            by=upload.by,
            partnership=upload.partnership,
            link=reverse("assessments:upload", args=[upload.pk]),
            detail={"releases": [release["id"] for release in report["releases"]]},
        )
    if not waiting:
        transaction.on_commit(lambda: shutil.rmtree(upload.folder, ignore_errors=True))


def both_times(first: dict[str, Any], second: dict[str, Any]) -> dict[str, Any]:
    """What loading came to, before the answer and after it."""
    if not first:
        return second
    loaded = {release["id"] for release in first["releases"]}
    return {
        **second,
        "releases": first["releases"] + second["releases"],
        "waiting": first["waiting"],
        "known": [each for each in second["known"] if each["release"] not in loaded],
    }


@transaction.atomic
def answer(upload: Upload, *, by: Person, replace_months: bool) -> Upload:
    """Replace the months that differ, or keep what is here and discard the rest."""
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    check_can_load_evidence(by, upload.partnership)
    if upload.state != Upload.State.WAITING:
        raise NotAllowed("These files have been answered for already.")
    record_event(
        "replaced months" if replace_months else "discarded files",
        str(upload),
        by=by,
        partnership=upload.partnership,
        link=reverse("assessments:upload", args=[upload.pk]),
        detail={"months": [change["slice"] for change in upload.report["waiting"]]},
    )
    if replace_months:
        start(upload, by=by, replace_months=True)
        return upload
    upload.state = Upload.State.DISCARDED
    upload.save(update_fields=["state"])
    transaction.on_commit(lambda: shutil.rmtree(upload.folder, ignore_errors=True))
    return upload
