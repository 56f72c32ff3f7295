"""How our own files are named and compressed when they are served for real."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class NamedByContent(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Names hold a digest, in scripts' imports too, so browsers may keep them."""

    support_js_module_import_aggregation = True
