"""Wrapped keys: one row per owner, version and wrapping key; destroying the rows erases what they opened."""

from django.db import models


class WrappedKey(models.Model):
    """A key sealed by the instance key. More than one row an owner is legal (rotation, later case-team keys)."""

    owner_kind = models.CharField(max_length=16)
    owner_id = models.CharField(max_length=40)
    wrapped_by = models.CharField(max_length=16)
    version = models.PositiveIntegerField(default=1)
    blob = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["owner_kind", "owner_id", "wrapped_by", "version"], name="one_key_a_version"
            ),
        )

    class Sensitivity:
        owner_kind = owner_id = wrapped_by = version = created_at = "open"
        blob = "secret"

    def __str__(self) -> str:
        return f"{self.owner_kind} key, version {self.version}"


class Escrow(models.Model):
    """The instance key sealed to recovery recipients outside; a backup is refused until one was verified."""

    key_id = models.CharField(max_length=16)
    recipients = models.JSONField()
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)

    class Sensitivity:
        key_id = recipients = made_at = verified_at = "open"
        sealed = "secret"

    def __str__(self) -> str:
        return f"escrow of key {self.key_id}"


class SealedField(models.BinaryField):
    """A column that only ever holds ciphertext; written by `vault.seal`, read by `vault.open`."""

    def __init__(self, **options: object) -> None:
        options.setdefault("null", True)
        options.setdefault("blank", True)
        options["editable"] = False
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        name, _path, args, options = super().deconstruct()
        options.pop("editable", None)
        return name, "prasan.vault.models.SealedField", list(args), options
