"""A joint response as a document: each question, the joint words, whose points."""

from dataclasses import dataclass

from saferplan.web.consultations.models import Joint, JointAnswer, Question

NAMELESS = "A member"


@dataclass(frozen=True)
class Section:
    """
    One question of the document.

    sources  whose points the words rest on, each once: "Select Committee, minute 6"
    """

    title: str
    text: str
    sources: list[str]


def sections_of(joint: Joint) -> list[Section]:
    """Every question, answered or left, in the order in which they are asked."""
    answers = {
        each.question_id: each
        for each in joint.answers.prefetch_related("points__response__voice", "said")
    }
    questions = joint.consultation.questions.filter(apart=False)
    asked: list[Question | None] = list(questions)
    if None in answers:
        asked.append(None)
    return [
        section_of(question, answers.get(question.pk if question else None))
        for question in asked
    ]


def section_of(question: Question | None, answer: JointAnswer | None) -> Section:
    title = question.text if question else "On the whole"
    if answer is None or not answer.text:
        return Section(title, "", [])
    sources = [
        *(whose(point.response) for point in answer.points.all()),
        *(said.member if said.may_name else NAMELESS for said in answer.said.all()),
    ]
    return Section(title, answer.text, list(dict.fromkeys(filter(None, sources))))


def whose(response: object) -> str:
    """A body by its name, with the minute and the day of its meeting if it has them."""
    voice = getattr(response, "voice", None)
    if voice is None:
        return ""
    minute = f", minute {voice.minute}" if voice.minute else ""
    met = f" of {voice.met_on.day} {voice.met_on:%B %Y}" if voice.met_on else ""
    return f"{voice.body}{minute}{met}"


def about(joint: Joint) -> list[str]:
    """Who speaks and for whom, in sentences."""
    found = [joint.speaks_for, joint.asked_how, joint.agreed_how]
    if joint.asked is not None:
        found.insert(1, f"About {joint.asked:,} members were asked.")
    if joint.dissent:
        found.append(f"Some do not agree: {joint.dissent}")
    return [each.strip() for each in found if each.strip()]


def joint_to_text(joint: Joint) -> str:
    lines = [f"{joint.body}: response to {joint.consultation}", *about(joint), ""]
    for number, section in enumerate(sections_of(joint), start=1):
        lines += [f"{number}. {section.title}", "", section.text or "No answer.", ""]
        if section.sources:
            lines += [f"From: {'; '.join(section.sources)}.", ""]
    return "\n".join(lines)


def joint_to_docx(joint: Joint) -> bytes:
    """A Word document with real headings. The same words give the same bytes."""
    # A tenth of a second to import.
    from docx import Document

    from saferplan.reports.word import LANGUAGE, undated

    document = Document()
    document.core_properties.title = f"Response to {joint.consultation}"
    document.core_properties.author = joint.body
    document.core_properties.language = "en-GB"
    for language in document.styles.element.xpath(".//w:rPrDefault//w:lang"):
        language.set(LANGUAGE, "en-GB")  # which a screen reader goes by
    document.add_heading(f"Response to {joint.consultation}", 0)
    document.add_paragraph(joint.body)
    for sentence in about(joint):
        document.add_paragraph(sentence)
    for section in sections_of(joint):
        document.add_heading(section.title, 1)
        for line in (section.text or "No answer.").splitlines():
            if line.strip():
                document.add_paragraph(line.strip())
        if section.sources:
            document.add_paragraph(f"From: {'; '.join(section.sources)}.")
    return undated(document)
