"""Registers the frame of the pages, so that its templates and files are found first."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The floor of templates, components and forms; it holds no table."""

    name = "prasan.web"
    label = "web"
