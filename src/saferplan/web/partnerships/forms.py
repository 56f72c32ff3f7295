from typing import Any

from django import forms

from saferplan.web.partnerships.models import Organisation, Partnership, Role


class InvitationForm(forms.Form):
    name = forms.CharField(
        max_length=150,
        error_messages={"required": "Enter the person's name"},
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="We send them a link with which they choose a password.",
        error_messages={
            "required": "Enter the person's e-mail address",
            "invalid": "Enter an e-mail address such as name@example.org",
        },
    )
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        empty_label="Choose an organisation",
        error_messages={"required": "Choose the organisation they work for"},
    )
    role = forms.ChoiceField(
        choices=Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they will be in the partnership"},
    )

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = self.fields["organisation"]
        assert isinstance(organisations, forms.ModelChoiceField)
        organisations.queryset = partnership.organisations.all()


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Role.choices, widget=forms.RadioSelect)
