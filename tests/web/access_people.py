"""Who reaches the pages of the site itself, of people and of signing in."""

from web.access_rules import (
    FOR_ALL,
    SIGNED_IN,
    STAFF,
    THEIRS,
    only,
)

from saferplan.web.core.jobs import Job
from saferplan.web.partnerships.models import Membership

# Nobody asks these for a second step, so they have none to see or to take away.
WITHOUT_CODES = {"councillor", "vcse_officer", "no_role"}

RULES = {
    "home:front": FOR_ALL,
    "home:about": FOR_ALL,
    "home:accessibility": FOR_ALL,
    "home:privacy": FOR_ALL,
    "home:cookies": FOR_ALL,
    "home:glossary": FOR_ALL,
    "home:duties": FOR_ALL,
    "home:health": FOR_ALL,
    "home:security": FOR_ALL,
    "home:record": only(STAFF, THEIRS),
    "home:record_table": only(STAFF, THEIRS),
    "home:check_record": only({"head", "administrator"}, THEIRS),
    # The councillor started this job; officers see everybody's in the partnership.
    "home:job": only(STAFF, {"councillor"}, hidden={"vcse_officer", "outsider"}),
    "home:job_progress": only(
        STAFF, {"councillor"}, hidden={"vcse_officer", "outsider"}
    ),
    "partnerships:people": only({"head", "administrator"}, THEIRS),
    "partnerships:people_table": only({"head", "administrator"}, THEIRS),
    "partnerships:invite": only({"administrator"}, THEIRS),
    "partnerships:person": only({"head", "administrator"}, hidden=THEIRS),
    "partnerships:change_role": only(
        {"head", "administrator"}, hidden=THEIRS, method="post"
    ),
    "partnerships:reset_second_step": only({"administrator"}, hidden=THEIRS),
    "partnerships:remove": only({"administrator"}, hidden=THEIRS),
    "account_login": FOR_ALL,
    "account_logout": FOR_ALL,
    "account_inactive": FOR_ALL,
    "account_reset_password": FOR_ALL,
    "account_reset_password_done": FOR_ALL,
    "account_reset_password_from_key": FOR_ALL,
    "account_reset_password_from_key_done": FOR_ALL,
    "mfa_authenticate": FOR_ALL,
    "account_reauthenticate": only(SIGNED_IN),
    "mfa_reauthenticate": only(SIGNED_IN),
    "account_change_password": only(SIGNED_IN),
    "mfa_index": only(SIGNED_IN),
    "mfa_activate_totp": only(SIGNED_IN),
    "mfa_deactivate_totp": only(STAFF, THEIRS, hidden=WITHOUT_CODES),
    "mfa_view_recovery_codes": only(STAFF, THEIRS, hidden=WITHOUT_CODES),
    "mfa_generate_recovery_codes": only(SIGNED_IN),
    "mfa_download_recovery_codes": only(STAFF, THEIRS, hidden=WITHOUT_CODES),
}


def arguments_of(cast, partnership):
    job = Job.objects.create(
        kind="any",
        title="Load 12 files",
        key="1",
        by=cast["councillor"],
        partnership=partnership,
    )
    analyst = Membership.objects.get(person=cast["analyst"])
    return {
        "home:record_table": ["csv"],
        "home:job": [job.pk],
        "home:job_progress": [job.pk],
        "partnerships:people_table": ["csv"],
        "partnerships:person": [analyst.pk],
        "partnerships:change_role": [analyst.pk],
        "partnerships:reset_second_step": [analyst.pk],
        "partnerships:remove": [analyst.pk],
        "account_reset_password_from_key": ["1", "no-such-key"],
    }
