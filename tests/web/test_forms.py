"""Files sent and texts pasted, as every app asks for them."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver

from saferplan.web.core.fields import DocumentField, TableField, text_of
from saferplan.web.core.forms import DocumentForm


class OneMegabyte(forms.Form):
    sent = DocumentField(
        megabytes=1, help_text="Word or text.", smaller="Leave the pictures out."
    )


class Table(forms.Form):
    sent = TableField()


class ThreeWays(DocumentForm):
    version = forms.CharField(required=False)
    ways = ("version", "sent", "pasted")
    no_way = several_ways = "Choose one of the three."


def sent(content=b"words", name="plan.txt"):
    return {"sent": SimpleUploadedFile(name, content)}


def test_the_hint_says_what_is_taken_and_how_much():
    assert OneMegabyte()["sent"].help_text == "Word or text. At most 1 MB."
    assert DocumentForm()["sent"].help_text == "At most 20 MB."


@pytest.mark.parametrize(("size", "taken"), [(1_000_000, True), (1_000_001, False)])
def test_a_file_that_is_too_large_is_refused_with_what_to_do(size, taken):
    form = OneMegabyte({}, sent(b"x" * size))
    assert form.is_valid() is taken
    if not taken:
        assert form.errors["sent"] == [
            "plan.txt has 1.1 MB; at most 1 MB can be sent. Leave the pictures out."
        ]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "Choose a file."),
        (sent(b""), "This file is empty. Check that it was saved."),
    ],
)
def test_no_file_and_an_empty_one_are_told_apart(files, said):
    assert OneMegabyte({}, files).errors["sent"] == [said]


@pytest.mark.parametrize("content", [b"PK\x03\x04\x00", b"caf\xe9,1"])
def test_a_table_that_is_no_text_is_refused(content):
    [said] = Table({}, sent(content, "seen.xlsx")).errors["sent"]
    assert said.startswith("seen.xlsx is not a CSV file in UTF-8.")


def test_a_table_gives_its_text_without_the_mark_of_its_encoding():
    form = Table({}, sent("\ufeffarea,café\n".encode()))
    assert form.is_valid()
    assert text_of(form.cleaned_data["sent"]) == "area,café\n"


def test_a_document_is_what_was_sent_or_what_was_pasted():
    form = DocumentForm({}, sent())
    assert form.is_valid()
    assert form.document == (b"words", "plan.txt")
    form = DocumentForm({"pasted": "  Our plan – for all \n"})
    assert form.is_valid()
    assert form.document == ("Our plan – for all".encode(), "Pasted text")


@pytest.mark.parametrize(
    ("said", "files", "wrong"),
    [
        ({"pasted": " \n"}, {}, "Choose a file, or paste its text."),
        ({"pasted": "words"}, sent(), "You sent a file and pasted a text."),
        ({}, sent(b""), "This file is empty."),
    ],
)
def test_neither_and_both_are_told_at_the_file(said, files, wrong):
    form = DocumentForm(said, files)
    assert list(form.errors) == ["sent"]
    assert form.errors["sent"][0].startswith(wrong)


def test_a_form_may_have_a_third_way():
    assert ThreeWays({"version": "2"}).is_valid()
    both = ThreeWays({"version": "2", "pasted": "words"})
    assert both.errors == {"version": ["Choose one of the three."]}


@pytest.mark.parametrize(
    ("said", "files", "where"), [({}, sent(), "sent"), ({"pasted": "w"}, {}, "pasted")]
)
def test_why_it_was_not_taken_is_said_where_it_came_in(said, files, where):
    form = DocumentForm(said, files)
    assert form.is_valid()
    form.refuse("There is no plan in it.")
    assert form.errors == {where: ["There is no plan in it."]}


def test_a_field_left_empty_says_what_to_do():
    class Asked(forms.Form):
        name = forms.CharField()
        years = forms.FloatField()
        day = forms.DateField()
        level = forms.ChoiceField(choices=[("ward", "Ward")])
        wards = forms.MultipleChoiceField(choices=[("east", "East")])
        agreed = forms.BooleanField()

    assert {name: said for name, [said] in Asked({}).errors.items()} == {
        "name": "Write something here. It must not be empty.",
        "years": "Write a number in digits.",
        "day": "Write a day, such as 30 September 2026.",
        "level": "Choose one of these.",
        "wards": "Choose at least one of these.",
        "agreed": "Tick this box to go on.",
    }


def test_no_form_of_the_site_says_only_that_a_field_is_required():
    # Forms are known once the views are.
    assert get_resolver().url_patterns
    forms_of_ours = [
        each for each in every_kind(forms.BaseForm) if "saferplan" in each.__module__
    ]
    assert len(forms_of_ours) > 50
    for form in forms_of_ours:
        for name, field in form.base_fields.items():
            said = str(field.error_messages["required"])
            assert "required" not in said, (form, name)


def every_kind(of):
    for each in of.__subclasses__():
        if hasattr(each, "base_fields"):
            yield each
        yield from every_kind(each)
