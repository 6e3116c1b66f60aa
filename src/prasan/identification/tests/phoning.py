"""A phone of the field at work against the real addresses: paired, sealing, sending."""

import json
import uuid

import pyrage
from django.test import Client

from prasan import packs
from prasan.access.system import system_read
from prasan.identification.actions import field as actions
from prasan.identification.models import FieldSubmission
from tests.cast import AT, TODAY

NAME, WORDS = "มะปราง สมมติ", "เขายึดหนังสือเดินทางไว้"
FORM = "first_contact_child"
MACHINE = {"content_type": "application/octet-stream"}


class Phone:
    """A phone as the page makes it: it knows the public half, and its own token."""

    def __init__(self, world, staff="nok"):
        with world.acting(staff):
            self.row, code = actions.register_device(
                by=world.staff[staff], desk=world.desk, label="blue", at=AT
            )
        answer = self.client.post("/field/pair/", json.dumps({"code": code}), content_type="application/json")
        assert answer.status_code == 200, answer.content
        self.code, self.told, self.token = code, answer.json(), answer.json()["token"]

    client = Client()

    def sealed(self, id, answers=None, *, words=None, about=None, form=None, **more):
        form = form or packs.forms()[FORM]
        told = {
            "v": 1, "id": str(id), "form": form.code, "form_digest": form.digest(),
            "about": {"on": TODAY.isoformat(), "name": NAME, "age": 15, "enters_nrm": "yes", **(about or {})},
            "answers": answers or {form.questions[0].code: "yes"}, "words": words or {}, **more,
        }  # fmt: skip
        recipient = pyrage.x25519.Recipient.from_str(self.told["recipient"])
        return pyrage.encrypt(json.dumps(told).encode(), [recipient])

    def put(self, id, body, *, token=None, form=None, **headers):
        form = form or packs.forms()[FORM]
        given = {"authorization": f"Bearer {self.token if token is None else token}", "x-prasan-form": form.code,
                 "x-prasan-form-digest": form.digest()} | headers  # fmt: skip
        return self.client.put(f"/field/inbox/{id}/", body, headers=given, **MACHINE)

    def send(self, **told):
        id = uuid.uuid4()
        answer = self.put(id, self.sealed(id, **told))
        assert answer.status_code == 201, answer.content
        return submission(id)


def submission(id):
    with system_read("verify", line=False):
        return FieldSubmission.objects.select_related("device", "desk").get(pk=id)


def count():
    with system_read("verify", line=False):
        return FieldSubmission.objects.count()


def screening(**more):
    return {"on": TODAY, "discipline": "social_worker", "body": "ngo", "place": "office", "situation": "sexual_offline",
            "child_at_time": True, "enters_nrm": True} | more  # fmt: skip


def new():
    return {"names": [("original", NAME)], "name_unknown": False, "gender": "feminine", "birth": None,
            "citizenships": [], "languages": [], "interpreter": False}  # fmt: skip


def accept(world, row, by="mali", **more):
    with world.acting(by):
        return actions.accept(by=world.staff[by], submission=row, version=row.version, **{
            "into": "case", "case": world.case, "new": new(), "screening": screening(), "at": AT, "today": TODAY} | more)  # fmt: skip


# The phone
