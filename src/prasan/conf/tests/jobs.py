"""A job for the test of the worker: it says back what it was given."""

from django.tasks import task


@task
def remember(number: int) -> int:
    return number
