"""Forms of a commitment."""

from typing import Any

from django import forms

from saferplan.web.plans.models import Plan

LONGEST_HEADING = 300


class CommitmentForm(forms.Form):
    """The words of a commitment. `seen` is the edition this person was looking at."""

    text = forms.CharField(
        widget=forms.Textarea,
        label="What is promised",
        help_text="A thing to be done and a day, or an amount: then anybody can tell "
        "whether it was kept.",
        error_messages={"required": "Write what is promised."},
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class NewCommitmentForm(forms.Form):
    """A commitment with the heading it stands under: one there is, or a new one."""

    section = forms.ChoiceField(required=False, label="Under which heading")
    new_section = forms.CharField(
        required=False,
        max_length=LONGEST_HEADING,
        label="Or a new heading",
        help_text="Only if none of the above is right.",
    )
    text = CommitmentForm.base_fields["text"]

    def __init__(self, *args: Any, plan: Plan, **options: Any) -> None:
        super().__init__(*args, **options)
        strands = [each.title for each in plan.strands.standing()]
        own = [each.section for each in plan.commitments.standing()]
        titles = [title for title in dict.fromkeys([*strands, *own]) if title]
        self.fields["section"].choices = [  # type: ignore[attr-defined]
            ("", "Choose"),
            *((title, title) for title in titles),
        ]
        if not titles:
            del self.fields["section"]
            self.fields["new_section"].label = "The heading it stands under"
            self.fields["new_section"].help_text = ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        chosen, new = said.get("section", ""), said.get("new_section", "")
        if bool(chosen) == bool(new) and "new_section" not in self.errors:
            both = "Choose a heading or write a new one, not both."
            self.add_error("new_section", both if new else "Say under which heading.")
        said["heading"] = chosen or new
        return said
