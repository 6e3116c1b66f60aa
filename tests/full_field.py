"""A phone of the desk and a finished form from it, for the matrix."""

import json
from typing import Any
from uuid import uuid4

import pyrage

from prasan import packs
from prasan.identification.actions import field
from tests.cast import AT, TODAY, World


def send_from_field(world: World, desk: Any) -> dict[str, Any]:
    """Register and pair a phone, send one sealed form; the rows that the routes name."""
    with world.acting("nok"):
        device, code = field.register_device(by=world.nok, desk=desk, label="matrix", at=AT)
    field.keep_forms(AT)
    _device, token = field.pair(code=code, at=AT)
    form, id = packs.forms()["first_contact_child"], uuid4()
    told = {"v": 1, "id": str(id), "form": form.code, "form_digest": form.digest(), "about": {"on": TODAY.isoformat()},
            "answers": {form.questions[0].code: "yes"}, "words": {}}  # fmt: skip
    recipient = pyrage.x25519.Recipient.from_str(field.sealed.recipient())
    content = pyrage.encrypt(json.dumps(told).encode(), [recipient])
    answer = field.receive(token=token, id=id, form=form.code, form_digest=form.digest(), content=content, at=AT)
    assert answer.status == 201
    return {"device": device.pk, "submission": id}
