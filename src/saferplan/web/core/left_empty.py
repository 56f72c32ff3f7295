"""What a form says of a field left empty, where the form has no words of its own."""

from django import forms

WORDS: dict[type[forms.Field], str] = {
    forms.Field: "Write something here. It must not be empty.",
    forms.EmailField: "Write an e-mail address.",
    forms.URLField: "Write a web address.",
    forms.IntegerField: "Write a number in digits.",
    forms.FloatField: "Write a number in digits.",
    forms.DateField: "Write a day, such as 30 September 2026.",
    forms.DateTimeField: "Write a time and a day, such as 9am on 1 April 2026.",
    forms.FileField: "Choose a file.",
    forms.BooleanField: "Tick this box to go on.",
    forms.ChoiceField: "Choose one of these.",
    forms.MultipleChoiceField: "Choose at least one of these.",
    forms.ModelMultipleChoiceField: "Choose at least one of these.",
}


def say_what_to_do() -> None:
    """Put our words for Django's “This field is required”, which says nothing to do."""
    for kind, words in WORDS.items():
        # What a kind inherits stays with the kind that it inherits it from.
        own = vars(kind).get("default_error_messages", {})
        kind.default_error_messages = {**own, "required": words}
