"""What somebody keeps of their response: its text, and the links back to it."""

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import timezone

from saferplan.web.consultations.models import AboutPerson, Question, Response
from saferplan.web.consultations.services.responding import owner_of
from saferplan.web.core.pages import moment

WHAT_BECOMES_OF_IT = {
    "in_time": "It came in time and will be read and answered.",
    "within_grace": "It was begun before the close and sent soon after, so it counts "
    "like one that came in time. It will be read and answered.",
    "late": "It came after the close. It is kept, whole, and is not counted unless "
    "the partnership accepts it.",
    "early": "It came before the consultation opened. It is kept. Send it again "
    "once it is open, so that it counts.",
    "begun": "It is not sent yet.",
}


def about_oneself(response: Response) -> dict[int, AboutPerson]:
    """What somebody said of themselves, by question, for who holds the form."""
    rows = AboutPerson.objects.filter(
        consultation=response.consultation, owner=owner_of(response.token)
    )
    return {row.question_id: row for row in rows.select_related("question")}


def receipt_text(response: Response) -> str:
    """The whole response as plain text, with its reference and when it came in."""
    consultation = response.consultation
    lines = [
        f"Your response to “{consultation}”",
        f"{consultation.partnership}",
        "",
        f"Reference: {response.reference}",
    ]
    if response.sent_at:
        lines.append(f"Sent: {moment(response.sent_at)} (London time)")
    lines += [WHAT_BECOMES_OF_IT[response.standing], ""]
    if response.name:
        lines += [f"From: {response.name} ({response.get_kind_display()})", ""]
    for title, said in said_in(response):
        lines += [title, *said, ""]
    if consultation.write_to:
        lines += ["Questions, or something to put right? Write to:"]
        lines += [consultation.write_to.strip(), ""]
    return "\n".join(lines)


def said_in(response: Response) -> list[tuple[str, list[str]]]:
    """Each answer and comment: what it is to, and its lines."""
    found = []
    for answer in response.answers.select_related("question", "passage").order_by(
        "question__order", "passage__draft", "passage__order"
    ):
        chosen = answer.chosen
        if answer.question is not None:
            title = answer.question.text_in(response.language)
            chosen = as_read(answer.question, chosen, response.language)
        else:
            title = f"On “{answer.passage}”"
        found.append((title, lines_of(chosen, answer.text, answer.place)))
    for row in about_oneself(response).values():
        title = row.question.text_in(response.language)
        chosen = as_read(row.question, row.chosen, response.language)
        said = lines_of(chosen, row.text, None)
        found.append((f"{title} (kept apart from your name)", said))
    return found


def as_read(question: Question, chosen: list[str], language: str) -> list[str]:
    """The answers somebody chose, in the words in which they read them."""
    words = dict(question.options_in(language))
    return [words.get(each, each) for each in chosen]


def lines_of(
    chosen: list[str], text: str, place: dict[str, float | str] | None
) -> list[str]:
    lines = list(chosen)
    if place:
        where = f"{place['lat']}, {place['lon']}" if "lat" in place else ""
        lines.append(", ".join(str(p) for p in (place.get("name"), where) if p))
    return lines + text.splitlines()


def link_back(response: Response, word: str, site: str) -> str:
    return site + reverse("consultations:answer", args=[word])


def mail_receipt(response: Response, word: str, site: str) -> None:
    """Send a copy to whoever left an address. A mail that fails loses nothing."""
    if not response.email:
        return
    send_quietly(
        f"Your response {response.reference}: {response.consultation}",
        f"{receipt_text(response)}\n{how_to_come_back(response, word, site)}",
        response.email,
    )


def mail_link(response: Response, word: str, site: str, address: str) -> None:
    """Send the link back to an unfinished response. The address is not kept."""
    send_quietly(
        f"Your unfinished response: {response.consultation}",
        how_to_come_back(response, word, site),
        address,
    )


def how_to_come_back(response: Response, word: str, site: str) -> str:
    consultation = response.consultation
    over = timezone.localtime(consultation.closes_at)
    verb = "change your response" if response.sent_at else "go on and send it"
    return (
        f"With this link you can {verb} until {moment(over)}:\n"
        f"{link_back(response, word, site)}\n\n"
        f"Whoever has the link can read and change your response.\n"
    )


def send_quietly(subject: str, text: str, address: str) -> None:
    # A mail server that is away must not take away what was acknowledged.
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [address], fail_silently=True)
