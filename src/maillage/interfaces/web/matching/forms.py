"""The one field of the desk that is typed."""

from django import forms


class OtherForm(forms.Form):
    """Which intent of the other side « pourquoi pas celle-ci ? » is about."""

    autre = forms.CharField(required=False)
